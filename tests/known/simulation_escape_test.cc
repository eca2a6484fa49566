/// Where retries tip a station over by chance: what is told beforehand, held against requests.
#include <gtest/gtest.h>

#include <cmath>

#include "engines/simulation/escape.h"
#include "engines/simulation/request_engine.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

constexpr double kWork_s = 0.01;
constexpr double kLong_s = 1e5 * kWork_s;

struct Case {
  std::size_t servers;
  double load;
  std::size_t retries;
  double patience;  ///< in works
  double pause = 0;
};

Model model_of(const Case& c) {
  Model model = tests::one_station(c.load * static_cast<double>(c.servers) / kWork_s, c.servers,
                                   kWork_s, c.patience * kWork_s, c.retries);
  model.calls[CallId(0)].retry.backoff_s = c.pause * kWork_s;
  model.calls[CallId(0)].retry.backoff_most_s = 100 * c.pause * kWork_s;
  return model;
}

/// When hardly anybody is served any more, for three steps in a row; the end where that never is.
double tipped_s(const Outcome& outcome, double end_s) {
  const auto& users = outcome.users[0];
  std::size_t bad = 0;
  for (std::size_t i = 0; i < users.served.size(); ++i) {
    bad = users.served[i] < 0.05 * users.offered[i] ? bad + 1 : 0;
    if (bad == 3) {
      return static_cast<double>(i) * outcome.step_s;
    }
  }
  return end_s;
}

/// Mean time until then; forever where none of the runs gets there. Each is watched for twice as long
/// until it has: what has tipped over costs the most to follow.
double escapes_after(const Model& model, double from_s, double watched_s) {
  double watched = 0;
  double escaped = 0;
  RunOptions how;
  how.step_s = 0.5;
  for (how.seed = 1; how.seed <= 6; ++how.seed) {
    double at_s = watched_s;
    for (how.end_s = std::min(from_s, watched_s); at_s >= how.end_s;) {
      at_s = tipped_s(simulate_requests(model, how), how.end_s);
      if (at_s < how.end_s || how.end_s >= watched_s) {
        break;
      }
      at_s = watched_s;
      how.end_s = std::min(2 * how.end_s, watched_s);
    }
    watched += at_s;
    escaped += at_s < how.end_s ? 1 : 0;
  }
  return escaped > 0 ? watched / escaped : kForever;
}

TEST(Escape, HappensBetweenTheTimesThatAreTold) {
  std::size_t seen = 0;
  for (const Case& c :
       {Case{1, 0.4, 3, 5}, Case{1, 0.5, 3, 10}, Case{1, 0.7, 1, 10}, Case{2, 0.5, 3, 5},
        Case{2, 0.6, 2, 5}, Case{2, 0.7, 1, 10}, Case{2, 0.6, 3, 5, 2}, Case{2, 0.6, 3, 5, 5},
        Case{4, 0.5, 3, 3}, Case{4, 0.7, 1, 5}, Case{4, 0.8, 3, 10}, Case{8, 0.6, 2, 3},
        Case{8, 0.8, 1, 5}, Case{32, 0.8, 3, 3}, Case{32, 0.9, 2, 5}}) {
    SCOPED_TRACE(testing::Message()
                 << c.servers << " servers, load " << c.load << ", " << c.retries
                 << " retries, patience " << c.patience << " works, pause " << c.pause);
    const Model model = model_of(c);
    const auto told = escape_of(model);
    ASSERT_TRUE(told);
    const double found_s = escapes_after(model, 5, std::min(kLong_s, 3 * told->latest_s));
    EXPECT_GE(found_s, told->soonest_s);
    EXPECT_LE(found_s, told->latest_s + 3 * 0.5 + 1);
    seen += std::isfinite(found_s) ? 1 : 0;
  }
  EXPECT_GE(seen, 12);
}

TEST(Escape, IsSeenInNoRunWhereItIsToldToTakeLonger) {
  for (const Case& c :
       {Case{2, 0.4, 3, 20}, Case{4, 0.5, 3, 10}, Case{8, 0.5, 3, 10}, Case{32, 0.6, 3, 5}}) {
    const Model model = model_of(c);
    const auto told = escape_of(model);
    ASSERT_TRUE(!told || told->soonest_s > 1e5);
    EXPECT_EQ(escapes_after(model, 100, 100), kForever);
  }
}

TEST(Escape, NeedsRetriesThatAskForMoreThanThereIsAndALineInWhichTheyGiveUp) {
  EXPECT_TRUE(escape_of(model_of({2, 0.5, 3, 5})));
  EXPECT_FALSE(escape_of(model_of({2, 0.5, 0, 5})));
  EXPECT_FALSE(escape_of(model_of({2, 0.2, 3, 5})));
  Model shed = model_of({2, 0.5, 3, 5});
  shed.stations[StationId(0)].queue_limit = 4;
  EXPECT_FALSE(escape_of(shed));
  Model budget = model_of({2, 0.5, 3, 5});
  budget.calls[CallId(0)].retry.budget = 0.1;
  EXPECT_FALSE(escape_of(budget));
  Model breaker = model_of({2, 0.5, 3, 5});
  breaker.calls[CallId(0)].breaker.share = 0.5;
  EXPECT_FALSE(escape_of(breaker));
}

TEST(Escape, OfAManyTimesLargerStationIsOutOfTheQuestion) {
  EXPECT_FALSE(escape_of(model_of({2000, 0.5, 3, 5})));
  EXPECT_FALSE(escape_of(model_of({20'000, 0.9, 3, 5})));
}

}  // namespace
}  // namespace outlast::engines::simulation
