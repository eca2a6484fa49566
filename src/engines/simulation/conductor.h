#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engines/simulation/controllers.h"
#include "engines/simulation/event_queue.h"
#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"

namespace outlast::engines::simulation {

/// Makes one change of the model in a run: for `apply` below.
/// in  run  has set_replicas(station, n); `stations` and `calls` are its states
template <class Run, class Stations, class Calls>
void apply_change(const Change& what, Run& run, Stations& stations, Calls& calls) {
  switch (what.quantity) {
    case Quantity::speed:
      stations[what.subject].speed = std::max(what.value, 1e-9);
      break;
    case Quantity::replicas:
      run.set_replicas(StationId(what.subject), static_cast<std::size_t>(what.value));
      break;
    case Quantity::more_replicas:
      run.set_replicas(StationId(what.subject),
                       more_or_less(stations[what.subject].now.replicas, what.value));
      break;
    case Quantity::failing:
      stations[what.subject].now.failing = what.value;
      break;
    case Quantity::service_mean:
      stations[what.subject].now.service.mean_s = what.value;
      break;
    case Quantity::cache_full:
      calls[what.subject].cache_full = what.value;
      break;
    case Quantity::call_rate:
      calls[what.subject].now.per_request = what.value;
      break;
    case Quantity::call_failing:
      calls[what.subject].now.failing = what.value;
      break;
    case Quantity::may_grow:
      break;  // the conductor's own
  }
}

/// Carries out what happens at a time, whoever runs the stations: changes of the model, looks of
/// autoscalers, replicas that come up. One code for both engines, so that they cannot differ.
class Conductor {
 public:
  Conductor(const Model& model, Outcome& outcome) : model_(model), outcome_(outcome) {
    for (std::size_t i = 0; i < model.autoscalers.size(); ++i) {
      scalers_.emplace_back(model.autoscalers[i]);
      coming_.push_back(0);
      may_grow_.push_back(true);
      was_refused_.push_back(false);
      events_.push({model.autoscalers[i].period_s, static_cast<std::uint32_t>(i), kLook});
    }
  }

  /// When something happens next; infinite: nothing will.
  [[nodiscard]] double next_s() const {
    const double change_s =
        next_change_ < model_.changes.size() ? model_.changes[next_change_].at_s : kForever;
    return events_.empty() ? change_s : std::min(change_s, events_.next().at_s);
  }

  /// Does all that is due.
  /// in  stations  has apply(change), use_since_last(station, now), replicas(station) and
  ///               set_replicas(station, n)
  template <class Stations>
  void act(double now_s, Stations& stations) {
    for (; next_change_ < model_.changes.size() && model_.changes[next_change_].at_s <= now_s;
         ++next_change_) {
      const Change& change = model_.changes[next_change_];
      if (change.quantity == Quantity::may_grow) {
        let_grow(StationId(change.subject), change.value > 0);
      } else {
        stations.apply(change);
      }
      if (!change.cause.empty()) {
        add_to_trace(outcome_, now_s, change.cause,
                     is_of_call(change.quantity) ? StationId() : StationId(change.subject));
      }
    }
    while (!events_.empty() && events_.next().at_s <= now_s) {
      const Event event = events_.next();
      events_.pop();
      if (event.kind == kLook) {
        look(now_s, event.subject, stations);
      } else {
        come_up(now_s, event.subject, stations);
      }
    }
  }

 private:
  static constexpr std::uint32_t kLook = 0;
  static constexpr std::uint32_t kComeUp = 1;

  void let_grow(StationId station, bool may) {
    for (std::size_t i = 0; i < model_.autoscalers.size(); ++i) {
      if (model_.autoscalers[i].station == station) {
        may_grow_[i] = may;
        was_refused_[i] = false;
      }
    }
  }

  template <class Stations>
  void look(double now_s, std::uint32_t index, Stations& stations) {
    const Autoscaler& scaler = model_.autoscalers[index];
    const std::string& name = model_.stations[scaler.station].name;
    const std::size_t there = stations.replicas(scaler.station);
    const auto wanted = scalers_[index].look(stations.use_since_last(scaler.station, now_s), there);
    if (wanted && *wanted > there && !may_grow_[index]) {
      scalers_[index].arrived();
      if (!was_refused_[index]) {
        add_to_trace(
            outcome_, now_s,
            fmt::format("{}: autoscaler asks for {} replicas and gets none", name, *wanted),
            scaler.station);
      }
      was_refused_[index] = true;
    } else if (wanted && *wanted > there) {
      coming_[index] = *wanted - there;
      add_to_trace(outcome_, now_s,
                   fmt::format("{}: autoscaler asks for {} replicas, has {}", name, *wanted, there),
                   scaler.station);
      events_.push({now_s + scaler.start_s, index, kComeUp});
    } else if (wanted) {
      add_to_trace(
          outcome_, now_s,
          fmt::format("{}: autoscaler stops {} of {} replicas", name, there - *wanted, there),
          scaler.station);
      stations.set_replicas(scaler.station, *wanted);
    }
    events_.push({now_s + scaler.period_s, index, kLook});
  }

  template <class Stations>
  void come_up(double now_s, std::uint32_t index, Stations& stations) {
    const StationId station = model_.autoscalers[index].station;
    scalers_[index].arrived();
    const std::size_t there = stations.replicas(station) + coming_[index];
    stations.set_replicas(station, there);
    add_to_trace(outcome_, now_s,
                 fmt::format("{}: {} replicas are up", model_.stations[station].name, there),
                 station);
  }

  const Model& model_;
  Outcome& outcome_;
  EventQueue events_;
  std::vector<AutoscalerState> scalers_;
  std::vector<std::size_t> coming_;  ///< by autoscaler: replicas that are starting
  std::vector<bool> may_grow_;       ///< by autoscaler
  std::vector<bool> was_refused_;    ///< by autoscaler: and that was told
  std::size_t next_change_ = 0;
};

}  // namespace outlast::engines::simulation
