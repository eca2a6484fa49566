#include "replay/outcome.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "base/units.h"
#include "findings/data_lost.h"
#include "replay/day.h"
#include "replay/load.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using findings::ReplayOutcome;
using findings::Verdict;

namespace {

/// Is anything down that others may have to stand in for?
bool leaves_work(const Played& played) {
  return std::any_of(played.states.begin(), played.states.end(), [](const auto& of) {
    return std::any_of(of.second.begin(), of.second.end(),
                       [](const Timeline& lost) { return lost.most_lost() > 0; });
  });
}

/// Requests that all paths together lose.
Timeline lost_of_all(const Played& played) {
  std::vector<Timeline> weighted;
  for (const PathLoss& loss : played.paths) {
    weighted.push_back(combined(
        {loss.lost}, [&](std::vector<double>& lost) { return lost[0] * loss.path.weight; }));
  }
  return combined(weighted, [](std::vector<double>& lost) {
    double sum = 0;
    for (const double share : lost) {
      sum += share;
    }
    return sum;
  });
}

/// Of how many users: as the input has them over the day, or always the same; none where it does not.
std::optional<double> user_minutes(const Blueprint& bp, const Timeline& lost, double starts_at_s) {
  if (!replay::knows_users(bp)) {
    return std::nullopt;
  }
  if (!std::isfinite(lost.over_s())) {
    return lost.over_s();
  }
  const Load load = load_of(bp, "");
  std::vector<double> moments = {lost.over_s()};
  if (load.is_stated()) {
    moments = load.changes_between(starts_at_s, 0, lost.over_s());
    moments.push_back(lost.over_s());
  }
  for (const Timeline::Step& step : lost.steps()) {
    moments.push_back(step.from_s);
  }
  std::sort(moments.begin(), moments.end());
  double user_s = 0;
  for (std::size_t i = 0; i + 1 < moments.size(); ++i) {
    const double at_s = moments[i];
    const double users = load.is_stated() ? load.made_for * load.growth_at(starts_at_s + at_s)
                                          : *bp.objectives().users.now;
    user_s += lost.lost_at(at_s) * users * (moments[i + 1] - at_s);
  }
  return user_s / base::kSecondsPerMinute;
}

double rto_of(const Blueprint& bp, const Player& player) {
  return blueprint::objective_of(bp.objectives(), player.incident().fault_class).rto.value;
}

ReplayOutcome outcome_of(const Blueprint& bp, const Player& player, const Staging& staging,
                         const Played& played) {
  const double rto = rto_of(bp, player);
  ReplayOutcome out;
  bool fails = false;
  bool degrades = false;
  for (const PathLoss& loss : played.paths) {
    const double down = loss.lost.time_at_least(kDown);
    const double partly = worst_of({loss.lost, loss.soft}).time_at_least(kNoticed);
    const bool is_low = bp[loss.path.journey].importance == blueprint::Importance::low;
    out.downtime_s = std::max(out.downtime_s, down);
    out.degraded_s = std::max(out.degraded_s, partly);
    out.late_s = std::max(out.late_s, loss.late.time_at_least(kNoticed));
    out.over_s = std::max(out.over_s, loss.lost.over_s());
    fails = fails || (down > rto && !is_low);
    degrades = degrades || partly > rto;
  }
  const Timeline lost = lost_of_all(played);
  out.users = std::min(1.0, lost.most_lost());
  out.user_minutes = user_minutes(bp, lost, staging.starts_at_s);
  const findings::DataLost data = data_lost(player, staging);
  const double rpo =
      blueprint::objective_of(bp.objectives(), player.incident().fault_class).rpo.value;
  fails = fails || data.kind == failure::DataLoss::Kind::all ||
          (data.kind == failure::DataLoss::Kind::seconds && data.seconds > rpo);
  const bool is_touched = !hit_by(player, staging).empty() && !played.paths.empty();
  out.survives = !is_touched ? Verdict::not_exposed
                 : fails     ? Verdict::no
                 : degrades  ? Verdict::degraded
                             : Verdict::yes;
  return out;
}

/// What the clock saw of a day is what is lost.
void overload(const Weight& weight, Played& played) {
  const auto add = [&](ComponentId id, const Timeline& lost, States& states) {
    Overload& over = played.overloads[id];
    over.by_structure = worst_of({over.by_structure, states[id]});
    over.lost = worst_of({over.lost, lost});
    states[id] = worst_of({states[id], lost});
  };
  for (std::size_t p = 0; p < played.paths.size() && p < weight.paths.size(); ++p) {
    PathLoss& loss = played.paths[p];
    loss.lost = worst_of({loss.lost, weight.paths[p].lost});
    loss.soft = worst_of({loss.soft, weight.paths[p].partly});
    add(loss.path.enters, weight.paths[p].lost, played.states.at(loss.path.operations));
  }
  for (const FullPart& part : weight.full) {
    for (auto& [operations, states] : played.states) {
      if (part.component.exists()) {
        add(part.component, part.lost, states);
      }
    }
  }
}

/// What is survived by structure is not where what is left does not carry the users there are.
void weigh(const Blueprint& bp, const Player& player, const Staging& staging, Ending& ending) {
  const auto day = day_of(bp, player, staging);
  const Verdict survived = ending.outcome.survives;
  const auto weight =
      day ? (*staging.weigher)(*day, rto_of(bp, player), survived) : std::optional<Weight>();
  if (!weight) {
    return;
  }
  ending.played.full = weight->full;
  if (!weight->paths.empty()) {
    overload(*weight, ending.played);
    ending.outcome = outcome_of(bp, player, staging, ending.played);
  }
  ending.outcome.survives = weight->survives;
  ending.outcome.by_load = reasons_of(*weight);
}

}  // namespace

