#pragma once

#include <array>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "engines/simulation/again_bins.h"
#include "engines/simulation/age_queue.h"
#include "engines/simulation/answers.h"
#include "engines/simulation/conductor.h"
#include "engines/simulation/controllers.h"
#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"
#include "engines/simulation/stationary.h"

/// Private to the flow engine: the state of a run. flow_engine.cc has the clock, flow_steps.cc
/// how far it goes, flow_station.cc one station's step, flow_calls.cc callers, flow_prospect.cc what
/// they can expect, flow_rest.cc the times in which nothing happens.
namespace outlast::engines::simulation {

/// What a call meets at a station at this moment.
struct Prospect {
  double sojourn_s = 0;  ///< until its own work is done, and it holds nothing any more
  Answers answers;       ///< of what it calls
  double answer_s = 0;   ///< their mean, as far as it is not in the sojourn
  double good = 1;       ///< share of them that succeeds
  double refused = 0;    ///< share that finds no place, or an error
  // Of the waiting at rest, about which a single request varies:
  double waits = 0;
  double mean_wait_s = 0;
  double service_s = 0;
  bool is_fixed = false;
  double holds_s = 0;  ///< of the sojourn: held while what it calls answers
  friend bool operator==(const Prospect&, const Prospect&) = default;
};

/// What becomes of those who arrive there and are not refused.
struct Fate {
  double late = 1;        ///< share that is not answered before patience ends
  double good = 0;        ///< share of the others whose answer is good
  double answered_s = 0;  ///< mean time until a good answer, of users
  double failed_s = 0;    ///< mean time until a bad one
};

/// What a station did: masses, and masses × time.
struct StationSums {
  double arrived = 0, refused = 0, done = 0, wasted = 0;
  double waiting = 0, busy = 0, present = 0;
  void add(const StationSums& more, double times = 1) {
    arrived += times * more.arrived;
    refused += times * more.refused;
    done += times * more.done;
    wasted += times * more.wasted;
    waiting += times * more.waiting;
    busy += times * more.busy;
    present += times * more.present;
  }
};

/// What must not change while a station is said to rest.
struct Level {
  double arriving_per_s = 0;
  double mass = 0;
  double sojourn_s = 0;
  double good = 0;
  double refused = 0;
  double done_per_s = 0;
  double wasted_per_s = 0;
};

struct FlowStation {
  Station now;
  double speed = 1;
  std::shared_ptr<const RestMap> map;
  AtRest state;
  AgeQueue queue;
  Prospect prospect;
  std::uint64_t foreseen = 1;  ///< how often the prospect has become another
  double arrival_cv2 = 1;     ///< of who comes straight from users; who comes by others, as Poisson
  double held_s = 0;          ///< server time of one request: service, or until its slot is free
  double arriving_per_s = 0;  ///< smoothed over its relaxation
  double filled_s = 0;        ///< since when there has been a queue
  bool is_dropping = false;
  bool is_near_limit = false;        ///< of the age at which it drops
  std::vector<std::size_t> callers;  ///< calls that come here
  CallId passes_to;                  ///< of a pool: whose answer its connections wait for
  double use_area = 0;               ///< busy share × time, for autoscalers
  double use_since_s = 0;
  std::size_t near = 0;   ///< where in the map it was found last
  StationSums step;       ///< of the step under way
  StationSums series;     ///< of the series' step
  StationSums total;      ///< of the run, by series' steps
  double came_per_s = 0;  ///< in the step before
  Level since;            ///< when it began to rest, should it do so
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

/// When an attempt fails: in the step in which it is made, at once or later than that but surely; or
/// in a later step.
enum class Failure { at_once, foreseen, later };
inline constexpr std::size_t kFailures = 3;

/// Who fails and will ask again.
struct Failing {
  double mass = 0;
  double after_s = 0;  ///< times the mass: from the step under way to the failure
};

/// The first attempts of a call, or its second, …: what becomes of them within a step.
struct Attempts {
  double backoff_s = 0;  ///< until the next, without jitter
  double asked = 0;      ///< with those that never get there
  double incoming = 0;   ///< what does
  std::array<Failing, kFailures> failing = {};
  /// In the step before: for each that was asked, of later failures in a second; mean times.
  std::array<Failing, kFailures> known = {};
  /// Made before the failure that brings them about, because it falls into the same step.
  double ahead = 0;
};

/// How often a call was made, since the run began.
struct Asked {
  double firsts = 0;
  double retries = 0;
};

/// The last answer of `fate_of`, which is often asked the same.
struct KnownFate {
  double sojourn_s = -1;
  std::uint64_t foreseen = 0;
  Fate fate;
};

/// What a budget lets those do who failed at one attempt.
struct Granted {
  double failed = 0;
  double again = 0;  ///< of them
  double share = 1;  ///< in the step before
};

/// Calls of which a request makes one, and who will make one of them again.
struct FlowChoice {
  FlowChoice(std::vector<CallId> alternatives, const Retry& retry, double bin_s)
      : calls(std::move(alternatives)), again(retry.most + 1, bin_s), granted(retry.most + 1) {}

  std::vector<CallId> calls;
  AgainBins again;
  std::vector<Granted> granted;  ///< by attempt
  Asked asked;
  Asked asked_before;   ///< when the step began
  double succeeds = 1;  ///< share of those made now that get an answer, all attempts counted
  Answers answers;      ///< of these, good or bad
};

struct FlowCall {
  explicit FlowCall(const Call& call)
      : now(call),
        breaker(call.breaker),
        attempts(call.retry.most + 1),
        cache_full(call.cache.full_at_start) {
    const double most_s =
        call.retry.backoff_most_s > 0 ? call.retry.backoff_most_s : call.retry.backoff_s;
    double backoff_s = call.retry.backoff_s;
    for (Attempts& each : attempts) {
      each.backoff_s = std::min(backoff_s, most_s);
      backoff_s *= 2;
    }
  }

