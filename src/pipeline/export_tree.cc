#include "pipeline/export_tree.h"

#include <set>
#include <vector>

#include "failure/structure.h"
#include "mef/write.h"

namespace outlast::pipeline {
namespace {

/// A name that nothing else has: numbered from the second one on.
std::string unique(std::string name, std::set<std::string>& taken) {
  const std::string first = name;
  for (std::size_t i = 2; !taken.insert(name).second; ++i) {
    name = first + " (" + std::to_string(i) + ")";
  }
  return name;
}

std::string_view what_happens(failure::EventKind kind) {
  using failure::EventKind;
  switch (kind) {
    case EventKind::instance:
    case EventKind::shared_hardware:
      return " fails";
    case EventKind::zone_destroyed:
    case EventKind::region_destroyed:
      return " is destroyed";
    case EventKind::account_lost:
      return " account is lost";
    case EventKind::data_deleted:
      return " is emptied";
    case EventKind::release:
      return " runs a bad release";
    case EventKind::config_push:
      return " runs a bad configuration";
    default:
      return " is down";
  }
}

/// By variable. An event of several variables keeps things down for several lengths of time.
std::vector<std::string> name_variables(const failure::Structure& structure, const Cases& cases,
                                        std::set<std::string>& taken) {
  std::vector<std::string> names(structure.gates().variable_count());
  for (const failure::EventVariables& event : structure.events()) {
    const failure::Event& about = cases.events[event.event];
    std::string name = about.what + std::string(what_happens(about.kind));
    for (const base::VariableId variable : event.variables) {
      names[variable.index] = unique(name, taken);
    }
  }
  for (std::string& name : names) {
    if (name.empty()) {
      name = unique("the shock hits", taken);
    }
  }
  return names;
}

}  // namespace

std::string export_tree(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                        const Workings& workings) {
  const failure::Dependence dependence(bp);
  const auto& paths = workings.paths;
  const Cases& cases = workings.cases;
  constexpr auto kEvidence = failure::Bound::evidence;
  const failure::Structure structure(bp, catalog, dependence, cases.events, cases.impacts, paths,
                                     {kEvidence, kEvidence, kEvidence, kEvidence});
  std::set<std::string> taken;
  const std::vector<std::string> names = name_variables(structure, cases, taken);
  std::vector<mef::Top> tops;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto& journey = bp[paths[i].journey];
    const std::string cohort = journey.cohorts.size() > 1
                                   ? ", cohort " + std::to_string(paths[i].cohort + 1)
                                   : std::string();
    tops.push_back({unique(journey.name + " is down" + cohort, taken), structure.top(i)});
  }
  return mef::write_model(structure.gates(), tops, names, structure.probability());
}

}  // namespace outlast::pipeline
