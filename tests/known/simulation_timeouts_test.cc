/// Callers who give up at rest, against the sojourn of M/M/c (Erlang 1917; Cooper 1981, § 5.3) and
/// of M/M/c/K, and against the request engine. Times in services of 10 ms.
#include <gtest/gtest.h>

#include <cmath>

#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"
#include "engines/simulation/stationary.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

constexpr double kService_s = 0.01;

/// What callers meet: servers, busy to `use`, in front of them a line, and so much patience.
struct Busy {
  std::size_t servers;
  double use;
  double patience;
  std::size_t line = kUnbounded;
  std::size_t retries = 0;
  double backoff_s = 0;
};

Model model_of(const Busy& busy) {
  const double rate = busy.use * static_cast<double>(busy.servers) / kService_s;
  Model model =
      tests::one_station(rate, busy.servers, kService_s, busy.patience * kService_s, busy.retries);
  model.stations[StationId(0)].queue_limit = busy.line;
  model.calls[CallId(0)].retry.backoff_s = busy.backoff_s;
  return model;
}

/// Share of users who are not answered in time, once it rests.
double lost_share(const Outcome& outcome, double from_s) {
  const UserTracks& users = outcome.users[0];
  const double to_s = outcome.ended_s;
  return mean_of(users.failed, outcome.step_s, from_s, to_s) /
         mean_of(users.offered, outcome.step_s, from_s, to_s);
}

double lost_by_flow(const Busy& busy) {
  RunOptions options;
  options.end_s = 60;
  return lost_share(simulate_flow(model_of(busy), options), 40);
}

/// Mean of ten runs, and its standard error.
struct Drawn {
  double mean = 0;
  double error = 0;
};

Drawn lost_by_requests(const Busy& busy, double end_s) {
  constexpr std::size_t kRuns = 10;
  Drawn drawn;
  double squares = 0;
  RunOptions options;
  options.end_s = end_s;
  for (options.seed = 1; options.seed <= kRuns; ++options.seed) {
    const double lost = lost_share(simulate_requests(model_of(busy), options), 20);
    drawn.mean += lost / kRuns;
    squares += lost * lost / kRuns;
  }
  drawn.error = std::sqrt(std::max(0.0, squares - drawn.mean * drawn.mean) / (kRuns - 1));
  return drawn;
}

void expect_agreement(const Busy& busy, double end_s) {
  constexpr double kStudent = 4.297;  // 99.9 % point, 9 degrees of freedom
  const Drawn requests = lost_by_requests(busy, end_s);
  EXPECT_NEAR(lost_by_flow(busy), requests.mean,
              std::max(0.05 * requests.mean, kStudent * requests.error))
      << busy.servers << " servers, use " << busy.use << ", patience " << busy.patience;
}

/// P(wait + service > t) of M/M/c, in services.
double late_by_hand(const Busy& busy) {
  const auto c = static_cast<double>(busy.servers);
  const double t = busy.patience;
  const double waits = erlang_c(busy.servers, c * busy.use);
  const double drains = c * (1 - busy.use);
  const double after = std::fabs(drains - 1) < 1e-9
                           ? (1 + t) * std::exp(-t)
                           : (drains * std::exp(-t) - std::exp(-drains * t)) / (drains - 1);
  return (1 - waits) * std::exp(-t) + waits * after;
}

/// The same of M/M/1/K: who finds n before him leaves after n + 1 services.
double lost_by_hand_of_one(const Busy& busy) {
  double weight = 1;
  double all = 0;
  double late = 0;
  double unlikely = 0;  // P(fewer than n + 1 services are over at t)
  double poisson = std::exp(-busy.patience);
  for (std::size_t n = 0; n <= busy.line; ++n) {
    unlikely += poisson;
    poisson *= busy.patience / static_cast<double>(n + 1);
    late += weight * unlikely;
    all += weight;
    weight *= busy.use;
  }
  return (late + weight) / (all + weight);  // the last weight: no place
}

TEST(Timeouts, CutTheTailOfErlangsWait) {
  for (const std::size_t line : {kUnbounded, std::size_t{1000}}) {
    for (const std::size_t servers : {1U, 2U, 8U}) {
      for (const double use : {0.5, 0.7, 0.83, 0.9, 0.95}) {
        for (const double patience : {3.0, 5.0, 10.0, 20.0}) {
          const Busy busy{servers, use, patience, line};
          const double truth = late_by_hand(busy);
          EXPECT_NEAR(lost_by_flow(busy), truth, 0.01 * truth + 1e-6)
              << servers << " servers, use " << use << ", patience " << patience;
        }
      }
    }
  }
}

TEST(Timeouts, CutTheTailOfALineThatMayBeFull) {
  for (const std::size_t line : {20U, 50U, 200U}) {
    for (const double use : {0.5, 0.83, 0.95}) {
      for (const double patience : {3.0, 5.0, 10.0}) {
        const Busy busy{1, use, patience, line};
        const double truth = lost_by_hand_of_one(busy);
        EXPECT_NEAR(lost_by_flow(busy), truth, 0.05 * truth + 1e-5)
            << "line " << line << ", use " << use << ", patience " << patience;
      }
    }
  }
}

TEST(Timeouts, CostTheRequestEngineAsMany) {
  for (const Busy& busy : {Busy{1, 0.5, 5}, Busy{2, 0.83, 10}, Busy{2, 0.7, 3}, Busy{8, 0.9, 3},
                           Busy{2, 0.83, 10, 1000}, Busy{2, 0.9, 5, 100}}) {
    expect_agreement(busy, 800 / static_cast<double>(busy.servers));
  }
}

/// Those who gave up ask again, and their work is still done: where that does not tip the station
/// over, users lose what all attempts lose; else all of it, whatever the engine.
TEST(Timeouts, WithRetriesLoseAsMuchByEitherEngine) {
  for (const Busy& stays :
       {Busy{8, 0.5, 3, 1000, 1, 1}, Busy{8, 0.5, 2, 1000, 1, 1}, Busy{8, 0.7, 4, 1000, 1, 1}}) {
    expect_agreement(stays, 120);
  }
  for (const Busy& tips : {Busy{2, 0.83, 5, 1000, 1}, Busy{8, 0.95, 5, 1000, 3, 1}}) {
    EXPECT_GT(lost_by_flow(tips), 0.95);
    EXPECT_GT(lost_by_requests(tips, 100).mean, 0.95);
  }
}

}  // namespace
}  // namespace outlast::engines::simulation
