#include "pipeline/compare.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>

#include "base/units.h"
#include "clock/surge.h"
#include "pipeline/cause_finder.h"
#include "pipeline/cheaper_from.h"
#include "pipeline/component_changes.h"
#include "pipeline/objective_changes.h"
#include "pipeline/operating.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using engines::cost::LineState;
using failure::EventId;
using failure::EventKind;
using findings::AttackPath;
using findings::Comparison;
using findings::ComponentChange;
using findings::Finding;
using findings::SurvivalRow;
using findings::Variant;

namespace {

using Ids = std::vector<std::string>;

/// What alone stops users, by what tells it apart; the name for people.
std::map<std::string, std::string> single_points(const Blueprint& bp, const Workings& workings) {
  std::map<std::string, std::string> points;
  const auto& cases = workings.cases;
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    const failure::Event& event = cases.events[id];
    const bool is_a_thing =
        event.kind == EventKind::instance || event.kind == EventKind::shared_hardware ||
        event.kind == EventKind::zone_outage || event.kind == EventKind::service ||
        event.kind == EventKind::name_service || event.kind == EventKind::third_party;
    if (!is_a_thing || id.index >= cases.judgements.size() || !cases.judgements[id].stops_a_path) {
      continue;
    }
    if (!event.component.exists()) {
      points.emplace(event.what, event.what);
    } else if (!bp[event.component].replica_count.is_unknown()) {
      points.emplace(bp[event.component].id, bp[event.component].name);
    }
  }
  return points;
}

/// The downtime a year that each component, or place, causes by itself.
std::map<std::string, double> minutes_by_cause(const Blueprint& bp, const Workings& workings) {
  std::map<std::string, double> minutes;
  const auto& events = workings.cases.events;
  for (const EventId id : base::ids<EventId>(workings.minutes_of_event.size())) {
    if (events[id].component.exists()) {
      minutes[bp[events[id].component].id] += workings.minutes_of_event[id];
    }
  }
  return minutes;
}

/// The model that all that runs code or keeps data has.
std::optional<blueprint::ServiceModel> service_model_of(const Blueprint& bp) {
  std::set<blueprint::ServiceModel> models;
  for (const Component& c : bp.components()) {
    const bool counts = c.is_workload || c.is_store || c.kind == blueprint::Kind::compute ||
                        c.kind == blueprint::Kind::database;
    if (counts && !c.service_model) {
      return std::nullopt;
    }
    if (counts) {
      models.insert(*c.service_model);
    }
  }
  return models.size() == 1 ? std::optional(*models.begin()) : std::nullopt;
}

std::optional<double> time_to_scale(const Blueprint& bp, const catalog::Catalog& catalog,
                                    const findings::SurgeQuestion& question) {
  const auto surge = clock::surge_of(bp, catalog, question);
  if (!surge) {
    return std::nullopt;
  }
  return surge->recovers ? surge->recovered_s.value_or(0) : std::numeric_limits<double>::infinity();
}

bool is_alike(const SurvivalRow& a, const SurvivalRow& b) {
  const auto near = [](const std::optional<double>& x, const std::optional<double>& y,
                       double share) {
    return x.has_value() == y.has_value() &&
           (!x || *x == *y || std::abs(*x - *y) <= share * std::max(std::abs(*x), std::abs(*y)));
  };
  // Durations are drawn by the names of what fails: under another name the median is another draw.
  constexpr double kOfChance = 0.1;
  constexpr double kSame = 0.01;
  constexpr double kSameUsers = 0.005;
  return a.survives == b.survives && a.data.kind == b.data.kind &&
         near(a.down_s, b.down_s, kOfChance) &&
         std::abs(a.users.value_or(0) - b.users.value_or(0)) < kSameUsers &&
         near(a.data.seconds, b.data.seconds, kSame);
}

const SurvivalRow* same_case(const std::vector<SurvivalRow>& rows, const SurvivalRow& row) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const SurvivalRow& other) {
    return other.worst_case == row.worst_case && other.mode == row.mode;
  });
  return found == rows.end() ? nullptr : &*found;
}

/// The sure ways to data, each told once.
std::map<std::string, const AttackPath*> sure_paths(const findings::Security& security) {
  std::map<std::string, const AttackPath*> paths;
  for (const AttackPath& path : security.paths) {
    if (path.truth == base::Truth::yes) {
      paths.emplace(path.to + " " + path.text, &path);
    }
  }
  return paths;
}

Ids addresses_of(const AttackPath& path) {
  Ids all = {path.to};
  for (const auto& step : path.steps) {
    all.push_back(step.component);
    all.push_back(step.evidence.address);
  }
  return all;
}

