#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "engines/simulation/age_queue.h"
#include "engines/simulation/conductor.h"
#include "engines/simulation/controllers.h"
#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"
#include "engines/simulation/stationary.h"

/// Private to the flow engine: the state of a run. flow_engine.cc has the clock, flow_station.cc
/// one station's step, flow_calls.cc callers and what they can expect.
namespace outlast::engines::simulation {

/// What a call meets at a station at this moment.
struct Prospect {
  double sojourn_s = 0;  ///< until its own work is done
  double answer_s = 0;   ///< further, until what it calls has answered
  double good = 1;       ///< share of what it calls that succeeds
  double refused = 0;    ///< share that finds no place, or an error
  // Of the waiting at rest, about which a single request varies:
  double waits = 0;
  double mean_wait_s = 0;
  double service_s = 0;
  bool is_fixed = false;
};

struct FlowStation {
  Station now;
  double speed = 1;
  std::shared_ptr<const RestMap> map;
  AtRest state;
  AgeQueue queue;
  Prospect prospect;
  double arrival_cv2 = 1;     ///< of who comes straight from users; who comes by others, as Poisson
  double held_s = 0;          ///< server time of one request: service, or until its slot is free
  double arriving_per_s = 0;  ///< smoothed over its relaxation
  double filled_s = 0;        ///< since when there has been a queue
  bool is_dropping = false;
  std::vector<std::size_t> callers;  ///< calls that come here
  CallId passes_to;                  ///< of a pool: whose answer its connections wait for
  double use_area = 0;               ///< busy share × time, for autoscalers
  double use_since_s = 0;
  // Sums of the series' step.
  double arrived = 0, refused = 0, done = 0, wasted = 0, waiting = 0, busy = 0, present = 0;
};

/// Callers whose patience ends at a time.
struct Crowd {
  double until_s = 0;
  double arrived_s = 0;
  double first = 0;   ///< where in the station's line their step begins
  double length = 0;  ///< of their step in that line
  double mass = 0;
  std::uint16_t attempt = 0;
};

struct FlowCall {
  Call now;
  BreakerState breaker;
  Ring<Crowd> patience;
  std::vector<double> incoming;  ///< by attempt: what is asked within this step
  double cache_full = 1;
  double firsts = 0;
  double retries = 0;
  double succeeds = 1;    ///< share of calls made now that get an answer, all attempts counted
  double response_s = 0;  ///< mean time to it, or to giving up
  double attempt_good = 1;
  std::size_t source = kUnbounded;
  CallFate fate = {};  ///< since `Routing` last asked
};

/// An attempt that will be made again.
struct Again {
  double due_s = 0;
  double mass = 0;
  std::uint32_t call = 0;
  std::uint16_t attempt = 0;
  bool operator>(const Again& other) const { return due_s > other.due_s; }
};

struct FlowUsers {
  double offered = 0, served = 0, failed = 0, latency = 0;
};

class FlowRun {
 public:
  FlowRun(const Model& model, const RunOptions& options);
  Outcome run();

  // What the conductor does to stations.
  void apply(const Change& what);
  [[nodiscard]] double use_since_last(StationId id, double now_s);
  [[nodiscard]] std::size_t replicas(StationId id) const {
    return stations_[id.index].now.replicas;
  }
  void set_replicas(StationId id, std::size_t replicas);
  [[nodiscard]] CallFate fate_since_last(CallId id) {
    return std::exchange(calls_[id.index].fate, CallFate{});
  }
  [[nodiscard]] double outlook(CallId id) const {
    return calls_[id.index].breaker.is_open() ? 0 : calls_[id.index].attempt_good;
  }
  [[nodiscard]] double lost_on_the_way(CallId id) const { return calls_[id.index].now.failing; }
  [[nodiscard]] static double enough() { return 0; }

 private:
  // The clock.
  void add_pools();
  [[nodiscard]] double next_step_s() const;
  [[nodiscard]] double longest_by_rates() const;
  void advance(double to_s);
  [[nodiscard]] bool has_many_retries() const;
  void users_come();
  void end_series_step();
  // A station's step.
  void run_station(std::size_t index);
  [[nodiscard]] double gather(std::size_t index, double& failing);
  void drop_old(FlowStation& station);
  void admit(std::size_t index, double refused_share, double admitted);
  void leave(std::size_t index, const Part& part, double mass);
  void call_on(const FlowStation& station, double mass);
  void reshape(FlowStation& station);
  // Callers.
  void ask(std::size_t call, std::size_t attempt, double mass);
  void fail(std::size_t call, std::size_t attempt, double mass, double at_s);
  void give_up(std::size_t call, double mass);
  void succeed(std::size_t call, std::size_t attempt, double mass, double took_s, double at_s);
  void end_patience(std::size_t call);
  [[nodiscard]] double late_share(const FlowCall& call, double sojourn_s) const;
  void foresee(std::size_t index);
  void foresee_call(FlowCall& call);
  void try_breaker(std::size_t call);
  void record(std::size_t call, double good, double bad);

  [[nodiscard]] FlowStation& station_of(const FlowCall& call) {
    return stations_[call.now.to.index];
  }
  [[nodiscard]] const FlowStation& station_of(const FlowCall& call) const {
    return stations_[call.now.to.index];
  }

  Model model_;  ///< with a station for each pool
  RunOptions options_;
  std::size_t shown_ = 0;  ///< stations that are told of: those before the pools
  double now_s_ = 0;       ///< end of the step under way
  double length_s_ = 0;    ///< of the step under way
  double fine_s_ = 0.1;    ///< step while anything moves
  double step_s_ = 0.1;    ///< next step, if nothing ends it
  bool is_moving_ = true;
  std::vector<FlowStation> stations_;
  std::vector<FlowCall> calls_;
  std::vector<FlowUsers> users_;
  std::vector<StationId> order_;
  std::vector<Again> again_;  ///< heap by due time
  Outcome outcome_;
  Conductor conductor_;
  std::map<std::tuple<std::size_t, std::size_t, double>, std::shared_ptr<const RestMap>> maps_;
};

}  // namespace outlast::engines::simulation
