// Replicas that go and come, servers that work slowly, groups that may not grow.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/units.h"
#include "clock/staging.h"

namespace outlast::clock {

using base::format_duration;
using blueprint::ComponentId;
using engines::simulation::Quantity;
using replay::kDown;

namespace {

/// What a replica loses of the requests that still go to it: all of its loss until it is noticed.
Timeline unnoticed_of(const Timeline& replica, double notice_s) {
  std::vector<Timeline::Step> noticed;
  for (const auto& [begin, end] : replica.stretches(kDown)) {
    noticed.push_back({std::min(begin + notice_s, end), 1});
    noticed.push_back({end, 0});
  }
  return replay::combined({replica, Timeline(noticed)},
                          [](std::vector<double>& lost) { return lost[0] * (1 - lost[1]); });
}

void tell_notice(Stage& stage, ComponentId id, const std::vector<Timeline>& unnoticed) {
  double at_s = 0;
  for (const Timeline& replica : unnoticed) {
    at_s = std::max(at_s, std::isfinite(replica.over_s()) ? replica.over_s() : 0);
  }
  const double detect_s = stage.bp[id].switching.detect.value_or({0}).value;
  if (at_s > 0 && detect_s > 0) {
    stage.tell(at_s, id, "dead replicas get no more requests",
               fmt::format("{} after, by its health checks", format_duration({detect_s})));
  }
}

/// "promoted after 74 s, 30 s of it detection"; later where what promotes it is down.
void tell_takeover(Stage& stage, ComponentId id, const Timeline& own) {
  const auto& c = stage.bp[id];
  if (c.redundancy != blueprint::Redundancy::primary_standby || c.replicas.size() < 2) {
    return;
  }
  const double detect_s = c.switching.detect.value_or({0}).value;
  const double switch_s = c.switching.takes.value_or({0}).value;
  for (const auto& [begin, end] : own.stretches(kDown)) {
    double acts_s = begin + detect_s;
    for (std::size_t f = 0; f < stage.damage.frozen.size(); ++f) {
      const Freeze& freeze = stage.damage.frozen[f];
      if (freeze.component == id && freeze.stops_promotion) {
        acts_s = std::max(acts_s, stage.course.losses.frozen[f].first_below(kDown, acts_s));
      }
    }
    const double waited_s = acts_s - begin - detect_s;
    const bool is_takeover =
        std::isfinite(end) && std::fabs(end - acts_s - switch_s) < 1e-6 && end > begin;
    if (is_takeover) {
      const std::string waited = waited_s > 0 ? fmt::format(", {} it waited for its control plane",
                                                            format_duration({waited_s}))
                                              : "";
      stage.tell(end, id, fmt::format("promoted after {}", format_duration({end - begin})),
                 fmt::format("{} of it detection{}, {} to switch", format_duration({detect_s}),
                             waited, format_duration({switch_s})));
    }
  }
}

void lose_replicas_of(Stage& stage, std::size_t station) {
  const LoadModel::Part& part = stage.out.load.parts[station];
  const auto& c = stage.bp[part.component];
  std::vector<Timeline> dead;
  std::vector<Timeline> unnoticed;
  if (c.redundancy == blueprint::Redundancy::active_active) {
    const double notice_s =
        c.switching.detect.value_or({0}).value + c.switching.takes.value_or({0}).value;
    for (const std::size_t r : part.replicas) {
      dead.push_back(stage.course.replica(part.component, r));
      unnoticed.push_back(unnoticed_of(dead.back(), notice_s));
    }
  }
  const Timeline own = stage.course.own(part.component);
  std::vector<Timeline> all = dead;
  all.insert(all.end(), unnoticed.begin(), unnoticed.end());
  all.push_back(own);
  const auto here = static_cast<double>(std::max<std::size_t>(1, part.replicas.size()));
  double failing = 0;
  double gone = 0;
  for (const double at_s : moments_of(all)) {
    const auto dead_now =
        static_cast<double>(std::count_if(dead.begin(), dead.end(), [&](const Timeline& replica) {
          return replica.lost_at(at_s) >= kDown;
        }));
    double lost = 0;
    for (const Timeline& replica : unnoticed) {
      lost += replica.lost_at(at_s) / here;
    }
    const double now = std::min(1.0, std::max(own.lost_at(at_s), lost));
    if (now != failing) {
      stage.change(at_s, Quantity::failing, station, now);
      failing = now;
    }
    if (stage.has_capacity(station) && dead_now != gone) {
      stage.change(at_s, Quantity::more_replicas, station, gone - dead_now);
      gone = dead_now;
    }
  }
  if (!part.is_further) {
    tell_takeover(stage, part.component, own);
    tell_notice(stage, part.component, unnoticed);
  }
}

}  // namespace

void lose_replicas(Stage& stage) {
  for (std::size_t s = 0; s < stage.out.load.parts.size(); ++s) {
    lose_replicas_of(stage, s);
  }
}

namespace {

/// Of a component whose slow replicas are told apart; absent where all of it is slow, or works on.
std::optional<Parting> parting_of(const Stage& stage, ComponentId id) {
  std::optional<std::size_t> whole;
  std::optional<std::size_t> apart;
  for (std::size_t s = 0; s < stage.out.load.parts.size(); ++s) {
    const auto& part = stage.out.load.parts[s];
    if (part.component == id && part.is_one_of_many) {
      (part.is_slow ? apart : whole) = s;
    }
  }
  if (!whole || !apart) {
    return std::nullopt;
  }
  const auto& stations = stage.out.load.model.stations;
  const auto slow = static_cast<double>(stage.out.load.parts[*apart].replicas.size());
  const double all =
      stage.has_capacity(*whole)
          ? static_cast<double>(stations[engines::simulation::StationId(*whole)].replicas)
          : static_cast<double>(stage.bp[id].replicas.size());
  return Parting{*whole, *apart, slow / all};
}

/// "20", "2.5", "1000".
std::string times_text(double times) {
  constexpr double kWhole = 100;
  return times >= kWhole ? fmt::format("{:.0f}", times) : fmt::format("{:.3g}", times);
}

/// From when on the slow replicas are asked for themselves, or as all others are.
void part(Stage& stage, const Parting& parting, double at_s, bool is_apart) {
  if (stage.has_capacity(parting.whole)) {
    const auto slow = static_cast<double>(stage.out.load.parts[parting.apart].replicas.size());
    stage.change(at_s, Quantity::more_replicas, parting.whole, is_apart ? -slow : slow);
  }
  for (std::size_t call = 0; call < stage.out.load.ways.size(); ++call) {
    const std::size_t to = stage.out.load.model.calls[engines::simulation::CallId(call)].to.index;
    const bool is_parted =
        stage.out.load.ways[call].from.exists() && (to == parting.whole || to == parting.apart);
    if (is_parted) {
      const double slow = is_apart ? parting.share : 0;
      stage.change(at_s, Quantity::call_part, call, to == parting.apart ? slow : 1 - slow);
    }
  }
}

/// While they are slow, where that alone happens to the component; else from the start to the end.
void part_slow(Stage& stage, const Slowness& slow) {
  auto parting = parting_of(stage, slow.component);
  const bool is_parted =
      std::any_of(stage.partings.begin(), stage.partings.end(),
                  [&](const Parting& known) { return parting && known.apart == parting->apart; });
  if (!parting || is_parted) {
    return;
  }
  const auto is_of_it = [&](const auto& harm) { return harm.component == slow.component; };
  const auto& damage = stage.damage;
  if (std::count_if(damage.slow.begin(), damage.slow.end(), is_of_it) == 1 &&
      std::none_of(damage.wounds.begin(), damage.wounds.end(), is_of_it)) {
    parting->from_s = stage.scenario.faults[slow.fault].at.value;
    parting->until_s = stage.end_of(slow.fault);
  }
  part(stage, *parting, parting->from_s, true);
  part(stage, *parting, parting->until_s, false);
  stage.partings.push_back(*parting);
}

}  // namespace

void slow_down(Stage& stage) {
  const auto& parts = stage.out.load.parts;
  for (const Slowness& slow : stage.damage.slow) {
    part_slow(stage, slow);
    const auto& c = stage.bp[slow.component];
    const double begins_s = stage.scenario.faults[slow.fault].at.value;
    const double share = slow.replicas.empty() ? 1
                                               : static_cast<double>(slow.replicas.size()) /
                                                     static_cast<double>(c.replicas.size());
    const bool is_apart = std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
      return part.component == slow.component && part.is_slow;
    });
    for (std::size_t s = 0; s < parts.size(); ++s) {
      if (parts[s].component != slow.component || (is_apart && !parts[s].is_slow)) {
        continue;
      }
      const double speed = is_apart ? 1 / slow.slower : 1 - share + share / slow.slower;
      stage.change(begins_s, Quantity::speed, s, speed);
      stage.change(stage.end_of(slow.fault), Quantity::speed, s, 1);
    }
    const std::string who =
        share < 1 ? fmt::format("{} of {} replicas ", slow.replicas.size(), c.replicas.size()) : "";
    const std::string event =
        fmt::format("{}{} times slower, and its health checks pass", who, times_text(slow.slower));
    stage.tell(begins_s, slow.component, event, stage.text_of(slow.fault),
               findings::Told::scenario);
    stage.weigh(share * (1 - 1 / slow.slower), fmt::format("{} {}", c.name, event));
    stage.tell(stage.end_of(slow.fault), slow.component, "as fast as before");
  }
}

void limit_growth(Stage& stage) {
  for (const Freeze& frozen : stage.damage.frozen) {
    const double begins_s = stage.scenario.faults[frozen.fault].at.value;
    stage.tell(begins_s, frozen.component,
               frozen.most > 0 ? fmt::format("can have no more than {} replicas", frozen.most)
                               : "can start no replica; what runs runs on",
               stage.text_of(frozen.fault), findings::Told::scenario);
    stage.tell(stage.end_of(frozen.fault), frozen.component, "can start replicas again", "",
               findings::Told::scenario);
  }
  for (const auto& scaler : stage.out.load.model.autoscalers) {
    const std::size_t station = scaler.station.index;
    const ComponentId id = stage.out.load.parts[station].component;
    for (const Allowed& step : allowed_over_time(stage.bp, stage.damage, stage.course, id)) {
      stage.change(step.from_s, Quantity::grow_most, station, static_cast<double>(step.most));
    }
  }
}

}  // namespace outlast::clock
