// Where a service tips over into a state that it does not leave.
//
// Problem. Retries keep a full part full after what filled it is gone (Bronson et al. 2021; Huang et
// al. 2022, from memory). Which surges, how large and how long, do that here?
//
// Method. For each size of surge the shortest length after which users are not served again, by
// bisection over lengths. Each trial is watched for at least ten times as long as the backlog takes
// to drain at the spare capacity, so that a slow recovery is not taken for none. Beside it stands
// the condition that makes all of this impossible: that every part has room for the users even if
// each call is made as often as it may be.
//
// It ends: sizes and steps of the bisection are fixed. Limit: that longer surges are no better than
// shorter ones is taken to hold between the trials.

#include "clock/frontier.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "clock/carried.h"
#include "clock/load_model.h"
#include "clock/tipping.h"
#include "engines/simulation/flow_engine.h"

namespace outlast::clock {

namespace simulation = engines::simulation;
using findings::Frontier;
using findings::FrontierPoint;
using simulation::CallId;
using simulation::StationId;

namespace {

constexpr double kSizes[] = {1.5, 2, 3, 5, 10, 30, 100};
constexpr double kShortest_s = 1;
constexpr double kLongest_s = 3600;
constexpr double kBegins_s = 60;
/// Served again where no more than this share of the requests is lost.
constexpr double kServed = 0.99;
constexpr double kLeastWatched_s = 600;

/// How often each station is asked for each request of a user, if every call is made as often as it
/// may be; infinite servers have room for all of it.
std::vector<double> most_asked(const simulation::Model& model) {
  std::vector<double> asked(model.stations.size(), 0);
  double rates = 0;
  for (const auto& source : model.sources) {
    rates += source.rate.front().per_s;
  }
  for (const auto& source : model.sources) {
    const auto& call = model.calls[source.call];
    const double share = rates > 0 ? source.rate.front().per_s / rates : 0;
    asked[call.to.index] += share * static_cast<double>(1 + call.retry.most);
  }
  for (const StationId id : simulation::callers_first(model)) {
    for (const CallId call_id : model.stations[id].calls) {
      const auto& call = model.calls[call_id];
      asked[call.to.index] +=
          asked[id.index] * call.rate() * static_cast<double>(1 + call.retry.most);
    }
  }
  return asked;
}

class FrontierFinder {
 public:
  FrontierFinder(LoadModel load, double users, base::Progress* progress)
      : load_(std::move(load)), users_(users), progress_(progress) {
    grow_for(load_, users);
    set_users(load_, {{0, users}});
  }

  base::Result<Frontier> find() {
    look();
    return is_too_long_ ? base::Result<Frontier>(too_long("the frontier", load_)) : std::move(out_);
  }

 private:
  void look() {
    out_.users = users_;
    out_.longest_s = kLongest_s;
    out_.watched_s = kLeastWatched_s;
    find_room();
    const auto is_carried = carries(load_, users_);
    is_too_long_ = !is_carried;
    out_.is_down_at_rest = !is_carried.value_or(true);
    constexpr double kLongestTold_s = 30 * 86'400.0;
    if (const auto tipping = tipping_of(load_.model, kLongestTold_s); tipping.is_possible) {
      out_.by_chance = tipping.told;
    }
    if (out_.is_down_at_rest || out_.is_impossible) {
      return;
    }
    if (progress_ != nullptr) {
      progress_->plan(static_cast<double>(std::size(kSizes) + 1));  // and what mends it
    }
    double longest_s = kLongest_s;
    for (const double times : kSizes) {
      FrontierPoint point{times, times * users_, shortest(times, longest_s)};
      // A larger surge needs no longer to tip it over.
      longest_s = point.lasts_s.value_or(longest_s);
      out_.points.push_back(point);
      tell_one();
    }
    try_mends();
    tell_one();
  }

  void tell_one() const {
    if (progress_ != nullptr) {
      progress_->did(1);
    }
  }

  void find_room() {
    const auto asked = most_asked(load_.model);
    const double per_s = users_ * load_.requests_per_user_s;
    out_.room = simulation::kForever;
    for (std::size_t s = 0; s < load_.parts.size(); ++s) {
      const auto& station = load_.model.stations[StationId(s)];
      const double work = asked[s] * per_s * station.service.mean_s;
      const double servers = static_cast<double>(station.servers * station.replicas);
      if (work > 0 && servers / work < out_.room && std::isfinite(load_.parts[s].most_servers)) {
        out_.room = servers / work;
        out_.tightest = station.name;
      }
    }
    out_.is_impossible = out_.room > 1 && !holds_what_waits();
  }

  /// Threads and connections are held the longer the more comes: their room at rest is no bound.
  [[nodiscard]] bool holds_what_waits() const {
    const auto& model = load_.model;
    return std::any_of(model.stations.begin(), model.stations.end(),
                       [](const auto& s) { return s.slots != simulation::kUnbounded; }) ||
           std::any_of(model.calls.begin(), model.calls.end(),
                       [](const auto& call) { return call.pool != simulation::kUnbounded; });
  }

  /// How long a backlog of this surge takes to drain, at the capacity that the users leave.
  [[nodiscard]] double drains_s(const LoadModel& load, double lasts_s) const {
    double longest_s = 0;
    for (std::size_t s = 0; s < load.parts.size(); ++s) {
      const auto& station = load.model.stations[StationId(s)];
      const double per_s =
          static_cast<double>(station.servers * station.replicas) / station.service.mean_s;
      const double asked = load.parts[s].visits * users_ * load.requests_per_user_s;
      if (std::isfinite(load.parts[s].most_servers) && per_s > asked) {
        const double waiting = std::min(static_cast<double>(station.queue_limit), lasts_s * per_s);
        longest_s = std::max(longest_s, waiting / (per_s - asked));
      }
    }
    return longest_s;
  }

