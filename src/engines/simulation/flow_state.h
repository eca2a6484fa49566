#pragma once

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "engines/simulation/again_bins.h"
#include "engines/simulation/age_queue.h"
#include "engines/simulation/answers.h"
#include "engines/simulation/controllers.h"
#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"
#include "engines/simulation/retry_budget.h"
#include "engines/simulation/routing.h"
#include "engines/simulation/stationary.h"

/// Private to the flow engine: what a run knows of its stations, calls and users.
namespace outlast::engines::simulation {

/// What a call meets at a station at this moment.
struct Prospect {
  double sojourn_s = 0;  ///< until its own work is done, and it holds nothing any more
  Answers answers;       ///< of what it calls, to requests of all kinds
  double answer_s = 0;   ///< their mean, as far as it is not in the sojourn
  double good = 1;       ///< share of them that succeeds
  double refused = 0;    ///< share that finds no place, or an error
  RestWait wait;         ///< at rest, about which a single request varies
  double service_s = 0;
  bool is_fixed = false;
  double holds_s = 0;     ///< of the sojourn: held while what it calls answers
  double at_rest_s = 0;   ///< mean sojourn at rest
  double scatter_s2 = 0;  ///< variance of wait and service there
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

/// Moments to which later ones are held: since when nothing has changed, and when the beat began to
/// which all moves.
enum class Mark { still, beat };
template <class T>
struct Marked {
  std::array<T, 2> at = {};
  [[nodiscard]] T& operator[](Mark mark) { return at[static_cast<std::size_t>(mark)]; }
  [[nodiscard]] const T& operator[](Mark mark) const { return at[static_cast<std::size_t>(mark)]; }
};

/// What happens in a beat, the one under way and the last whole one.
template <class T>
struct Beat {
  T now = {};
  T last = {};
  void end() { last = std::exchange(now, T{}); }
};

/// How all moves, where it is what it was every so many steps.
struct Rhythm {
  bool is_marked = false;  ///< it is known how all was when the beat under way began
  std::size_t steps = 0;   ///< of the beat under way
  double length_s = 0;     ///< of them
  std::size_t of = 0;      ///< steps of a beat; 0: none has been found
  double since_s = 0;
};

/// A station within a step of the series.
struct Ended {
  StationSums sums;
  double replicas = 0;
};

/// Requests of one kind at a station.
struct FlowKind {
  Answers answers;  ///< of what they call
  double came = 0;  ///< in the step under way
  double done = 0;  ///< in the step under way
};

struct FlowStation {
  Station now;
  double speed = 1;
  std::shared_ptr<const RestMap> map;
  AtRest state;
  AgeQueue queue;
  Prospect prospect;
  std::vector<FlowKind> kinds;  ///< of requests; none where all are alike
  std::uint64_t foreseen = 1;   ///< how often the prospect has become another
  double arrival_cv2 = 1;     ///< of who comes straight from users; who comes by others, as Poisson
  double held_s = 0;          ///< server time of one request: service, or until its slot is free
  double arriving_per_s = 0;  ///< smoothed over its relaxation
  double filled_s = 0;        ///< since when there has been a queue
  bool is_dropping = false;
  bool is_near_limit = false;        ///< of the age at which it drops
  std::vector<std::size_t> callers;  ///< calls that come here
  bool is_pool = false;              ///< its servers are connections
  double use_area = 0;               ///< busy share × time, for autoscalers
  double use_since_s = 0;
  std::size_t near = 0;      ///< where in the map it was found last
  StationSums step;          ///< of the step under way
  StationSums series;        ///< of the series' step
  StationSums total;         ///< of the run, by series' steps
  std::vector<Ended> ended;  ///< steps of the series that are not in the tracks yet
  double came_per_s = 0;     ///< in the step before
  Marked<Level> since;
  Beat<StationSums> beat;
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
  /// Of this step, that failed at once and will ask again.
  double again_at_once = 0;
  /// Made before the failure that brings them about, because it falls into the same step.
  double ahead = 0;
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
      : calls(std::move(alternatives)),
        again(retry.most + 1, bin_s),
        granted(retry.most + 1),
        budget(retry) {}

  std::vector<CallId> calls;
  AgainBins again;
  std::vector<Granted> granted;  ///< by attempt
  RetryBudget budget;
  Marked<double> saved_since;      ///< of it
  CallTracks::Sums missed;         ///< of the step under way, where they are not needed
  CallTracks::Sums missed_series;  ///< of the series' step
  Beat<CallTracks::Sums> beat;     ///< of those missed
  double succeeds = 1;  ///< share of those made now that get an answer, all attempts counted
  Answers answers;      ///< of these, good or bad
};

/// The connections and the breaker of calls.
struct FlowGuard {
  FlowGuard(Guarded of, const Breaker& how) : guarded(std::move(of)), breaker(how) {}

  Guarded guarded;
  BreakerState breaker;
  StationId pool;  ///< absent: there are enough connections
};

struct FlowCall {
  explicit FlowCall(const Call& call)
      : now(call), attempts(call.retry.most + 1), cache(call.cache) {
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
  std::size_t guard = 0;   ///< that it goes by
  CallId onward;           ///< where it goes by a pool: from there
  double passed = 0;       ///< of it, by its pool in the step under way
  Ring<Crowd> patience;
  std::vector<Attempts> attempts;
  CacheState cache;
  // Of one attempt made now:
  Answers good_answers;
  double attempt_good = 1;
  double attempt_fails = 0;  ///< share that may be made again
  double fails_after_s = 0;  ///< mean time from it to its failure
  Marked<double> cache_full_since;
  KnownFate known;
  std::size_t source = kUnbounded;
  CallFate fate = {};       ///< since `Routing` last asked
  CallFate step_fate = {};  ///< in the last step
  Beat<CallFate> beat;
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
  std::size_t next = 0;     ///< first of its rates that lies ahead
  FlowUsers step;           ///< of the step under way
  FlowUsers series;         ///< of the series' step
  Marked<FlowUsers> since;  ///< a second of it
  Beat<FlowUsers> beat;
};

}  // namespace outlast::engines::simulation
