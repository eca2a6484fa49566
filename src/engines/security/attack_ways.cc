// Ways that firewalls leave open between components.
//
// Problem. Each of n components may send to each other one; to look at all pairs is to look at n².
//
// Method. Components that firewalls do not tell apart are one class, looked at once. Of classes in
// different networks most are strangers: what one lets in is the same for all that send anywhere.
// They meet in one node. Looked at in pairs are those of one network, those of which one names the
// other, and those that tell addresses apart.

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "engines/security/attack_graph.h"

namespace outlast::security {

using base::Truth;
using blueprint::Blueprint;
using blueprint::ComponentId;

/// Components that firewalls do not tell apart share one way out and one way in, so that a
/// thousand alike give a thousand edges and not a million.
NodeId AttackGraph::way_out(std::size_t sender) {
  auto& [all, shared] = senders_.at(sender);
  if (!shared.exists()) {
    shared = nodes_.push_back({Node::Kind::way_out, all.front()});
    out_.push_back({});
    for (const ComponentId c : all) {
      add_edge({.from = held(c), .to = shared});
    }
  }
  return shared;
}

NodeId AttackGraph::way_in(std::size_t receiver) {
  auto& [all, shared] = receivers_.at(receiver);
  if (!shared.exists()) {
    shared = nodes_.push_back({Node::Kind::way_in, all.front()});
    out_.push_back({});
    for (const ComponentId c : all) {
      add_edge({.from = shared, .to = reached(c)});
    }
  }
  return shared;
}

/// What firewalls let pass from a class of components to another.
/// in  from  where the way begins; absent: at the sender's own way out
void AttackGraph::add_way(const Blueprint& bp, NodeId from, std::size_t sender,
                          std::size_t receiver) {
  const ComponentId to = receivers_.at(receiver).all.front();
  const Passing passing = passages_.between(senders_.at(sender).all.front(), to);
  if (passing.truth() == Truth::no) {
    return;
  }
  const NodeId begins = from.exists() ? from : way_out(sender);
  const bool is_sure = passing.truth() == Truth::yes;
  add_edge({.from = begins,
            .to = way_in(receiver),
            .kind = Edge::Kind::lets_in,
            .truth = passing.truth(),
            .ports = is_sure ? passing.surely : passing.at_most,
            .evidence = evidence_of(bp, passing, to)});
}

void AttackGraph::add_ways(const Blueprint& bp, std::size_t sender,
                           const std::set<std::size_t>& receivers) {
  for (const std::size_t receiver : receivers) {
    add_way(bp, {}, sender, receiver);
  }
}

/// Who sends anywhere, and whoever is alike to strangers, meet in one node for all networks. Only
/// within a network, or where one is named, are two of them looked at together.
void AttackGraph::add_ways_between(const Blueprint& bp) {
  for (const ComponentId c : base::ids<ComponentId>(component_count_)) {
    if (can_be_held(bp[c])) {
      senders_[passages_.class_of(c)].all.push_back(c);
    }
    if (is_on_network(bp[c]) && (can_be_held(bp[c]) || has_data(bp[c]) || bp[c].forwards)) {
      receivers_[passages_.class_of(c)].all.push_back(c);
    }
  }
  std::set<std::size_t> all;
  std::set<std::size_t> told_apart;
  std::map<std::string_view, std::set<std::size_t>> of_network;
  std::map<std::size_t, std::set<std::size_t>> naming;  // by class of who is named
  for (const auto& [receiver, alike] : receivers_) {
    const ComponentId first = alike.all.front();
    all.insert(receiver);
    of_network[passages_.network_of(first)].insert(receiver);
    if (!passages_.is_alike_to_strangers(first)) {
      told_apart.insert(receiver);
    }
    for (const ComponentId named : passages_.lets_in_by_name(first)) {
      naming[passages_.class_of(named)].insert(receiver);
    }
  }
  for (const auto& [sender, alike] : senders_) {
    const ComponentId first = alike.all.front();
    if (!passages_.sends_anywhere(first)) {
      add_ways(bp, sender, all);
      continue;
    }
    std::set<std::size_t> met = told_apart;
    for (const auto& [network, near] : of_network) {
      const ComponentId one = receivers_.at(*near.begin()).all.front();
      if (network == passages_.network_of(first) || passages_.are_joined(first, one)) {
        met.insert(near.begin(), near.end());
      }
    }
    met.insert(naming[sender].begin(), naming[sender].end());
    add_ways(bp, sender, met);
  }
  add_ways_to_strangers(bp);
}

/// Of each receiver one sender is looked at that it does not name and that lies in another network:
/// it stands for all.
void AttackGraph::add_ways_to_strangers(const Blueprint& bp) {
  std::vector<std::size_t> free;
  for (const auto& [sender, alike] : senders_) {
    if (passages_.sends_anywhere(alike.all.front())) {
      free.push_back(sender);
    }
  }
  const NodeId elsewhere = nodes_.push_back({Node::Kind::elsewhere, {}});
  out_.push_back({});
  for (const auto& [receiver, alike] : receivers_) {
    const ComponentId to = alike.all.front();
    std::set<std::size_t> named;
    for (const ComponentId c : passages_.lets_in_by_name(to)) {
      named.insert(passages_.class_of(c));
    }
    const auto stranger = std::find_if(free.begin(), free.end(), [&](std::size_t sender) {
      const ComponentId from = senders_.at(sender).all.front();
      return passages_.network_of(from) != passages_.network_of(to) &&
             !passages_.are_joined(from, to) && !named.contains(sender);
    });
    if (passages_.is_alike_to_strangers(to) && stranger != free.end()) {
      add_way(bp, elsewhere, *stranger, receiver);
    }
  }
  for (const std::size_t sender : free) {
    for (const ComponentId c : senders_.at(sender).all) {
      if (!out_[elsewhere].empty()) {
        add_edge({.from = held(c), .to = elsewhere});
      }
    }
  }
}

}  // namespace outlast::security
