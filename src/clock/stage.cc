// From what happens to parts over time to changes of the load model.
//
// Problem. The engine knows replicas, shares that fail, rates of calls. A dead replica still gets
// its share of the requests until a health check has noticed; a standby takes over after a while; a
// launch that cannot be had is waited for.
//
// Method. By structure alone it is known what each component loses by itself (`Course`). What it
// loses because calls fail is left to the engine, and so is who is called instead. Of each component
// the losses become changes at the moments at which they change. Every change that somebody would
// notice is a line of the story, with its cause.

#include "clock/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "clock/carried.h"
#include "clock/match.h"
#include "clock/staging.h"

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::NeedId;
using engines::simulation::Change;

void Stage::tell(double at_s, ComponentId id, std::string event, std::string cause,
                 findings::Told told) {
  if (!std::isfinite(at_s)) {
    return;
  }
  const bool is_about_one = id.exists();
  out.story.push_back({at_s, is_about_one ? bp[id].id : "", is_about_one ? bp[id].name : "",
                       std::move(event), std::move(cause), told});
}

void Stage::change(double at_s, engines::simulation::Quantity quantity, std::size_t subject,
                   double value) {
  if (std::isfinite(at_s)) {
    out.load.model.changes.push_back({std::max(0.0, at_s), quantity, subject, value, ""});
  }
}

void Stage::weigh(double share, std::string what) {
  if (share > gravity) {
    gravity = share;
    out.gravest = std::move(what);
  }
}

std::string Stage::text_of(std::size_t fault) const {
  return told_of(scenario.faults[fault]);
}

double Stage::end_of(std::size_t fault) const {
  const auto& f = scenario.faults[fault];
  const double stated = f.lasts.is_known() ? f.at.value + f.lasts->value : kNever;
  return std::min(stated, course.ended_s[fault]);
}

bool Stage::has_capacity(std::size_t station) const {
  return std::isfinite(out.load.parts[station].most_servers);
}

std::vector<double> moments_of(const std::vector<Timeline>& all) {
  std::vector<double> moments;
  for (const Timeline& timeline : all) {
    for (const auto& step : timeline.steps()) {
      if (std::isfinite(step.from_s)) {
        moments.push_back(step.from_s);
      }
    }
  }
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  return moments;
}

namespace {

/// Needs that are calls of the model, to every target that they have, and waited for.
std::set<NeedId> called_by_engine(const Blueprint& bp, const LoadModel& load) {
  std::map<NeedId, std::set<std::size_t>> targets;
  for (const auto& way : load.ways) {
    const bool is_waited_for =
        way.need.exists() && (bp[way.need].strength == blueprint::Strength::hard ||
                              bp[way.need].strength == blueprint::Strength::auth);
    if (is_waited_for) {
      targets[way.need].insert(way.target);
    }
  }
  std::set<NeedId> called;
  for (const auto& [need, reached] : targets) {
    if (reached.size() == bp[need].any_of.size()) {
      called.insert(need);
    }
  }
  return called;
}

/// Slow replicas, and those on either side of a cut, are stations of their own: what happens to the
/// calls of one request hangs together by where it is worked on.
LoadDetail detail_for(const Blueprint& bp, const blueprint::Scenario& scenario,
                      const Damage& damage) {
  LoadDetail detail;
  detail.with_alternatives = true;
  std::vector<blueprint::Operations> hit;
  for (const Wound& wound : damage.wounds) {
    hit.push_back(wound.operations);
  }
  detail.kinds = kinds_of(bp, hit);
  for (const Slowness& slow : damage.slow) {
    const bool shares_work = bp[slow.component].redundancy == blueprint::Redundancy::active_active;
    if (shares_work && !slow.replicas.empty()) {
      detail.slow[slow.component] = slow.replicas;
    }
  }
  for (const auto& fault : scenario.faults) {
    if (fault.fault != blueprint::Fault::cut || !fault.from.zone.is_known()) {
      continue;
    }
    for (const auto zone : base::ids<blueprint::FateGroupId>(bp.fate_groups().size())) {
      const bool is_side = bp[zone].kind == blueprint::FateKind::zone &&
                           (is_zone_called(bp, zone, *fault.from.zone) ||
                            is_zone_called(bp, zone, fault.match.zone.value_or("")));
      if (is_side) {
        detail.cut_zones.insert(zone);
      }
    }
  }
  return detail;
}

}  // namespace

Staged staged(const Blueprint& bp, const catalog::Catalog& catalog,
              const failure::Dependence& dependence, const blueprint::Scenario& scenario,
              const Damage& damage, Strain strain, double users) {
  LoadModel load = load_model_of(bp, catalog, strain, detail_for(bp, scenario, damage));
  grow_for(load, users);
  const auto called = called_by_engine(bp, load);
  const Course course = course_of(bp, dependence, scenario, damage, called);
  Stage stage{bp, scenario, damage, course, {}, 0};
  stage.out.load = std::move(load);
  stage.out.standings = standings_of(bp, scenario, damage, course);
  tell_scenario(stage);
  lose_replicas(stage);
  slow_down(stage);
  limit_growth(stage);
  sever_calls(stage);
  route_calls(stage);
  empty_caches(stage);
  bring_users(stage, users);
  auto& changes = stage.out.load.model.changes;
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change& a, const Change& b) { return a.at_s < b.at_s; });
  for (const Change& change : changes) {
    stage.out.last_s = std::max(stage.out.last_s, change.at_s);
  }
  return std::move(stage.out);
}

}  // namespace outlast::clock