Ending ending_of(const Blueprint& bp, const Player& player, const Staging& staging) {
  Ending ending{player.play(staging), {}, false};
  ending.outcome = outcome_of(bp, player, staging, ending.played);
  const bool is_survived =
      ending.outcome.survives == Verdict::yes || ending.outcome.survives == Verdict::degraded;
  if (staging.weigher != nullptr && is_survived && leaves_work(ending.played)) {
    ending.is_unweighed = !knows_users(bp);
    weigh(bp, player, staging, ending);
  }
  return ending;
}

std::vector<ComponentId> hit_by(const Player& player, const Staging& staging) {
  std::set<ComponentId> hit;
  for (const Struck& struck : player.struck()) {
    if (player.counts(struck, staging)) {
      hit.insert(struck.component);
    }
  }
  for (const Blow& blow : player.blows()) {
    if (player.counts(blow, staging)) {
      hit.insert(blow.component);
    }
  }
  return {hit.begin(), hit.end()};
}

findings::DataLost data_lost(const Player& player, const Staging& staging) {
  using Kind = failure::DataLoss::Kind;
  findings::DataLost worst;
  std::set<std::string> stores;
  for (const Struck& struck : player.struck()) {
    if (struck.data.kind != Kind::none && player.counts(struck, staging)) {
      stores.insert(struck.data.stores.begin(), struck.data.stores.end());
      worst.seconds = std::max(worst.seconds, struck.data.seconds);
      const bool is_graver =
          findings::gravity_of(struck.data.kind) > findings::gravity_of(worst.kind);
      worst.kind = is_graver ? struck.data.kind : worst.kind;
    }
  }
  worst.stores.assign(stores.begin(), stores.end());
  return worst;
}

std::vector<findings::JourneyOutcome> journeys_of(const Blueprint& bp, const Played& played) {
  std::map<std::string_view, findings::JourneyOutcome> by_name;
  for (const PathLoss& loss : played.paths) {
    findings::JourneyOutcome& one = by_name[bp[loss.path.journey].name];
    one.downtime_s = std::max(one.downtime_s, loss.lost.time_at_least(kDown));
    one.degraded_s =
        std::max(one.degraded_s, worst_of({loss.lost, loss.soft}).time_at_least(kNoticed));
    one.late_s = std::max(one.late_s, loss.late.time_at_least(kNoticed));
    one.most_lost = std::max(one.most_lost, loss.lost.most_lost());
  }
  std::vector<findings::JourneyOutcome> all;
  for (const auto& journey : bp.journeys()) {
    all.push_back(by_name[journey.name]);
    all.back().journey = journey.name;
  }
  return all;
}

}  // namespace outlast::replay
