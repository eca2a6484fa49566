// Where diagrams are made: one table of all nodes, one of results already known.
//
// Problem: a diagram is small because equal nodes are one node. Every step of every operation
//   asks "does this node exist?" and "have I done this before?": these two questions are the
//   engine's inner loop.
// Method: nodes lie in one vector in the order of their making. The unique table is an array of
//   indices, a power of two long and at most half full, searched linearly from the hash of the
//   three parts; it answers exactly. The computed table has one place per hash, and a new result
//   throws out the old one: a forgotten result is computed again.
// Why results cannot depend on the tables: a node's index depends only on the order in which
//   nodes were asked for; the hash decides where we look, not what we find. What the computed
//   table forgets is the same on every machine, for no pointer enters a hash.
// Limits: nothing is freed while a diagram is being built; garbage counts against the budget.
// Source: Brace, Rudell & Bryant 1990.

#include "engines/faulttree/node_table.h"

#include <algorithm>

namespace outlast::engines::faulttree {

namespace {

constexpr std::size_t kFirstSlots = std::size_t{1} << 10;
constexpr std::size_t kMaxNodes = kLeafLevel - kFirstInner;

/// Multiplication by odd constants mixes upwards, so the upper half is the good one.
std::size_t hash_of(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  std::uint64_t hash = a * 0x9e3779b97f4a7c15U;
  hash = (hash ^ (hash >> 32) ^ b) * 0xbf58476d1ce4e5b9U;
  hash = (hash ^ (hash >> 32) ^ c) * 0x94d049bb133111ebU;
  return hash >> 32;
}

}  // namespace

NodeTable::NodeTable(std::size_t budget)
    : budget_(std::min(budget, kMaxNodes)), slots_(kFirstSlots, 0) {
  nodes_.push_back({kLeafLevel, kFalse, kFalse});
  nodes_.push_back({kLeafLevel, kTrue, kTrue});
}

std::uint32_t NodeTable::make(std::uint32_t level, std::uint32_t low, std::uint32_t high) {
  const Node wanted{level, low, high};
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_of(level, low, high) & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    if (nodes_[slots_[slot]] == wanted) {
      return slots_[slot];
    }
  }
  if (exhausted_ || made() >= budget_) {
    exhausted_ = true;
    return kFalse;
  }
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back(wanted);
  slots_[slot] = index;
  if (nodes_.size() * 2 > slots_.size()) {
    grow();
  }
  return index;
}

void NodeTable::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t i = kFirstInner; i < nodes_.size(); ++i) {
    std::size_t slot = hash_of(nodes_[i].level, nodes_[i].low, nodes_[i].high) & mask;
    while (slots_[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots_[slot] = i;
  }
}

NodeGraph NodeTable::extract(std::uint32_t root) const {
  std::vector<bool> reached(std::max(root, kTrue) + std::size_t{1});
  reached[root] = true;
  for (std::uint32_t i = root; i >= kFirstInner; --i) {
    if (reached[i]) {
      reached[nodes_[i].low] = true;
      reached[nodes_[i].high] = true;
    }
  }
  NodeGraph graph{{nodes_[kFalse], nodes_[kTrue]}, kFalse};
  std::vector<std::uint32_t> renamed(reached.size());
  renamed[kTrue] = kTrue;
  for (std::uint32_t i = kFirstInner; i <= root; ++i) {
    if (reached[i]) {
      renamed[i] = static_cast<std::uint32_t>(graph.nodes.size());
      graph.nodes.push_back({nodes_[i].level, renamed[nodes_[i].low], renamed[nodes_[i].high]});
    }
  }
  graph.root = renamed[root];
  return graph;
}

ComputedTable::ComputedTable() : entries_(kFirstSlots) {}

std::size_t ComputedTable::slot_of(const Key& key) const {
  return hash_of(key.a, key.b, key.c) & (entries_.size() - 1);
}

bool ComputedTable::find(const Key& key, std::uint32_t& result) const {
  const Entry& entry = entries_[slot_of(key)];
  result = entry.result;
  return entry.key == key;
}

void ComputedTable::put(const Key& key, std::uint32_t result) {
  entries_[slot_of(key)] = {key, result};
}

void ComputedTable::fit(std::size_t nodes) {
  if (nodes <= entries_.size() || entries_.size() >= kMaxEntries) {
    return;
  }
  std::vector<Entry> old(entries_.size() * 2);
  old.swap(entries_);
  for (const Entry& entry : old) {
    entries_[slot_of(entry.key)] = entry;
  }
}

}  // namespace outlast::engines::faulttree
