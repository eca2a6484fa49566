#pragma once

#include <utility>
#include <vector>

#include "engines/simulation/arrivals.h"
#include "engines/simulation/conductor.h"
#include "engines/simulation/controllers.h"
#include "engines/simulation/draws.h"
#include "engines/simulation/event_queue.h"
#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"
#include "engines/simulation/retry_budget.h"
#include "engines/simulation/station_meter.h"
#include "engines/simulation/visits.h"

/// Private to the request engine: the state of a run. What it does stands in three files:
/// request_engine.cc the loop and what changes, request_station.cc work and queues,
/// request_calls.cc callers and called.
namespace outlast::engines::simulation {

enum class EventKind : std::uint32_t { arrival, work_done, timeout, retry, conduct, step };

/// One queue and its servers.
struct Lane {
  Ring<VisitIndex> queue;
  std::size_t busy = 0;
  std::size_t in_hand = 0;
  double filled_s = 0;  ///< since when the queue has not been empty
};

struct StationState {
  Station now;  ///< with what has changed
  double speed = 1;
  std::vector<Lane> lanes;
  StationMeter meter;
  Draws draws;

  [[nodiscard]] std::size_t replicas_of_lane() const { return now.queues_apart ? 1 : now.replicas; }
  [[nodiscard]] bool has_room(const Lane& lane) const {
    const std::size_t replicas = replicas_of_lane();
    return lane.busy < replicas * now.servers &&
           (now.slots == kUnbounded || lane.in_hand < replicas * now.slots);
  }
};

struct Patience {
  double until_s = 0;
  VisitIndex visit = 0;
  std::uint32_t generation = 0;
};

struct CallState {
  Call now;
  Ring<Patience> patience;
  bool has_timeout_event = false;
  CacheState cache{{}};
  std::size_t choice = 0;  ///< that it belongs to
  std::size_t guard = 0;   ///< that it goes by
  CallFate fate;           ///< since `Routing` last asked
  Draws draws;
};

/// The connections and the breaker of calls.
struct GuardState {
  Guarded guarded;
  BreakerState breaker;
  std::size_t connections = kUnbounded;
  std::size_t places = kUnbounded;  ///< in the line for them
  std::size_t in_use = 0;
  Ring<VisitIndex> line;  ///< who waits for a connection
};

/// Calls of which a request makes one.
struct ChoiceState {
  std::vector<CallId> calls;
  RetryBudget budget;
  CallTracks::Sums missed;  ///< of this step of the series, where they are not needed
};

struct SourceState {
  ArrivalClock clock;
  double offered = 0;
  double served = 0;
  double failed = 0;
  double latency_s = 0;
};

/// One run of the request engine.
class RequestRun {
 public:
  RequestRun(const Model& model, const RunOptions& options);
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
  [[nodiscard]] double outlook(CallId id) const;
  [[nodiscard]] double lost_on_the_way(CallId id) const { return calls_[id.index].now.failing; }
  [[nodiscard]] static double enough() { return 10; }

 private:
  void push(double at_s, EventKind kind, std::size_t subject) {
    events_.push({at_s, static_cast<std::uint32_t>(subject), static_cast<std::uint32_t>(kind)});
  }
  void handle(const Event& event);
  // At a station.
  void arrive(VisitIndex v);
  void begin_next(StationState& station, Lane& lane);
  [[nodiscard]] bool is_dropped(const StationState& station, const Lane& lane, VisitIndex v) const;
  void begin(StationState& station, Lane& lane, VisitIndex v);
  void end_work(VisitIndex v);
  void go_on(VisitIndex v);
  void count_calls(VisitIndex v, const std::vector<CallId>& edges);
  [[nodiscard]] bool is_last_alternative(std::size_t at, const std::vector<CallId>& edges) const;
  void finish(VisitIndex v, bool is_good);
  // Between caller and called.
  void ask(std::uint32_t call, VisitIndex parent, double born_s, std::uint8_t attempt);
  void ask_again(std::uint32_t call, VisitIndex parent, double born_s, std::uint8_t attempt);
  bool is_cached(CallState& call);
  void answer(VisitIndex v, bool is_good);
  void end_patience(std::uint32_t call);
  void give_up(VisitIndex v);
  void schedule_next_timeout(std::uint32_t call);
  void release_connection(VisitIndex v);
  void hand_out(GuardState& guard);
  void size_guard(GuardState& guard);
  void record(std::uint32_t call, bool is_good);
  void failed_attempt(std::uint32_t call, VisitIndex parent, double born_s, std::uint8_t attempt);
  [[nodiscard]] double outlook_of(StationId id, std::size_t kind, std::vector<double>& known) const;
  [[nodiscard]] double outlook_of(CallId id, std::vector<double>& known) const;
  void tell_caller(std::uint32_t call, VisitIndex parent, double born_s, bool is_good);
  // The rest.
  void user_comes(std::uint32_t source);
  void schedule_conductor();
  void end_step();

  const Model& model_;
  const RunOptions& options_;
  double now_s_ = 0;
  EventQueue events_;
  Visits visits_;
  std::vector<StationState> stations_;
  std::vector<CallState> calls_;
  std::vector<ChoiceState> choices_;
  std::vector<GuardState> guards_;
  std::vector<SourceState> sources_;
  std::vector<std::uint32_t> source_of_call_;
  Outcome outcome_;
  Conductor conductor_;
};

}  // namespace outlast::engines::simulation
