#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "engines/faulttree/node_table.h"

namespace outlast::engines::faulttree {

/// if f then g else h, on nodes of a decision diagram; its own stack, for a diagram is as deep as it
/// has variables.
class IfThenElse {
 public:
  explicit IfThenElse(NodeTable& nodes) : nodes_(nodes) {}

  /// Meaningless once the table is exhausted.
  std::uint32_t operator()(std::uint32_t f, std::uint32_t g, std::uint32_t h) {
    open_.clear();
    Triple wanted{f, g, h};
    std::uint32_t value = kFalse;
    while (!nodes_.exhausted()) {
      if (!find(wanted, value)) {
        wanted = begin(wanted);
        continue;
      }
      while (!open_.empty() && open_.back().has_high) {
        value = finish(value);
      }
      if (open_.empty()) {
        return value;
      }
      open_.back().has_high = true;
      open_.back().high = value;
      wanted = low_of(open_.back());
    }
    return kFalse;
  }

 private:
  using Triple = ComputedTable::Key;
  struct Frame {
    Triple triple;
    std::uint32_t level;
    std::uint32_t high = kFalse;
    bool has_high = false;
  };

  /// True where the answer needs no work; brings `t` to the form it is remembered in.
  bool find(Triple& t, std::uint32_t& value) const {
    auto& [f, g, h] = t;
    g = g == f ? kTrue : g;
    h = h == f ? kFalse : h;
    if (f == kTrue || g == h) {
      value = g;
    } else if (f == kFalse) {
      value = h;
    } else if (g == kTrue && h == kFalse) {
      value = f;
    } else {
      if (g == kTrue && h < f) {
        std::swap(f, h);
      } else if (h == kFalse && g < f) {
        std::swap(f, g);
      }
      return computed_.find(t, value);
    }
    return true;
  }

  /// Opens `t` and returns what is to be known first: its value where the topmost variable is 1.
  Triple begin(const Triple& t) {
    nodes_.count_step();
    const std::uint32_t level = std::min({nodes_[t.a].level, nodes_[t.b].level, nodes_[t.c].level});
    open_.push_back({t, level});
    const auto high = [&](std::uint32_t node) {
      return nodes_[node].level == level ? nodes_[node].high : node;
    };
    return {high(t.a), high(t.b), high(t.c)};
  }

  [[nodiscard]] Triple low_of(const Frame& frame) const {
    const auto low = [&](std::uint32_t node) {
      return nodes_[node].level == frame.level ? nodes_[node].low : node;
    };
    return {low(frame.triple.a), low(frame.triple.b), low(frame.triple.c)};
  }

  /// Closes the topmost open triple, `low` being its value where its variable is 0.
  std::uint32_t finish(std::uint32_t low) {
    const Frame frame = open_.back();
    open_.pop_back();
    const std::uint32_t value = low == frame.high ? low : nodes_.make(frame.level, low, frame.high);
    computed_.fit(nodes_.size());
    computed_.put(frame.triple, value);
    return value;
  }

  NodeTable& nodes_;
  ComputedTable computed_;
  std::vector<Frame> open_;
};

}  // namespace outlast::engines::faulttree
