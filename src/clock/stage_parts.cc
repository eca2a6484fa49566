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

/// What the faults of one kind take from a replica by themselves.
/// in  wounds  of its component
Timeline taken_by(const Stage& stage, const std::vector<std::size_t>& wounds, blueprint::Fault kind,
                  std::size_t replica) {
  std::vector<Timeline> taken;
  for (const std::size_t w : wounds) {
    const Wound& wound = stage.damage.wounds[w];
    const auto& hit = wound.replicas;
    const bool is_its = stage.scenario.faults[wound.fault].fault == kind &&
                        std::find(hit.begin(), hit.end(), replica) != hit.end();
    if (is_its) {
      taken.push_back(stage.course.losses.wounds[w]);
    }
  }
  return replay::worst_of(taken);
}

/// What of a loss is more than another takes by itself.
Timeline beyond(const Timeline& loss, const Timeline& other) {
  constexpr double kRounding = 1e-9;  // of a mean over journeys
  return replay::combined({loss, other}, [](std::vector<double>& lost) {
    return lost[0] > lost[1] + kRounding ? lost[0] : 0;
  });
}

/// A replica over time, as its health checks see it.
struct SeenReplica {
  Timeline dead;       ///< they pass while it only works badly
  Timeline left;       ///< 1 while it is dead and known to be, and gets no requests
  double left_s = -1;  ///< when it was last left alone after it had lost requests; negative: never
};

SeenReplica seen_replica(const Stage& stage, const std::vector<std::size_t>& wounds, ComponentId id,
                         std::size_t replica, double notice_s) {
  const Timeline misjudged = taken_by(stage, wounds, blueprint::Fault::missense, replica);
  SeenReplica seen;
  seen.dead = beyond(stage.course.replica(id, replica),
                     taken_by(stage, wounds, blueprint::Fault::degrade, replica));
  std::vector<Timeline::Step> left;
  for (const auto& [begin, end] : seen.dead.stretches(kDown)) {
    const bool is_left_at_once = misjudged.lost_at(begin) >= kDown;
    const double left_s = begin + (is_left_at_once ? 0 : notice_s);
    left.push_back({std::min(left_s, end), 1});
    left.push_back({end, 0});
    seen.left_s = left_s < end && !is_left_at_once ? left_s : seen.left_s;
  }
  seen.left = Timeline(left);
  return seen;
}

void tell_notice(Stage& stage, ComponentId id, double left_s) {
  const double detect_s = stage.bp[id].switching.detect.value_or({0}).value;
  if (left_s > 0 && detect_s > 0) {
    stage.tell(left_s, id, "dead replicas get no more requests",
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

/// What requests lose at a station by itself.
/// in  reading  of the kind that is looked at; none: of all of them
Timeline lost_at(const Stage& stage, const LoadModel::Part& part,
                 const std::vector<SeenReplica>& seen, const Course::Reading* reading) {
  const ComponentId id = part.component;
  std::vector<Timeline> all = {reading != nullptr ? reading->own[id] : stage.course.own(id)};
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const std::size_t r = part.replicas[i];
    all.push_back(reading != nullptr ? reading->replicas[id.index][r]
                                     : stage.course.replica(id, r));
    all.push_back(seen[i].left);
  }
  const auto here = static_cast<double>(std::max<std::size_t>(1, part.replicas.size()));
  return replay::combined(all, [here](std::vector<double>& lost) {
    double of_replicas = 0;
    for (std::size_t i = 1; i + 1 < lost.size(); i += 2) {
      of_replicas += lost[i] * (1 - lost[i + 1]) / here;
    }
    return std::min(1.0, std::max(lost[0], of_replicas));
  });
}

/// What all kinds of requests lose at a station fails there; what one loses beyond that, its calls do.
/// out  the former
Timeline part_kinds(Stage& stage, std::size_t station, const std::vector<SeenReplica>& seen) {
  const LoadModel::Part& part = stage.out.load.parts[station];
  const Kinds& kinds = stage.out.load.kinds;
  if (!kinds.are_told()) {
    return lost_at(stage, part, seen, nullptr);
  }
  std::vector<Timeline> all;
  for (const auto& taken : kinds.operations) {
    const auto& readings = stage.course.readings;
    const auto reading = std::find_if(readings.begin(), readings.end(), [&](const auto& each) {
      return each.operations == taken.front();
    });
    all.push_back(lost_at(stage, part, seen, reading == readings.end() ? nullptr : &*reading));
  }
  Timeline common = replay::combined(
      all, [](std::vector<double>& lost) { return *std::min_element(lost.begin(), lost.end()); });
  for (const Timeline& each : all) {
    stage.lost_by_kind[station].push_back(
        replay::combined({each, common}, [](std::vector<double>& lost) {
          return lost[1] < 1 ? 1 - (1 - lost[0]) / (1 - lost[1]) : 0;
        }));
  }
  return common;
}

/// in  wounds  of its component
void lose_replicas_of(Stage& stage, std::size_t station, const std::vector<std::size_t>& wounds) {
  const LoadModel::Part& part = stage.out.load.parts[station];
  const auto& c = stage.bp[part.component];
  std::vector<SeenReplica> seen;
  std::vector<Timeline> dead;
  double left_s = -1;
  if (c.redundancy == blueprint::Redundancy::active_active) {
    const double notice_s =
        c.switching.detect.value_or({0}).value + c.switching.takes.value_or({0}).value;
    for (const std::size_t r : part.replicas) {
      seen.push_back(seen_replica(stage, wounds, part.component, r, notice_s));
      left_s = std::max(left_s, seen.back().left_s);
      dead.push_back(seen.back().dead);
    }
  }
  const Timeline failing = part_kinds(stage, station, seen);
  for (const auto& step : failing.steps()) {
    stage.change(step.from_s, Quantity::failing, station, step.lost);
  }
  double gone = 0;
  for (const double at_s : moments_of(dead)) {
    const auto dead_now =
        static_cast<double>(std::count_if(dead.begin(), dead.end(), [&](const Timeline& replica) {
          return replica.lost_at(at_s) >= kDown;
        }));
    if (stage.has_capacity(station) && dead_now != gone) {
      stage.change(at_s, Quantity::more_replicas, station, gone - dead_now);
      gone = dead_now;
    }
  }
  if (!part.is_further) {
    tell_takeover(stage, part.component, stage.course.own(part.component));
    tell_notice(stage, part.component, left_s);
  }
}

}  // namespace

void lose_replicas(Stage& stage) {
  stage.lost_by_kind.resize(stage.out.load.parts.size());
  std::vector<std::vector<std::size_t>> wounds_of(stage.bp.components().size());
  for (std::size_t w = 0; w < stage.damage.wounds.size(); ++w) {
    wounds_of[stage.damage.wounds[w].component.index].push_back(w);
  }
  for (std::size_t s = 0; s < stage.out.load.parts.size(); ++s) {
    lose_replicas_of(stage, s, wounds_of[stage.out.load.parts[s].component.index]);
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
               frozen.most > 0 ? fmt::format("can have no more than {} replica{}", frozen.most,
                                             frozen.most == 1 ? "" : "s")
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
