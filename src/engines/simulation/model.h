#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

/// What both engines run: stations that work, calls between them, users who come, and what
/// changes on the way. Plain numbers; whoever makes a model says where they come from.
namespace outlast::engines::simulation {

using StationId = base::Id<struct StationTag>;
using CallId = base::Id<struct CallTag>;

inline constexpr std::size_t kUnbounded = std::numeric_limits<std::uint32_t>::max();
inline constexpr double kForever = std::numeric_limits<double>::infinity();

/// A random length of time by its mean and squared coefficient of variation: 0 fixed,
/// below 1 a sum of two exponential parts and a fixed one, 1 exponential, above 1
/// hyperexponential with balanced means.
struct Spread {
  double mean_s = 0;
  double cv2 = 1;
};

/// Who is served next.
enum class Discipline {
  fifo,
  lifo,
  /// First in, first out, but who waited longer than `interval_s` is dropped, and longer than
  /// `target_s` while the queue has not been empty for `interval_s` (after Nichols & Jacobson
  /// 2012; in this form Maurer 2015).
  controlled_delay
};

/// Something that works: replicas with servers, and who waits for them.
struct Station {
  std::string name;
  std::size_t replicas = 1;
  std::size_t servers = 1;  ///< of one replica: requests it works on at a time
  /// One queue for each replica, dealt at random; else one queue for all of them.
  bool queues_apart = false;
  Spread service;
  std::size_t queue_limit = kUnbounded;  ///< places to wait in one queue; who finds none is refused
  Discipline discipline = Discipline::fifo;
  double target_s = 0.02;      ///< of controlled delay
  double interval_s = 0.1;     ///< of controlled delay
  bool drops_expired = false;  ///< whose caller gave up is dropped when it would be served
  /// Requests in hand at once, from the start of their work to their answer, also while they wait
  /// for what they call: threads or concurrency. Of one replica.
  std::size_t slots = kUnbounded;
  double failing = 0;         ///< share of requests that are answered with an error at once
  std::vector<CallId> calls;  ///< made one after the other, once its own work is done
};

/// What a caller does when a call fails.
struct Retry {
  std::size_t most = 0;       ///< attempts beyond the first
  double backoff_s = 0;       ///< before the first retry; doubled for each further one
  double backoff_most_s = 0;  ///< at most; 0: never more than `backoff_s`
  bool jitter = false;        ///< uniform in (0, backoff) instead of backoff
  double budget = kForever;   ///< retries for each first attempt, counted over all calls
  double saved_s = 10;        ///< of its budget: what first attempts of so long bring, and no more
  friend bool operator==(const Retry&, const Retry&) = default;
};

/// Stops calling for a while when too many calls fail.
struct Breaker {
  double share = 2;  ///< of failures within `window_s` that opens it; above 1: there is none
  double window_s = 10;
  double open_s = 30;       ///< then one call is let through to try, and its fate closes or opens
  std::size_t fewest = 20;  ///< calls within the window below which it does not judge
  friend bool operator==(const Breaker&, const Breaker&) = default;
};

/// Answers that are kept: filled only by calls that succeeded.
struct Cache {
  double items = 0;  ///< 0: there is none
  double hits = 0;   ///< share of calls answered once it is full
  double full_at_start = 1;
};

/// How a cache stands in a run.
struct CacheState {
  explicit CacheState(const Cache& cache) : full(cache.full_at_start) {}

  double full;         ///< share of its places that is filled
  double room = 1;     ///< share of its places that is there
  double answers = 1;  ///< share of them that can be asked

