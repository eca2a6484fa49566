// The frontier of surges that a service does not come back from, where arithmetic knows the answer.

#include <gtest/gtest.h>

#include <algorithm>

#include "clock/frontier.h"
#include "support/make_blueprint.h"

namespace outlast {
namespace {

/// A web in front of a database of two processors that do 200 requests of 5 ms each a second.
findings::Frontier frontier(const std::string& calls, double users) {
  const auto bp = support::make_blueprint(
      "outlast: 1\nname: shop\nobjectives: {users: {now: 1, requests_per_minute: 60}}\n"
      "journeys: {visit: {enters: web}}\ncomponents:\n"
      "  web: {type: aws.ec2, size: m6i.24xlarge, replicas: 8, zones: [a], region: us-east-1, " +
      calls +
      "needs: [db]}\n"
      "  db: {type: aws.rds.mysql, size: db.m5.large, zones: [a], region: us-east-1}\n");
  const auto found = clock::frontier_of(bp, catalog::Catalog::built_in(), users);
  EXPECT_TRUE(found) << (found ? "" : found.error().message);
  return found ? *found : findings::Frontier{};
}

bool tips(const findings::Frontier& found) {
  return std::any_of(found.points.begin(), found.points.end(),
                     [](const auto& point) { return point.lasts_s.has_value(); });
}

constexpr std::string_view kStorm = "calls: {timeout: 500ms, retries: 3}, ";

TEST(Frontier, WhereEveryRetryHasRoomNoSurgeLeavesItDown) {
  const auto found = frontier(std::string(kStorm), 90);  // 90 × 4 < 400
  EXPECT_TRUE(found.is_impossible);
  EXPECT_NEAR(found.room, 400.0 / 360, 0.02);
}

TEST(Frontier, RetriesKeepAFullDatabaseFull) {
  const auto found = frontier(std::string(kStorm), 320);
  EXPECT_FALSE(found.is_impossible);
  ASSERT_TRUE(tips(found));
  const auto mended = std::find_if(found.mends.begin(), found.mends.end(), [](const auto& mend) {
    return mend.setting == "a budget of one retry for ten calls";
  });
  ASSERT_NE(mended, found.mends.end());
  EXPECT_TRUE(mended->mends) << "1.1 × 320 < 400: there is room for that many";
}

TEST(Frontier, LargerSurgesTipItOverSooner) {
  const auto found = frontier(std::string(kStorm), 320);
  double before_s = 1e9;
  for (const auto& point : found.points) {
    if (point.lasts_s) {
      EXPECT_LE(*point.lasts_s, before_s);
      before_s = *point.lasts_s;
    }
  }
}

TEST(Frontier, WhoCannotCarryHisUsersIsDownAtRest) {
  EXPECT_TRUE(frontier(std::string(kStorm), 500).is_down_at_rest);
}

}  // namespace
}  // namespace outlast
