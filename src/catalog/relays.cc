#include "catalog/relays.h"

#include <algorithm>

#include "catalog/field_reader.h"

namespace outlast::catalog {
namespace {

// Relays form short chains (subnet → route table → gateway); deeper is a circle.
constexpr std::size_t kMostRelays = 8;

}  // namespace

std::vector<Reach> as_alternatives(std::vector<Reach> all) {
  if (all.size() < 2) {
    return all;
  }
  Reach merged = all.front();
  for (std::size_t i = 1; i < all.size(); ++i) {
    for (const ResourceId id : all[i].any_of) {
      if (std::find(merged.any_of.begin(), merged.any_of.end(), id) == merged.any_of.end()) {
        merged.any_of.push_back(id);
      }
    }
    merged.is_certain = merged.is_certain && all[i].is_certain;
    merged.detect.fill(all[i].detect);
  }
  return {merged};
}

Relays::Relays(const ResourceGraph& graph, const Folding& folding)
    : graph_(graph), folding_(folding), edges_(graph.size()), carriers_(graph.size()) {
  for (const Link& link : graph.links()) {
    if (link.rule->role == LinkRole::needs && is_relay(link.subject)) {
      edges_[link.subject.index].push_back({link.naming.targets, link.rule, link.is_certain});
    } else if (link.rule->role == LinkRole::carries) {
      for (const ResourceId target : link.naming.targets) {
        for (const ResourceId owner : folding.owners(target)) {
          const auto& more = folding.owners(link.subject);
          carriers_[owner.index].insert(carriers_[owner.index].end(), more.begin(), more.end());
        }
      }
    } else if (link.rule->role == LinkRole::needed_by) {
      for (const ResourceId target : link.naming.targets) {
        if (is_relay(target)) {
          edges_[target.index].push_back({{link.subject}, link.rule, link.is_certain});
        }
      }
    }
  }
}

bool Relays::is_relay(ResourceId id) const {
  return graph_.entry(id).becomes == Becomes::relay;
}

std::vector<Reach> Relays::follow(ResourceId target, std::size_t depth) const {
  std::vector<Reach> all;
  if (!is_relay(target)) {
    for (const ResourceId owner : folding_.owners(target)) {
      const auto& carriers = carriers_[owner.index];
      all.push_back({carriers.empty() ? std::vector{owner} : carriers, true, {}, {}});
    }
    return all;
  }
  const TypeEntry& entry = graph_.entry(target);
  for (const Edge& edge : edges_[target.index]) {
    std::vector<Reach> sets;
    for (const ResourceId next : edge.targets) {
      if (depth < kMostRelays) {
        const auto further = follow(next, depth + 1);
        sets.insert(sets.end(), further.begin(), further.end());
      }
    }
    if (edge.rule->alternatives) {
      sets = as_alternatives(std::move(sets));
    }
    for (Reach& reach : sets) {
      reach.is_certain = reach.is_certain && edge.is_certain;
      if (edge.rule->kind == blueprint::EdgeKind::supply) {
        reach.kind = edge.rule->kind;
      }
      all.push_back(std::move(reach));
    }
  }
  if (entry.alternatives) {
    all = as_alternatives(std::move(all));
  }
  const auto detect = FieldReader(graph_.resource(target), entry).seconds(Field::detect);
  for (Reach& reach : all) {
    reach.detect.fill(detect);
  }
  return all;
}

std::vector<Reach> Relays::reached(ResourceId target) const {
  return follow(target, 0);
}

std::vector<Reach> Relays::reached(const std::vector<ResourceId>& targets,
                                   bool alternatives) const {
  std::vector<Reach> all;
  for (const ResourceId target : targets) {
    const auto reach = follow(target, 0);
    all.insert(all.end(), reach.begin(), reach.end());
  }
  return alternatives ? as_alternatives(std::move(all)) : all;
}

}  // namespace outlast::catalog