  /// Share of calls that it answers.
  [[nodiscard]] double hits(const Cache& cache) const {
    return cache.items > 0 ? cache.hits * full * answers : 0;
  }
  /// What goes takes its answers along; what comes is empty.
  void make_room(double share) {
    full *= share < room ? share / room : 1;
    room = share;
  }
};

/// One station, or the users, asking another station.
struct Call {
  StationId to;
  double per_request = 1;  ///< calls for each request of the caller
  double part = 1;  ///< of these, that go this way: others go to stations that are a part too
  double timeout_s = kForever;
  Retry retry;
  Breaker breaker;
  Cache cache;
  std::size_t pool = kUnbounded;  ///< connections of each replica of the caller; of users: of all
  std::size_t pool_line = kUnbounded;  ///< calls that wait for one of them; further ones fail
  bool is_needed = true;               ///< a failure fails the caller's request
  bool waits = true;                   ///< false: handed over, and nobody waits for the answer
  double failing = 0;                  ///< share of attempts that fail at once and never get there
  /// Neighbours of one number other than 0 are alternatives: a request makes one of them, each
  /// with the probability `rate_of_kind`, none with what is left of 1. Who asks again is dealt anew.
  std::size_t choice = 0;  ///< all of one kind
  /// Calls of one caller with one number other than 0 have their pool, its line and their breaker
  /// together: they go to replicas of one thing that stand as stations of their own.
  std::size_t together = 0;
  /// Of the requests that make it, and of what it asks for: a request makes the calls of the kind of
  /// the call by which it came itself. Where all are alike, 0.
  std::size_t kind = 0;
  double among = 1;  ///< share of the caller's requests that are of that kind
  // Of a lumped model: it stands for several (`alike`).
  double copies = 1;   ///< of the caller's, to stations alike, one after the other
  double callers = 1;  ///< alike, that bring as much to the same station