/// What one component costs, and how much of it is not known.
struct CostOf {
  base::Money priced;
  std::size_t unpriced = 0;
  std::size_t open = 0;
};

std::map<std::string, CostOf> costs_of(const findings::Analysis& analysis) {
  std::map<std::string, CostOf> costs;
  if (analysis.cost) {
    for (const auto& line : analysis.cost->bill.lines) {
      CostOf& of = costs[line.component.empty() ? line.address : line.component];
      of.priced.micro_usd += line.state == LineState::priced ? line.monthly.micro_usd : 0;
      of.unpriced += line.state == LineState::unpriced ? 1 : 0;
      of.open += line.state == LineState::open ? 1 : 0;
    }
  }
  return costs;
}

class Comparer {
 public:
  Comparer(const Evaluation& base, const Evaluation& head, Comparison& out)
      : base_(base),
        head_(head),
        out_(out),
        causes_(*base.blueprint, *head.blueprint, out.components) {}

  void compare() {
    find_risky_renames();
    find_lost_references();
    attribute_downtime();
    compare_rows();
    compare_single_points();
    compare_findings();
    compare_paths();
    compare_costs();
  }

 private:
  /// A store of an infrastructure file under another name is another store, unless that is stated.
  void find_risky_renames() {
    for (findings::Rename& rename : out_.renames) {
      const auto id = head_.blueprint->find(rename.to);
      rename.risks_data =
          !rename.is_stated && id.exists() && goes_with_its_data((*head_.blueprint)[id]);
    }
  }

  /// What the head names and no input holds, and the base held or did not name: who calls it fails,
  /// or it runs elsewhere.
  void find_lost_references() {
    const Blueprint& head = *head_.blueprint;
    for (const Component& c : head.components()) {
      const auto old = base_.blueprint->find(c.id);
      for (const blueprint::Mark& mark : c.marks) {
        const auto is_it = [&](const auto& known) {
          return known.finding == mark.finding && known.about == mark.about;
        };
        const bool is_new =
            !old.exists() || std::none_of((*base_.blueprint)[old].marks.begin(),
                                          (*base_.blueprint)[old].marks.end(), is_it);
        if (mark.finding == "dangling_reference" && is_new) {
          out_.lost.push_back({c.id, c.name, mark.about, mark.evidence});
          out_.head.missing.push_back(mark.about);
        }
      }
    }
  }

  void attribute_downtime() {
    auto before = minutes_by_cause(*base_.blueprint, base_.workings);
    auto after = minutes_by_cause(*head_.blueprint, head_.workings);
    for (ComponentChange& change : out_.components) {
      change.downtime_minutes = after[change.id] - before[change.id];
    }
  }

  /// What is cut decides a case; of one that cuts nothing what it does to whom.
  [[nodiscard]] Ids causes_of(const std::vector<const SurvivalRow*>& rows) const {
    Ids cut;
    Ids hit;
    for (const SurvivalRow* row : rows) {
      cut.insert(cut.end(), row->cut.begin(), row->cut.end());
      for (const auto& effect : row->effects) {
        hit.push_back(effect.component);
      }
    }
    Ids causes = causes_.behind(cut);
    return causes.empty() ? causes_.behind(hit) : causes;
  }

  void compare_rows() {
    for (const SurvivalRow& row : head_.analysis.survival) {
      const SurvivalRow* old = same_case(base_.analysis.survival, row);
      if (old == nullptr) {
        out_.rows.push_back({std::nullopt, row, causes_of({&row})});
      } else if (!is_alike(*old, row)) {
        out_.rows.push_back({*old, row, causes_of({old, &row})});
      }
    }
    for (const SurvivalRow& row : base_.analysis.survival) {
      if (same_case(head_.analysis.survival, row) == nullptr) {
        out_.rows.push_back({row, std::nullopt, causes_of({&row})});
      }
    }
  }

  void compare_single_points() {
    const auto before = single_points(*base_.blueprint, base_.workings);
    const auto after = single_points(*head_.blueprint, head_.workings);
    const auto add = [&](const auto& these, const auto& others, bool is_new) {
      for (const auto& [id, name] : these) {
        if (!others.contains(id)) {
          out_.single_points.push_back({is_new, id, name, causes_.behind({id})});
        }
      }
    };
    add(after, before, true);
    add(before, after, false);
  }

