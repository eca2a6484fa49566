#include <algorithm>
#include <cmath>

#include "base/pinned_math.h"
#include "engines/simulation/flow_run.h"

namespace outlast::engines::simulation {
namespace {

/// Queues that share the work evenly are all alike: one of them is looked at.
double lanes_of(const FlowStation& station) {
  return station.now.queues_apart
             ? static_cast<double>(std::max<std::size_t>(1, station.now.replicas))
             : 1;
}

/// Has the caller's patience ended?
bool is_told(const FlowCall& call, const Part& part) {
  return call.now.timeout_s < kForever &&
         (call.patience.empty() || call.patience.front().arrived_s > part.arrived_s);
}

}  // namespace

/// Servers, or slots where those run out first because the work holds them while it waits.
void FlowRun::reshape(FlowStation& station) {
  const std::size_t replicas = station.now.queues_apart ? 1 : station.now.replicas;
  const double service_s = std::max(station.now.service.mean_s / station.speed, 1e-9);
  std::size_t servers = station.now.servers * replicas;
  station.held_s = service_s;
  if (station.now.slots != kUnbounded) {
    const double holds_s = service_s + station.prospect.answer_s;
    const double slots = static_cast<double>(station.now.slots * replicas);
    if (slots / holds_s < static_cast<double>(servers) / service_s) {
      servers = station.now.slots * replicas;
      station.held_s = holds_s;
    }
  }
  servers = std::max<std::size_t>(1, servers);
  const StationShape shape{servers, station.now.queue_limit,
                           (station.arrival_cv2 + station.now.service.cv2) / 2};
  if (!station.map || !(station.map->shape() == shape)) {
    auto& map = maps_[{shape.servers, shape.places, shape.variability}];
    if (!map) {
      map = std::make_shared<const RestMap>(shape);
    }
    station.map = map;
  }
}

double FlowRun::gather(std::size_t index, double& failing) {
  FlowStation& station = stations_[index];
  const double error = station.now.replicas == 0 ? 1 : station.now.failing;
  double come = 0;
  for (FlowKind& kind : station.kinds) {
    kind.came = kind.done = 0;
  }
  for (const std::size_t c : station.callers) {
    FlowCall& call = calls_[c];
    for (std::size_t k = 0; k < call.attempts.size(); ++k) {
      const double mass = call.attempts[k].incoming;
      if (mass <= 0) {
        continue;
      }
      station.step.arrived += mass;
      if (!station.kinds.empty()) {
        station.kinds[call.now.kind].came += mass;
      }
      failing += mass * error;
      fail(c, k, mass * error, Failure::at_once);
      call.attempts[k].incoming = mass * (1 - error);
      come += call.attempts[k].incoming;
    }
  }
  station.step.refused += failing;
  return come;
}

void FlowRun::drop_old(FlowStation& station) {
  double limit_s = kForever;
  if (station.now.discipline == Discipline::controlled_delay) {
    const bool is_standing = now_s_ - station.filled_s > station.now.interval_s;
    limit_s = is_standing ? station.now.target_s : station.now.interval_s;
  }
  if (station.now.drops_expired && !station.queue.empty()) {
    double shortest_s = kForever;
    for (const std::size_t c : station.callers) {
      shortest_s = std::min(shortest_s, calls_[c].now.timeout_s);
    }
    limit_s = std::min(limit_s, shortest_s);
  }
  station.is_dropping = false;
  station.is_near_limit = station.prospect.sojourn_s > limit_s / 2;
  if (limit_s == kForever) {
    return;
  }
  const double middle_s = now_s_ - length_s_ / 2;
  // Whoever is dropped before his patience ends is told here; after it, he has been.
  const auto drop = [&](const Part& part, double mass) {
    if (!part.is_settled && !is_told(calls_[part.call], part)) {
      fail(part.call, part.attempt, mass, Failure::later,
           std::max(0.0, part.arrived_s + limit_s - middle_s));
    }
  };
  const double dropped = station.queue.take_older(middle_s - limit_s, drop);
  station.step.refused += dropped;
  station.is_dropping = dropped > 0;
}

void FlowRun::admit(std::size_t index, double refused_share, double admitted) {
  FlowStation& station = stations_[index];
  const double middle_s = now_s_ - length_s_ / 2;
  const double first = station.queue.come();
  // In long steps nothing moves, and what will become of a request is known when it comes.
  constexpr double kLongStep = 0.2;
  const double newest = station.now.discipline == Discipline::lifo && admitted > 0
                            ? std::min(1.0, station.state.load * length_s_ * lanes_of(station) /
                                                station.held_s / admitted)
                            : 1;
  for (const std::size_t c : station.callers) {
    FlowCall& call = calls_[c];
    const bool is_settled =
        length_s_ > kLongStep * call.now.timeout_s || station.now.discipline == Discipline::lifo;
    for (std::size_t k = 0; k < call.attempts.size(); ++k) {
      const double mass = call.attempts[k].incoming * (1 - refused_share);
      fail(c, k, call.attempts[k].incoming * refused_share, Failure::at_once);
      call.attempts[k].incoming = 0;
      if (mass <= 0) {
        continue;
      }
      const double sojourn_s = station.prospect.sojourn_s;
      station.queue.push({middle_s, mass, sojourn_s, static_cast<std::uint32_t>(c),
                          static_cast<std::uint16_t>(k), is_settled});
      if (is_settled) {
        const Fate& fate = fate_of(call, newest < 1 ? station.held_s : sojourn_s);
        const double good = (1 - fate.late) * newest;
        succeed(c, k, mass * good, fate, Failure::foreseen, 0);
        if (good < 1) {
          fail(c, k, mass * (1 - good), Failure::foreseen,
               call.now.timeout_s < kForever ? call.now.timeout_s : sojourn_s);
        }
      } else if (call.now.timeout_s < kForever) {
        call.patience.push_back({middle_s + call.now.timeout_s, middle_s, first, admitted, mass,
                                 static_cast<std::uint16_t>(k)});
      }
    }
  }
}

void FlowRun::leave(std::size_t index, const Part& part, double mass) {
  FlowStation& station = stations_[index];
  FlowCall& call = calls_[part.call];
  station.step.done += mass;
  call.passed += mass;
  if (!station.kinds.empty()) {
    station.kinds[call.now.kind].done += mass;
  }
  if (part.is_settled) {
    station.step.wasted += mass * fate_of(call, part.sojourn_s).late;
    return;
  }
  const double middle_s = now_s_ - length_s_ / 2;
  const double by_steps_s = middle_s - part.arrived_s;
  const double age_s = std::clamp(part.sojourn_s, by_steps_s - length_s_, by_steps_s + length_s_);
  if (is_told(call, part)) {
    station.step.wasted += mass;
    return;
  }
  const Fate& fate = fate_of(call, age_s);
  double late = fate.late;
  if (station.is_dropping) {
    // Served are those just young enough: their distance to the limit is as long as it takes the
    // surplus to come, and work must end within it.
    const double surplus =
        std::max(0.0, station.arriving_per_s / lanes_of(station) -
                          static_cast<double>(station.map->shape().servers) / station.held_s);
    const double service_s = station.prospect.service_s;
    late = station.prospect.is_fixed ? 1 - base::pinned_exp(-surplus * service_s)
                                     : surplus * service_s / (1 + surplus * service_s);
  }
  station.step.wasted += mass * late;
  succeed(part.call, part.attempt, mass * (1 - late), fate, Failure::later, age_s);
  fail(part.call, part.attempt, mass * late, Failure::later,
       std::max(0.0, part.arrived_s + call.now.timeout_s - middle_s));
}

void FlowRun::call_on(const FlowStation& station, double mass) {
  for (const CallId id : station.now.calls) {
    FlowCall& call = calls_[id.index];
    FlowChoice& choice = choices_[call.choice];
    const double missed = 1 - call.cache.hits(call.now.cache);
    const double making = station.kinds.empty() ? mass : station.kinds[call.now.kind].done;
    const double asked = making * call.now.rate_of_kind() * call.now.callers;
    const double calls = asked * missed;
    choice.budget.first_of(calls);
    choice.missed.add({asked, calls * (1 - choice.succeeds)});
    ask(id.index, 0, calls);
    if (call.now.cache.items > 0) {
      const double filled = calls * choice.succeeds / call.now.cache.items;
      call.cache.full += (call.cache.room - call.cache.full) * (1 - base::pinned_exp(-filled));
    }
    if (id == choice.calls.back()) {
      bring_forward(call.choice);
    }
  }
}

/// Who has a connection goes where he meant to go.
void FlowRun::pass_on(FlowStation& pool) {
  for (const std::size_t c : pool.callers) {
    const std::size_t onward = calls_[c].onward.index;
    choices_[calls_[onward].choice].budget.first_of(calls_[c].passed);
    ask(onward, 0, calls_[c].passed);
    calls_[c].passed = 0;
  }
}

void FlowRun::run_station(std::size_t index) {
  FlowStation& station = stations_[index];
  reshape(station);
  double failing = 0;
  const double come = gather(index, failing);
  const double relaxes_s = std::max(length_s_, 10 * station.held_s);
  station.arriving_per_s +=
      (come / length_s_ - station.arriving_per_s) * std::min(1.0, length_s_ / relaxes_s);
  drop_old(station);
  const double lanes = lanes_of(station);
  const double before = station.queue.mass();
  station.state =
      station.map->advance(before / lanes, come / lanes, length_s_ / station.held_s, station.near);
  const double refused = come * station.state.refused;
  station.step.refused += refused;
  admit(index, station.state.refused, come - refused);
  const double out = std::max(0.0, before + come - refused - station.state.present * lanes);
  station.queue.take(out, [&](const Part& part, double mass) { leave(index, part, mass); });
  if (station.is_pool) {
    pass_on(station);
  } else {
    call_on(station, out);
  }
  meter(station, out);
}

void FlowRun::meter(FlowStation& station, double out) {
  const double servers = static_cast<double>(station.map->shape().servers) * lanes_of(station);
  const double busy = std::min(servers, out * station.held_s / length_s_);
  if (station.queue.mass() - busy < 1) {
    station.filled_s = now_s_;
  }
  // Slots are held while nothing is worked on; servers are busy only with work.
  const double working = std::min(static_cast<double>(station.now.replicas * station.now.servers),
                                  out * station.now.service.mean_s / station.speed / length_s_);
  station.use_area += working * length_s_;
  station.step.busy += working * length_s_;
  station.step.present += station.queue.mass() * length_s_;
  station.step.waiting += std::max(0.0, station.queue.mass() - busy) * length_s_;
}

}  // namespace outlast::engines::simulation