  /// Calls for each request of the caller, of whichever kind.
  [[nodiscard]] double rate() const { return per_request * part; }
  /// Calls for each request that makes it.
  [[nodiscard]] double rate_of_kind() const { return rate() / among; }
};

/// A rate at a time; between two of them it runs straight, after the last it stays.
struct RatePoint {
  double at_s = 0;
  double per_s = 0;
};

/// Users who come: open loop, whatever becomes of those before them.
struct Source {
  std::string name;
  CallId call;
  std::vector<RatePoint> rate;
  double cv2 = 1;    ///< of the times between them; other than 1 only at a constant rate
  double alike = 1;  ///< sources of a lumped model that it stands for
};

/// What changes, by itself or because somebody acts.
enum class Quantity {
  speed,  ///< of the servers: 0.2 takes five times as long
  replicas,
  more_replicas,  ///< so many come, or go where negative: what an autoscaler did stays
  failing,        ///< share of requests answered with an error
  service_mean,   ///< seconds
  grow_most,      ///< replicas that its autoscaler can have at most; 0: it can start nothing
  cache_full,     ///< of the call `subject`: share that is filled
  cache_room,     ///< of the call: share of its cache that is there; what goes takes its answers
  cache_answers,  ///< of the call: share of its cache that can be asked; what cannot keeps them
  call_rate,      ///< of the call: calls for each request of the caller
  call_part,      ///< of the call: share of them that goes this way
  call_failing,   ///< of the call: share of its attempts that never get there
  may_route       ///< of the router `subject`; 0: what leads calls elsewhere does not work
};

/// Is a change's subject a call, and not a station?
[[nodiscard]] constexpr bool is_of_call(Quantity quantity) {
  return quantity == Quantity::cache_full || quantity == Quantity::cache_room ||
         quantity == Quantity::cache_answers || quantity == Quantity::call_rate ||
         quantity == Quantity::call_part || quantity == Quantity::call_failing;
}

/// Is a change's subject a station?
[[nodiscard]] constexpr bool is_of_station(Quantity quantity) {
  return !is_of_call(quantity) && quantity != Quantity::may_route;
}

/// A number of replicas with so many more, or fewer where negative.
[[nodiscard]] inline std::size_t more_or_less(std::size_t replicas, double change) {
  const double then = std::round(static_cast<double>(replicas) + change);
  return then > 0 ? static_cast<std::size_t>(then) : 0;
}

/// At a time, one number of the model becomes another.
struct Change {
  double at_s = 0;
  Quantity quantity = Quantity::speed;
  std::size_t subject = 0;  ///< index of the station, or of the call
  double value = 1;
  std::string cause;  ///< for the trace: "database promoted after 74 s"; empty: not told
};

/// How many replicas may come, or go, within a time.
struct Pace {
  struct Limit {
    double replicas = 0;
    double share = 0;  ///< of those there when the time began
    double within_s = 0;
  };
  std::vector<Limit> limits;
  bool is_free = true;       ///< no limit holds; else with no limits it never does
  bool takes_least = false;  ///< of what the limits let: else the most
};

/// Keeps a station at a level of use by starting and stopping replicas.
struct Autoscaler {
  StationId station;
  std::size_t fewest = 1;
  std::size_t most = 1;           ///< also what a quota allows
  double target = 0.6;            ///< busy share of the servers
  double period_s = 60;           ///< between two looks
  std::size_t looks_out = 1;      ///< over the target in a row before it grows
  std::size_t looks_in = 15;      ///< under it in a row before it shrinks
  double start_s = 120;           ///< from the decision to a useful replica: launch and warm-up
  double growth_most = kForever;  ///< of replicas in one decision, as a multiple of those there
  double rests_out_s = 0;         ///< after the number has changed, until it may grow
  double rests_in_s = 0;          ///< after it has changed, or was needed, until it may shrink
  Pace grows = {};
  Pace shrinks = {};
};

/// Leads calls among targets that stand in for each other, by how they fare: a balancer, a resolver,
/// what fails over. Who fails is left out; where all of them do, nothing is better than another.
struct Router {
  struct Target {
    std::string name;
    /// With the rate of each where all requests go to this target.
    std::vector<std::pair<CallId, double>> calls;
    double weight = 1;  ///< its part of the calls where several are dealt among
  };
  std::vector<Target> targets;  ///< at the start all calls go to the first, or all are dealt to
  bool leads_to_one = false;    ///< to the first that is well; else to all that are
  double detect_s = 0;          ///< one must fail, or be well again, for so long to be believed
  double takes_s = 0;           ///< from then until it acts
  double ttl_s = 0;             ///< kept addresses follow in a straight line
  double stale = 0;      ///< share of them that is kept for longer: those follow after it …
  double stale_s = 0;    ///< … in a straight line until so long after the turn
  double notices = 0.5;  ///< share of failing calls from which on a target fails
  bool sees_ways_only = false;  ///< whether calls get there, and not what becomes of them then
  StationId from;               ///< who calls, for the trace; absent: nobody in particular
  std::string by;               ///< what leads them, for the trace
};

/// Everything an engine needs to know.
struct Model {
  base::IdVector<StationId, Station> stations;
  base::IdVector<CallId, Call> calls;
  std::vector<Source> sources;
  std::vector<Change> changes;  ///< by time
  std::vector<Autoscaler> autoscalers;
  std::vector<Router> routers;
};

/// Can it be run at all?
/// errors  a name of nothing, a loop of calls, changes out of order, numbers without meaning
[[nodiscard]] base::Result<void> check_model(const Model& model);

/// Stations so that callers come before those they call.
/// assumes `check_model` holds
[[nodiscard]] std::vector<StationId> callers_first(const Model& model);

/// Calls of which a request makes one: alternatives together, every other call alone.
[[nodiscard]] std::vector<std::vector<CallId>> choices_of(const Model& model);

/// What stands between a caller and what it calls: its connections and its breaker.
struct Guarded {
  StationId from;  ///< absent: users
  std::vector<CallId> calls;

  /// Connections, or places in the line for them, of so many replicas of the caller.
  [[nodiscard]] static std::size_t of_replicas(std::size_t each, std::size_t replicas) {
    return each == kUnbounded ? each : each * (replicas > 0 ? replicas : 1);
  }
};

/// Kinds of requests that are told apart: 1 where all are alike.
[[nodiscard]] std::size_t kinds_in(const Model& model);

/// Calls by what guards them: those that are made together, every other call alone.
[[nodiscard]] std::vector<Guarded> guarded_calls(const Model& model);

/// The rate of a source at a time.
[[nodiscard]] double rate_at(const std::vector<RatePoint>& points, double at_s);

}  // namespace outlast::engines::simulation
