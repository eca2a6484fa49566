#include "pipeline/export_tree.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/units.h"
#include "failure/structure.h"
#include "mef/write.h"
#include "pipeline/path_figures.h"

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

class TreeMaker {
 public:
  TreeMaker(const failure::Structure& structure, const Cases& cases) : cases_(cases) {
    model_.gates = structure.gates();
    for (const std::string& name : name_variables(structure, cases, taken_)) {
      model_.events.push_back({name});
    }
    for (std::size_t i = 0; i < model_.events.size(); ++i) {
      model_.events[i].expression = model_.expressions.constant(structure.probability()[i]);
    }
  }

  void add_top(const std::string& name, base::GateId structural, const PathFigures& figures) {
    inputs_ = {structural};
    down_ = figures.structural;
    for (const auto& [event, share] : figures.masking) {
      add_beside(name_of(event) + ", until it is masked", share);
    }
    for (const auto& [event, share] : figures.stalling) {
      add_beside(name_of(event) + ", while nothing is replaced", share);
    }
    add_beside("events that share a rate are down together", figures.averaging);
    const std::string as = unique(name, taken_);
    model_.tops.push_back(
        {as, model_.gates.any(inputs_), {"", {{"check", base::format_number(figures.down_high)}}}});
    tell_difference(as, figures);
  }

  ExportedTree run() { return {mef::write_model(model_), std::move(differences_)}; }

 private:
  [[nodiscard]] std::string name_of(failure::EventId event) const {
    return cases_.events[event].what + std::string(what_happens(cases_.events[event].kind));
  }

  /// An event of the top alone. It is independent of all others, so that what it adds is its
  /// probability times how likely the rest is not down: it is made that much likelier.
  void add_beside(const std::string& name, double share) {
    if (share <= 0 || down_ >= 1) {
      return;
    }
    inputs_.push_back(model_.gates.variable(model_.gates.add_variable()));
    const double probability = std::min(1.0, share / (1 - down_));
    model_.events.push_back({unique(name, taken_), {}, model_.expressions.constant(probability)});
    down_ = std::min(1.0, down_ + share);
  }

  /// What cannot be told by another event that may be going on.
  void tell_difference(const std::string& top, const PathFigures& figures) {
    const double check = figures.down_high;
    std::string why;
    if (!figures.is_solved) {
      why = "; check took an upper bound, for the tree is too large to solve";
    } else if (check < down_) {
      why = "; check takes the mean over rates that are not known for sure";
    } else {
      return;
    }
    differences_.push_back({top, check, check - down_,
                            "check says " + base::format_number(check) + ", the tree " +
                                (figures.is_solved ? base::format_number(down_) : "perhaps less") +
                                why});
    model_.tops.back().about.attributes.push_back({"differs", differences_.back().words});
  }

  const Cases& cases_;
  mef::Model model_;
  std::set<std::string> taken_;
  std::vector<base::GateId> inputs_;
  double down_ = 0;  ///< of the top that is being made
  std::vector<TreeDifference> differences_;
};

}  // namespace

ExportedTree export_tree(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                         const Workings& workings) {
  const failure::Dependence dependence(bp);
  const auto& paths = workings.paths;
  const Cases& cases = workings.cases;
  const failure::Structure structure(bp, catalog, dependence, cases.events, cases.impacts, paths,
                                     failure::Reading());
  TreeMaker tree(structure, cases);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto& journey = bp[paths[i].journey];
    const std::string cohort = journey.cohorts.size() > 1
                                   ? ", cohort " + std::to_string(paths[i].cohort + 1)
                                   : std::string();
    tree.add_top(journey.name + " is down" + cohort, structure.top(i), workings.figures[i]);
  }
  return tree.run();
}

}  // namespace outlast::pipeline
