#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "engines/simulation/controllers.h"
#include "engines/simulation/event_queue.h"
#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"
#include "engines/simulation/routing.h"

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
      calls[what.subject].cache.full = what.value;
      break;
    case Quantity::cache_room:
      calls[what.subject].cache.make_room(what.value);
      break;
    case Quantity::cache_answers:
      calls[what.subject].cache.answers = what.value;
      break;
    case Quantity::call_rate:
      calls[what.subject].now.per_request = what.value;
      break;
    case Quantity::call_part:
      calls[what.subject].now.part = what.value;
      break;
    case Quantity::call_failing:
      calls[what.subject].now.failing = what.value;
      break;
    case Quantity::grow_most:
    case Quantity::may_route:
      break;  // the conductor's own
  }
}

/// Carries out what happens at a time, whoever runs the stations: changes of the model, looks of
/// autoscalers, replicas that come up, calls that are led elsewhere. One code for both engines, so
/// that they cannot differ.
///
/// Stations has apply(change), replicas(station), set_replicas(station, n),
/// use_since_last(station, now), and what `Routing` asks for.
class Conductor {
 public:
  Conductor(const Model& model, Outcome& outcome)
      : model_(model), outcome_(outcome), routing_(model, outcome) {
    for (std::size_t i = 0; i < model.autoscalers.size(); ++i) {
      scalers_.emplace_back(model.autoscalers[i]);
      events_.push({model.autoscalers[i].period_s, static_cast<std::uint32_t>(i), kLook});
    }
  }

  /// When something happens next; infinite: nothing will.
  [[nodiscard]] double next_s() const {
    const double change_s =
        next_change_ < model_.changes.size() ? model_.changes[next_change_].at_s : kForever;
    const double event_s = events_.empty() ? kForever : events_.next().at_s;
    return std::min({change_s, event_s, routing_.next_s()});
  }

  /// Does all that is due; did anything change?
  template <class Stations>
  bool act(double now_s, Stations& stations) {
    bool has_changed = false;
    if (next_change_ < model_.changes.size() && model_.changes[next_change_].at_s <= now_s) {
      routing_.look_before(now_s, stations);
    }
    for (; next_change_ < model_.changes.size() && model_.changes[next_change_].at_s <= now_s;
         ++next_change_) {
      change(now_s, model_.changes[next_change_], stations);
      has_changed = true;
    }
    while (!events_.empty() && events_.next().at_s <= now_s) {
      const Event event = events_.next();
      events_.pop();
      if (event.kind == kLook) {
        has_changed |= look(now_s, event.subject, stations);
      } else {
        come_up(now_s, event.subject, stations);
        has_changed = true;
      }
    }
    has_changed |= routing_.act(now_s, stations);
    return has_changed;
  }

 private:
  static constexpr std::uint32_t kLook = 0;
  static constexpr std::uint32_t kComeUp = 1;

  struct Scaler {
    explicit Scaler(const Autoscaler& scaler) : state(scaler) {}

    AutoscalerState state;
    std::size_t starting = 0;         ///< replicas that were asked for and have not come
    std::deque<std::size_t> batches;  ///< of them, in the order in which they come
    double most = kForever;           ///< that can be had
    bool was_refused = false;         ///< and that was told
  };

  template <class Stations>
  void change(double now_s, const Change& what, Stations& stations) {
    if (what.quantity == Quantity::grow_most) {
      let_grow(StationId(what.subject), what.value);
    } else if (what.quantity == Quantity::may_route) {
      routing_.let_act(now_s, what.subject, what.value > 0);
    } else {
      stations.apply(what);
    }
    if (!what.cause.empty()) {
      add_to_trace(outcome_, now_s, what.cause,
                   is_of_station(what.quantity) ? StationId(what.subject) : StationId());
    }
  }

  void let_grow(StationId station, double most) {
    for (std::size_t i = 0; i < model_.autoscalers.size(); ++i) {
      if (model_.autoscalers[i].station == station) {
        scalers_[i].most = most;
        scalers_[i].was_refused = false;
      }
    }
  }

  template <class Stations>
  bool look(double now_s, std::uint32_t index, Stations& stations) {
    const Autoscaler& scaler = model_.autoscalers[index];
    Scaler& own = scalers_[index];
    const std::string& name = model_.stations[scaler.station].name;
    const std::size_t there = stations.replicas(scaler.station);
    const std::size_t all = there + own.starting;
    events_.push({now_s + scaler.period_s, index, kLook});
    const auto wanted =
        own.state.look(now_s, stations.use_since_last(scaler.station, now_s), there, own.starting);
    if (!wanted || *wanted == all) {
      return false;
    }
    if (*wanted < all) {
      add_to_trace(outcome_, now_s,
                   fmt::format("{}: autoscaler stops {} of {} replicas", name, all - *wanted, all),
                   scaler.station);
      stations.set_replicas(scaler.station, *wanted);
      return true;
    }
    const std::size_t had = static_cast<double>(*wanted) <= own.most
                                ? *wanted
                                : std::max(all, static_cast<std::size_t>(own.most));
    if (had == *wanted || !own.was_refused) {
      tell_asked(now_s, index, *wanted, there, had);
    }
    own.was_refused = had < *wanted;
    if (had > all) {
      own.starting += had - all;
      own.batches.push_back(had - all);
      events_.push({now_s + scaler.start_s, index, kComeUp});
    }
    return false;
  }

  /// in  had  what there will be once all have come
  void tell_asked(double now_s, std::uint32_t index, std::size_t wanted, std::size_t there,
                  std::size_t had) {
    const StationId station = model_.autoscalers[index].station;
    const std::size_t starting = scalers_[index].starting;
    const std::size_t all = there + starting;
    const std::string gets =
        had < wanted
            ? fmt::format(" and gets {}", had > all ? fmt::format("{}", had - all) : "none")
        : starting > 0 ? fmt::format(", has {} and {} starting", there, starting)
                       : fmt::format(", has {}", there);
    add_to_trace(outcome_, now_s,
                 fmt::format("{}: autoscaler asks for {} replicas{}", model_.stations[station].name,
                             wanted, gets),
                 station);
  }

  template <class Stations>
  void come_up(double now_s, std::uint32_t index, Stations& stations) {
    const StationId station = model_.autoscalers[index].station;
    Scaler& own = scalers_[index];
    own.state.arrived(now_s);
    const std::size_t there = stations.replicas(station) + own.batches.front();
    own.starting -= own.batches.front();
    own.batches.pop_front();
    stations.set_replicas(station, there);
    add_to_trace(outcome_, now_s,
                 fmt::format("{}: {} replicas are up", model_.stations[station].name, there),
                 station);
  }

  const Model& model_;
  Outcome& outcome_;
  EventQueue events_;
  std::vector<Scaler> scalers_;  ///< by autoscaler
  Routing routing_;
  std::size_t next_change_ = 0;
};

}  // namespace outlast::engines::simulation
