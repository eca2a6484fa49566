// Calls that get nowhere, and who leads calls elsewhere.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "clock/match.h"
#include "clock/severed.h"
#include "clock/staging.h"

namespace outlast::clock {

using blueprint::Match;
using blueprint::Need;
using blueprint::NeedId;
using engines::simulation::CallId;
using engines::simulation::Quantity;
using engines::simulation::Router;
using replay::kDown;

namespace {

/// Share of a station's replicas on a side of a cut between zones: all or nothing of it where it is
/// told apart by zone, so that what is asked for one request is lost together.
double share_of(const Stage& stage, std::size_t station, const Match& side) {
  const auto& part = stage.out.load.parts[station];
  return part.zone.exists()  ? (is_zone_called(stage.bp, part.zone, *side.zone) ? 1.0 : 0.0)
         : part.is_elsewhere ? 0
                             : share_in_zone(stage.bp, part.component, *side.zone);
}

double crossing(const Stage& stage, std::size_t call, const Severance& severance) {
  const std::size_t from = stage.out.load.ways[call].from.index;
  const std::size_t to = stage.out.load.model.calls[CallId(call)].to.index;
  return clock::crossing(
      stage.scenario.faults[severance.fault], severance.leading,
      [&](const Match& side) { return share_of(stage, from, side); },
      [&](const Match& side) { return share_of(stage, to, side); });
}

Timeline lost_of(const Stage& stage, std::size_t call) {
  const auto& way = stage.out.load.ways[call];
  std::vector<Timeline> causes;
  for (std::size_t s = 0; s < stage.damage.severed.size(); ++s) {
    const Severance& severance = stage.damage.severed[s];
    if (severance.need != way.need || severance.target != way.target) {
      continue;
    }
    Timeline lost = stage.course.losses.severed[s];
    if (severance.is_between_zones && severance.how.lost > 0) {
      const auto& fault = stage.scenario.faults[severance.fault];
      const double error = fault.error.is_known() ? fault.error->value : 1;
      const double times = crossing(stage, call, severance) * error / severance.how.lost;
      lost = replay::combined(
          {lost}, [times](std::vector<double>& all) { return std::min(1.0, all.front() * times); });
    }
    causes.push_back(lost);
  }
  const Timeline severed = replay::worst_of(causes);
  const auto& call_made = stage.out.load.model.calls[CallId(call)];
  const auto& by_kind = stage.lost_by_kind[call_made.to.index];
  return by_kind.empty()
             ? severed
             : replay::combined({severed, by_kind[call_made.kind]}, [](std::vector<double>& lost) {
                 return 1 - (1 - lost[0]) * (1 - lost[1]);
               });
}

/// How much of what users ask a severed need takes with it.
double gravity_of(const Stage& stage, const Severance& severance) {
  const Need& need = stage.bp[severance.need];
  double visits = 0;
  for (const auto& part : stage.out.load.parts) {
    visits += part.component == need.from && !part.is_further ? part.visits : 0;
  }
  const bool is_called = need.kind == blueprint::EdgeKind::service;
  const bool stops =
      need.strength == blueprint::Strength::hard || need.strength == blueprint::Strength::auth;
  const double targets = need.via.exists() ? 1 : static_cast<double>(need.any_of.size());
  const double most = std::min(1.0, visits) * severance.how.lost / targets;
  return stops ? (is_called ? most : most / 2) : most / 10;
}

void tell_severed(Stage& stage, std::size_t s) {
  const Severance& severance = stage.damage.severed[s];
  const Need& need = stage.bp[severance.need];
  const std::string to = stage.bp[need.any_of[severance.target]].name;
  const std::string event =
      need.kind == blueprint::EdgeKind::service
          ? fmt::format("{:.3g} % of its calls to {} get nowhere", 100 * severance.how.lost, to)
          : fmt::format("{:.3g} % of it is cut off from {}", 100 * severance.how.lost, to);
  stage.weigh(gravity_of(stage, severance), fmt::format("{}: {}", stage.bp[need.from].name, event));
  stage.tell(stage.course.losses.severed[s].first(1e-9), need.from, event,
             stage.text_of(severance.fault), findings::Told::scenario);
}

/// How soon what leads calls acts.
void set_times(const blueprint::Switching& says, Router& router) {
  router.detect_s = says.detect.value_or({0}).value;
  router.takes_s = says.takes.value_or({0}).value;
  router.notices = says.notices.is_known() && says.notices->value > 0 ? says.notices->value : kDown;
}

/// A balancer has health checks of its own in each zone: of a group that is told apart by zone it
/// leaves out what it cannot reach.
void route_within_groups(Stage& stage) {
  std::map<std::pair<engines::simulation::StationId, NeedId>, std::vector<std::size_t>> calls_of;
  for (std::size_t call = 0; call < stage.out.load.ways.size(); ++call) {
    const auto& way = stage.out.load.ways[call];
    const auto& parts = stage.out.load.parts;
    const auto& target = parts[stage.out.load.model.calls[CallId(call)].to.index];
    const bool is_dealt = way.need.exists() && stage.bp[way.need].any_of.size() == 1 &&
                          target.is_one_of_many && !target.is_slow &&
                          stage.bp[parts[way.from.index].component].forwards;
    if (is_dealt) {
      calls_of[{way.from, way.need}].push_back(call);
    }
  }
  for (const auto& [from, calls] : calls_of) {
    Router router;
    set_times(stage.bp[stage.bp[from.second].any_of.front()].switching, router);
    router.sees_ways_only = true;
    router.from = from.first;
    std::map<std::size_t, std::size_t> target_of;  // by station: calls of all kinds
    for (const std::size_t call : calls) {
      const auto& way = stage.out.load.ways[call];
      const std::size_t to = stage.out.load.model.calls[CallId(call)].to.index;
      const auto [known, is_new] = target_of.try_emplace(to, router.targets.size());
      if (is_new) {
        auto& target = router.targets.emplace_back();
        target.name = stage.bp[stage.bp[from.second].any_of.front()].name;
        target.weight = way.share;
      }
      router.targets[known->second].calls.emplace_back(CallId(call), way.at_most / way.share);
    }
    stage.out.load.model.routers.push_back(std::move(router));
  }
}

Router router_of(Stage& stage, NeedId id, const std::vector<std::size_t>& calls) {
  const Need& need = stage.bp[id];
  const auto& first = stage.bp[need.any_of.front()];
  const auto& says =
      need.switching.detect.is_known() || need.via.exists() ? need.switching : first.switching;
  Router router;
  router.leads_to_one = need.via.exists();
  set_times(says, router);
  router.ttl_s = need.via.exists() ? need.ttl.value_or({0}).value : 0;
  const auto& way = stage.out.load.ways[calls.front()];
  if (way.stale_s > 0) {
    router.stale = need.stale->value;
    router.stale_s = way.stale_s;
  }
  router.from = way.from;
  router.by = need.via.exists() ? stage.bp[need.via].name : "";
  for (std::size_t t = 0; t < need.any_of.size(); ++t) {
    auto& target = router.targets.emplace_back();
    target.name = stage.bp[need.any_of[t]].name;
    for (const std::size_t call : calls) {
      if (stage.out.load.ways[call].target == t) {
        target.calls.emplace_back(CallId(call), stage.out.load.ways[call].at_most);
      }
    }
  }
  return router;
}

}  // namespace

void sever_calls(Stage& stage) {
  if (stage.damage.severed.empty() && !stage.out.load.kinds.are_told()) {
    return;
  }
  for (std::size_t call = 0; call < stage.out.load.ways.size(); ++call) {
    const Timeline lost = lost_of(stage, call);
    for (const auto& step : lost.steps()) {
      stage.change(step.from_s, Quantity::call_failing, call, step.lost);
    }
  }
  for (std::size_t s = 0; s < stage.damage.severed.size(); ++s) {
    tell_severed(stage, s);
  }
}

/// Calls of a need with alternatives go to who is well: with a switch to one, else to all of them.
/// Who is well shows in the run; whether the switch itself works is known before.
void route_calls(Stage& stage) {
  std::map<NeedId, std::vector<std::size_t>> calls_of;
  for (std::size_t call = 0; call < stage.out.load.ways.size(); ++call) {
    const NeedId need = stage.out.load.ways[call].need;
    if (need.exists() && stage.bp[need].any_of.size() > 1) {
      calls_of[need].push_back(call);
    }
  }
  for (const auto& [id, calls] : calls_of) {
    auto& routers = stage.out.load.model.routers;
    if (stage.bp[id].via.exists()) {
      bool works = true;
      const Timeline via = stage.course.whole(stage.bp[id].via);
      for (const auto& step : via.steps()) {
        if ((step.lost < kDown) != works) {
          works = !works;
          stage.change(step.from_s, Quantity::may_route, routers.size(), works ? 1 : 0);
        }
      }
    }
    routers.push_back(router_of(stage, id, calls));
  }
  route_within_groups(stage);
}

}  // namespace outlast::clock