  void compare_findings() {
    const auto prints = [](const Evaluation& of) {
      std::set<std::string_view> all;
      for (const Finding& finding : of.analysis.findings) {
        all.insert(finding.fingerprint);
      }
      return all;
    };
    const auto add = [&](const Evaluation& of, const auto& others, bool is_new) {
      for (const Finding& finding : of.analysis.findings) {
        if (!others.contains(finding.fingerprint)) {
          Ids about = finding.components;
          about.insert(about.end(), finding.cut.begin(), finding.cut.end());
          out_.findings.push_back({is_new, finding, causes_.behind(about)});
        }
      }
    };
    add(head_, prints(base_), true);
    add(base_, prints(head_), false);
  }

  void compare_paths() {
    const auto before = sure_paths(base_.analysis.security);
    const auto after = sure_paths(head_.analysis.security);
    // Of the ways to a store the easiest is told: beside an easier one on the other side another is
    // neither new nor known to be closed.
    const auto has_easier = [](const auto& others, const AttackPath& path) {
      return std::any_of(others.begin(), others.end(), [&](const auto& other) {
        return other.second->to == path.to &&
               std::pair(other.second->break_ins, other.second->steps.size()) <
                   std::pair(path.break_ins, path.steps.size());
      });
    };
    const auto add = [&](const auto& these, const auto& others, bool is_new) {
      for (const auto& [key, path] : these) {
        if (!others.contains(key) && !has_easier(others, *path)) {
          out_.paths.push_back({is_new, *path, causes_.behind(addresses_of(*path))});
        }
      }
    };
    add(after, before, true);
    add(before, after, false);
  }

  void compare_costs() {
    auto before = costs_of(base_.analysis);
    auto after = costs_of(head_.analysis);
    std::set<std::string> all;
    for (const auto* side : {&before, &after}) {
      for (const auto& [of, cost] : *side) {
        all.insert(of);
      }
    }
    for (const std::string& of : all) {
      const CostOf& was = before[of];
      const CostOf& is = after[of];
      const bool is_known = was.unpriced == is.unpriced && was.open == is.open &&
                            (is.unpriced == 0 || !causes_.is_changed(of));
      if (was.priced != is.priced || !is_known) {
        out_.costs.push_back({of, was.priced, is.priced, is_known});
      }
    }
    const auto size = [](const findings::CostChange& change) {
      return std::abs(change.head.micro_usd - change.base.micro_usd);
    };
    std::stable_sort(out_.costs.begin(), out_.costs.end(),
                     [&](const auto& a, const auto& b) { return size(a) > size(b); });
  }

  const Evaluation& base_;
  const Evaluation& head_;
  Comparison& out_;
  CauseFinder causes_;
};

}  // namespace

std::size_t single_point_count(const Blueprint& bp, const Workings& workings) {
  return single_points(bp, workings).size();
}

Variant variant_of(std::string name, const Blueprint& bp, const findings::Analysis& analysis,
                   const Workings& workings, const catalog::Catalog& catalog,
                   const findings::SurgeQuestion& surge) {
  Variant out;
  out.name = std::move(name);
  out.service_model = service_model_of(bp);
  out.components = bp.components().size();
  out.availability = analysis.availability;
  if (analysis.cost) {
    const auto& bill = analysis.cost->bill;
    out.unpriced = bill.unpriced;
    out.unpriced_share = bill.unpriced_share;
    out.open = bill.open;
    const bool is_any_priced =
        std::any_of(bill.lines.begin(), bill.lines.end(),
                    [](const auto& line) { return line.state == LineState::priced; });
    out.cost_month = is_any_priced ? std::optional(bill.monthly) : std::nullopt;
  }
  out.time_to_scale_s = time_to_scale(bp, catalog, surge);
  out.single_points = single_point_count(bp, workings);
  out.attack_paths = sure_paths(analysis.security).size();
  out.operates = operates_of(bp);
  return out;
}

Comparison compare(const Evaluation& base, const Evaluation& head, const catalog::Catalog& catalog,
                   const findings::SurgeQuestion& surge) {
  Comparison out;
  out.renames = base.renames;
  out.base = variant_of("base", *base.blueprint, base.analysis, base.workings, catalog, surge);
  out.head = variant_of("head", *head.blueprint, head.analysis, head.workings, catalog, surge);
  out.components = component_changes(base, head);
  out.objectives = objective_changes(base, head);
  if (out.base.cost_month && out.head.cost_month) {
    CostAtLoad before(base, catalog, memory_of_functions(base));
    CostAtLoad after(head, catalog, memory_of_functions(head));
    out.break_even = break_even_of({{out.base.name, &before, out.base.unpriced == 0},
                                    {out.head.name, &after, out.head.unpriced == 0}});
  }
  Comparer(base, head, out).compare();
  return out;
}

}  // namespace outlast::pipeline