  [[nodiscard]] bool recovers(const LoadModel& load, double times, double lasts_s) {
    if (is_too_long_) {
      return true;  // nothing is told of it any more
    }
    LoadModel tried = load;
    constexpr double kAtOnce_s = 1e-3;
    const double ends_s = kBegins_s + lasts_s;
    set_users(tried, {{0, users_},
                      {kBegins_s, users_},
                      {kBegins_s + kAtOnce_s, times * users_},
                      {ends_s, times * users_},
                      {ends_s + kAtOnce_s, users_}});
    simulation::RunOptions how;
    constexpr double kDrains = 10;
    constexpr double kMostWatched_s = 4 * 3600;
    const double watched_s =
        std::clamp(kDrains * drains_s(tried, lasts_s), kLeastWatched_s, kMostWatched_s);
    how.end_s = ends_s + watched_s;
    how.step_s = 5;
    constexpr std::uint64_t kMostWork = 20'000'000;
    how.budget = kMostWork;
    const auto outcome = simulation::simulate_flow(tried.model, how);
    is_too_long_ = outcome.is_cut_off;
    constexpr double kWindow_s = 60;
    return simulation::recovery_after(outcome, ends_s, kWindow_s, kServed).recovers;
  }

  /// The shortest length after which it does not recover; lengths are halved by their logarithm.
  [[nodiscard]] std::optional<double> shortest(double times, double longest_s) {
    if (recovers(load_, times, longest_s)) {
      return std::nullopt;
    }
    double good_s = kShortest_s;
    double bad_s = longest_s;
    if (!recovers(load_, times, good_s)) {
      return good_s;
    }
    constexpr double kNear = 1.1;
    while (bad_s / good_s > kNear) {
      const double middle_s = std::sqrt(good_s * bad_s);
      (recovers(load_, times, middle_s) ? good_s : bad_s) = middle_s;
    }
    return std::ceil(bad_s);
  }

  void try_mends() {
    const auto tipped = std::find_if(out_.points.begin(), out_.points.end(),
                                     [](const auto& point) { return point.lasts_s.has_value(); });
    if (tipped == out_.points.end()) {
      return;
    }
    // A setting that mends must hold well beyond the edge.
    const double lasts_s = std::min(kLongest_s, 4 * *tipped->lasts_s);
    const auto attempt = [&](std::string setting, const std::function<void(LoadModel&)>& apply) {
      LoadModel other = load_;
      apply(other);
      out_.mends.push_back({std::move(setting), recovers(other, tipped->times, lasts_s)});
    };
    const auto each_call = [](const std::function<void(simulation::Call&)>& change) {
      return [change](LoadModel& load) {
        for (std::size_t c = 0; c < load.model.calls.size(); ++c) {
          if (load.model.calls[CallId(c)].retry.most > 0) {
            change(load.model.calls[CallId(c)]);
          }
        }
      };
    };
    attempt("calls: {retries: 0}", each_call([](auto& call) { call.retry.most = 0; }));
    attempt("calls: {retries: 1}", each_call([](auto& call) { call.retry.most = 1; }));
    attempt("calls: {backoff: 1s..30s jitter}", each_call([](auto& call) {
              call.retry.backoff_s = 1;
              call.retry.backoff_most_s = 30;
              call.retry.jitter = true;
            }));
    attempt("calls: {breaker: 50% in 10s}", each_call([](auto& call) {
              call.breaker.share = 0.5;
              call.breaker.window_s = 10;
            }));
    attempt("a budget of one retry for ten calls",
            each_call([](auto& call) { call.retry.budget = 0.1; }));
    attempt("queues no longer than callers wait", shorten_queues);
  }

  /// Who would be answered after his patience is refused at once.
  static void shorten_queues(LoadModel& load) {
    for (const simulation::Call& call : load.model.calls) {
      auto& station = load.model.stations[call.to];
      if (call.timeout_s < simulation::kForever && station.queue_limit != simulation::kUnbounded) {
        const double per_s =
            static_cast<double>(station.servers * station.replicas) / station.service.mean_s;
        const auto most = static_cast<std::size_t>(std::max(1.0, per_s * call.timeout_s / 2));
        station.queue_limit = std::min(station.queue_limit, most);
      }
    }
  }

  LoadModel load_;
  double users_;
  base::Progress* progress_;
  bool is_too_long_ = false;  ///< some run took too many steps
  Frontier out_;
};

}  // namespace

base::Result<Frontier> frontier_of(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                                   std::optional<double> users, base::Progress* progress) {
  const auto& now = bp.objectives().users.now;
  if (!users && !now.is_known()) {
    return base::fail("a frontier needs to know how many users there are",
                      "--from 5000, or objectives: {users: {now: 5000}} in the blueprint");
  }
  const double before = users ? *users : *now;
  constexpr double kMostUsers = 1e10;
  if (bp.journeys().empty() || !(before > 0) || before > kMostUsers) {
    return base::fail("a frontier needs users who come in somewhere, up to 1e10",
                      "declare a journey: journeys: {visit: {enters: COMPONENT}}");
  }
  LoadModel load = load_model_of(bp, catalog, Strain::likely);
  const auto assumptions = load.assumptions;
  set_users(load, {{0, before}});
  if (const auto ok = simulation::check_model(load.model); !ok) {
    return tl::unexpected<base::Error>(ok.error());
  }
  auto out = FrontierFinder(std::move(load), before, progress).find();
  if (out) {
    out->assumptions = assumptions;
  }
  return out;
}

}  // namespace outlast::clock
