#include "catalog/relays.h"

#include <algorithm>

#include "catalog/attribute_path.h"
#include "catalog/field_reader.h"

namespace outlast::catalog {
namespace {

// Relays form short chains (subnet → route table → gateway); deeper is a circle.
constexpr std::size_t kMostRelays = 8;

/// Adds a reach unless there is one to the same ends, as where a route stands both in its table
/// and as a resource of its own. Certain is what one of them is certain of.
void add_reach(std::vector<Reach>& all, Reach reach) {
  const auto same = std::find_if(all.begin(), all.end(), [&](const Reach& known) {
    return known.any_of == reach.any_of && known.kind == reach.kind;
  });
  if (same == all.end()) {
    all.push_back(std::move(reach));
  } else {
    same->is_certain = same->is_certain || reach.is_certain;
    same->detect.fill(reach.detect);
  }
}

}  // namespace

std::int64_t order_of(const ResourceGraph& graph, const Link& link) {
  if (link.rule->order.empty()) {
    return 0;
  }
  const auto said = select(graph.resource(link.source).attributes, link.rule->order);
  return said.empty() ? 0 : said.front().node.as_integer().value_or(0);
}

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
      edges_[link.subject.index].push_back(
          {link.naming.targets, link.rule, link.is_certain, order_of(graph, link)});
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
  for (std::vector<Edge>& edges : edges_) {
    std::stable_sort(edges.begin(), edges.end(),
                     [](const Edge& a, const Edge& b) { return a.order < b.order; });
  }
}

bool Relays::is_relay(ResourceId id) const {
  return graph_.entry(id).becomes == Becomes::relay;
}

std::vector<ResourceId> Relays::workers(ResourceId component) const {
  const auto& carriers = carriers_[component.index];
  return carriers.empty() ? std::vector{component} : carriers;
}

std::vector<Reach> Relays::follow(ResourceId target, ResourceId asking, std::size_t depth) const {
  std::vector<Reach> all;
  if (!is_relay(target)) {
    for (const ResourceId owner : folding_.owners(target)) {
      const auto all_workers = workers(owner);
      const bool is_one_of_them =
          std::find(all_workers.begin(), all_workers.end(), asking) != all_workers.end();
      all.push_back({is_one_of_them ? std::vector{owner} : all_workers, true, {}, {}, {}});
    }
    return all;
  }
  const TypeEntry& entry = graph_.entry(target);
  for (const Edge& edge : edges_[target.index]) {
    std::vector<Reach> sets;
    for (const ResourceId next : edge.targets) {
      if (depth < kMostRelays) {
        const auto further = follow(next, asking, depth + 1);
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
      add_reach(all, std::move(reach));
    }
  }
  if (entry.alternatives) {
    all = as_alternatives(std::move(all));
    const auto& edges = edges_[target.index];
    if (edges.size() > 1 && edges[0].order < edges[1].order) {
      std::for_each(all.begin(), all.end(),
                    [&](Reach& reach) { reach.switched_by = entry.routing.switched_by; });
    }
  }
  const auto detect = FieldReader(graph_.resource(target), entry).seconds(Field::detect);
  for (Reach& reach : all) {
    reach.detect.fill(detect);
  }
  return all;
}

std::vector<Reach> Relays::reached(ResourceId target) const {
  return follow(target, {}, 0);
}

std::vector<Reach> Relays::reached(const std::vector<ResourceId>& targets, bool alternatives,
                                   ResourceId asking) const {
  std::vector<Reach> all;
  for (const ResourceId target : targets) {
    const auto reach = follow(target, asking, 0);
    all.insert(all.end(), reach.begin(), reach.end());
  }
  return alternatives ? as_alternatives(std::move(all)) : all;
}

}  // namespace outlast::catalog
