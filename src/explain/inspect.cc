#include "explain/inspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "catalog/standing.h"
#include "explain/unknowns.h"

namespace outlast::explain {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Confidence;
using blueprint::Need;
using catalog::Standing;
using findings::Inspection;

namespace {

std::string_view words_of(Standing::As as) {
  switch (as) {
    case Standing::As::component:
      return "components";
    case Standing::As::part:
      return "folded into a component";
    case Standing::As::relay:
      return "passing needs on";
    case Standing::As::helper:
      return "of which nothing is modelled";
    case Standing::As::permission:
      return "telling who may reach or do what";
    case Standing::As::orphan:
      return "parts of nothing in the inputs";
    case Standing::As::context:
      return "data sources";
    case Standing::As::not_understood:
      break;
  }
  return "not understood";
}

/// Why a resource takes no part in any answer; empty where it does.
std::string_view why_skipped(Standing::As as) {
  switch (as) {
    case Standing::As::component:
    case Standing::As::part:
    case Standing::As::relay:
    case Standing::As::permission:
      return "";
    case Standing::As::helper:
      return "understood; nothing of it is modelled";
    case Standing::As::orphan:
      return "a part, but nothing in the inputs owns it";
    case Standing::As::context:
      return "a data source: read, not managed here";
    case Standing::As::not_understood:
      break;
  }
  return "the catalog does not know its type";
}

void add_resources(const blueprint::Draft& draft, const catalog::Catalog& catalog,
                   Inspection& out) {
  std::map<Standing::As, std::size_t> counts;
  for (const Standing& standing : catalog::standings(draft, catalog)) {
    ++counts[standing.as];
    const auto& resource = draft.resources[standing.resource];
    if (const auto why = why_skipped(standing.as); !why.empty()) {
      out.skipped.push_back({resource.address, resource.type, std::string(why), resource.evidence});
    }
  }
  for (const auto& [as, count] : counts) {
    out.counts.emplace_back(words_of(as), count);
  }
}

void add_components(const Blueprint& bp, const catalog::Catalog& catalog, Inspection& out) {
  for (const auto& c : bp.components()) {
    findings::Understood understood;
    understood.id = c.id;
    const auto* type = catalog.type(c.type);
    understood.title = type == nullptr ? "not understood" : std::string(type->title);
    understood.replicas = c.replicas.size();
    understood.replicas_are_known = !c.replica_count.is_unknown();
    std::set<std::string> places;
    for (const auto& replica : c.replicas) {
      if (replica.zone.exists()) {
        places.insert(bp[replica.zone].name);
      }
    }
    if (places.empty() && c.region.is_known()) {
      places.insert(*c.region);
    }
    understood.places.assign(places.begin(), places.end());
    understood.parts = c.parts;
    understood.evidence = c.evidence;
    out.components.push_back(std::move(understood));
  }
}

void add_edges(const Blueprint& bp, Inspection& out) {
  for (const Need& need : bp.needs()) {
    out.stated_edges += need.confidence == Confidence::stated ? 1 : 0;
    findings::FoundEdge edge;
    edge.from = bp[need.from].id;
    for (const ComponentId id : need.any_of) {
      edge.any_of.push_back(bp[id].id);
    }
    edge.strength = blueprint::name_of(need.strength);
    edge.kind = blueprint::name_of(need.kind);
    edge.confidence = need.confidence;
    edge.evidence = need.evidence;
    out.edges.push_back(std::move(edge));
  }
  std::stable_sort(out.edges.begin(), out.edges.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
}

/// Components that nothing needs, that need nothing, and that no journey enters.
void add_isolated(const Blueprint& bp, const catalog::Catalog& catalog, Inspection& out) {
  std::vector<bool> is_tied(bp.components().size(), false);
  for (const Need& need : bp.needs()) {
    is_tied[need.from.index] = true;
    for (const ComponentId id : need.any_of) {
      is_tied[id.index] = true;
    }
    if (need.via.exists()) {
      is_tied[need.via.index] = true;
    }
  }
  for (const auto& journey : bp.journeys()) {
    for (const auto& cohort : journey.cohorts) {
      is_tied[cohort.enters.index] = true;
    }
  }
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    if (!is_tied[id.index]) {
      const auto& c = bp[id];
      const auto* type = catalog.type(c.type);
      out.isolated.push_back({c.id, type == nullptr ? "not understood" : std::string(type->title),
                              "nothing in the inputs needs it, and it needs nothing", c.evidence});
    }
  }
}

}  // namespace

Inspection inspect(const pipeline::Evaluation& evaluation, const catalog::Catalog& catalog,
                   std::size_t threads) {
  const Blueprint& bp = *evaluation.blueprint;
  Inspection out;
  out.name = bp.name();
  out.coverage = bp.coverage();
  add_resources(evaluation.draft, catalog, out);
  add_components(bp, catalog, out);
  add_edges(bp, out);
  add_isolated(bp, catalog, out);
  out.unknowns = rank_unknowns(evaluation.draft, bp, evaluation.analysis, catalog,
                               {evaluation.seed, threads, evaluation.records});
  if (const auto& availability = evaluation.analysis.availability) {
    out.width_minutes = width_minutes(*availability);
  }
  return out;
}

}  // namespace outlast::explain