  Call now;
  std::size_t choice = 0;  ///< that it belongs to
  BreakerState breaker;
  Ring<Crowd> patience;
  std::vector<Attempts> attempts;
  double cache_full;
  // Of one attempt made now:
  Answers good_answers;
  double attempt_good = 1;
  double attempt_fails = 0;     ///< share that may be made again
  double fails_after_s = 0;     ///< mean time from it to its failure
  double cache_full_since = 1;  ///< when it began to rest, should it do so
  KnownFate known;
  std::size_t source = kUnbounded;
  CallFate fate = {};       ///< since `Routing` last asked
  CallFate step_fate = {};  ///< in the last step
};

struct FlowUsers {
  double offered = 0, served = 0, failed = 0, latency = 0;
  void add(const FlowUsers& more, double times = 1) {
    offered += times * more.offered;
    served += times * more.served;
    failed += times * more.failed;
    latency += times * more.latency;
  }
};

/// What users will be told: that they are served, after how long (times their mass), that nothing
/// came of it.
enum class Told { served, waited, failed };
inline constexpr std::size_t kTold = 3;

struct FlowSource {
  explicit FlowSource(double bin_s) : told(kTold, bin_s) {}

  /// What is known by now and told later, by when.
  AgainBins told;
  std::size_t next = 0;  ///< first of its rates that lies ahead
  FlowUsers step;        ///< of the step under way
  FlowUsers series;      ///< of the series' step
  FlowUsers since;       ///< a second of it, when it began to rest, should it do so
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
  void add_calls();
  void act();
  [[nodiscard]] double next_step_s(double at_most_s) const;
  [[nodiscard]] double longest_by_rates() const;
  [[nodiscard]] double next_event_s() const;
  void advance(double to_s);
  void begin_step(double to_s);
  [[nodiscard]] double foresee_all();
  void choose_step(double change);
  void pass_points(std::size_t source);
  void users_come();
  void end_series_step();
  void check_conservation() const;
  // Rest.
  [[nodiscard]] bool is_level() const;
  [[nodiscard]] bool is_flat(std::size_t source) const;
  [[nodiscard]] Level level_of(const FlowStation& station) const;
  [[nodiscard]] FlowUsers a_second_of(const FlowSource& source) const;
  [[nodiscard]] double memory_s() const;
  void look_for_rest();
  void rest(double to_s);
  void wake();
  // A station's step.
  void run_station(std::size_t index);
  [[nodiscard]] double gather(std::size_t index, double& failing);
  void drop_old(FlowStation& station);
  void admit(std::size_t index, double refused_share, double admitted);
  void leave(std::size_t index, const Part& part, double mass);
  void call_on(const FlowStation& station, double mass);
  void meter(FlowStation& station, double out);
  void reshape(FlowStation& station);
  // Callers.
  void ask(std::size_t call, std::size_t attempt, double mass);
  void deal_again(std::size_t choice, std::size_t attempt, double mass);
  void bring_forward(std::size_t choice);
  [[nodiscard]] double more_ahead(FlowCall& call, std::size_t attempt) const;
  [[nodiscard]] int pieces_of(const FlowCall& call, double backoff_s) const;
  [[nodiscard]] double due_within(const FlowCall& call, std::size_t attempt, double after_s) const;
  void ask_later(FlowCall& call, std::size_t attempt, double mass, double after_s);
  void end_attempts();
  void fail(std::size_t call, std::size_t attempt, double mass, Failure how, double after_s = 0);
  void give_up(std::size_t call, double mass, double after_s = 0);
  void tell_users(std::size_t source, Told what, double mass, double after_s);
  void tell_what_is_due();
  void succeed(std::size_t call, std::size_t attempt, double mass, const Fate& fate, Failure how,
               double took_s);
  void end_patience(std::size_t call);
  [[nodiscard]] const Fate& fate_of(FlowCall& call, double sojourn_s);
  void foresee(std::size_t index);
  void foresee_wait(const FlowStation& station, Prospect& next) const;
  [[nodiscard]] Answers foresee_answers(const Station& station);
  [[nodiscard]] double held_by_pool(const FlowStation& pool) const;
  void foresee_attempt(FlowCall& call);
  void foresee_choice(FlowChoice& choice);
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
  std::size_t shown_ = 0;     ///< stations that are told of: those before the pools
  double now_s_ = 0;          ///< end of the step under way
  double length_s_ = 0;       ///< of the step under way
  double fine_s_ = 0.1;       ///< step while anything moves
  double step_s_ = 0.1;       ///< next step, if nothing ends it
  double waves_until_s_ = 0;  ///< steps are small
  double still_since_s_ = 0;  ///< nothing has changed since then
  double rests_until_s_ = 0;  ///< unless the conductor changes something
  double at_rest_s_ = 0;      ///< of the time up to now: rested, and not yet told to what waits
  bool has_changed_ = false;  ///< the conductor has done something
  double users_per_s_ = 0;    ///< that come
  std::vector<FlowStation> stations_;
  std::vector<FlowCall> calls_;
  std::vector<FlowChoice> choices_;
  std::vector<FlowSource> sources_;
  std::vector<StationId> order_;
  Outcome outcome_;
  Conductor conductor_;
  std::map<std::tuple<std::size_t, std::size_t, double>, std::shared_ptr<const RestMap>> maps_;
};

}  // namespace outlast::engines::simulation
