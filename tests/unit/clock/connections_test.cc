#include <gtest/gtest.h>

#include <string>

#include "clock/load_model.h"
#include "clock/surge.h"
#include "support/make_blueprint.h"

namespace outlast::clock {
namespace {

std::string shop(const std::string& calls) {
  return "outlast: 1\nname: shop\njourneys: {visit: {enters: web}}\ncomponents:\n"
         "  web: {type: aws.ec2, size: m6i.4xlarge, replicas: 3, at_least: 1, region: us-east-1, "
         "zones: [a], calls: {" +
         calls +
         "}, needs: [db]}\n"
         "  db: {type: aws.rds.mysql, size: db.m5.large, replicas: 1, region: us-east-1, zones: "
         "[a]}\n";
}

TEST(Connections, EachReplicaOfACallerHasItsOwn) {
  const auto bp = support::make_blueprint(shop("connections: 4, waiting: 2"));
  const auto load = load_model_of(bp, catalog::Catalog::built_in(), Strain::likely);
  for (std::size_t i = 0; i < load.ways.size(); ++i) {
    if (load.ways[i].from.exists()) {
      const auto& call = load.model.calls[engines::simulation::CallId(i)];
      EXPECT_EQ(call.pool, 4U);
      EXPECT_EQ(call.pool_line, 2U);
    }
  }
}

TEST(Connections, TooFewOfThemLoseRequestsThatAllPartsHaveRoomFor) {
  const auto lost = [](const std::string& calls) {
    const auto surge = surge_of(support::make_blueprint(shop(calls)), catalog::Catalog::built_in(),
                                {100, 2000, 60});
    EXPECT_TRUE(surge.has_value());
    return surge ? surge->lost_share : 1;
  };
  const double with_room = lost("connections: 1000");
  EXPECT_LT(with_room, 0.02);
  EXPECT_GT(lost("connections: 1, waiting: 0, timeout: 1s"), 2 * with_room);
}

}  // namespace
}  // namespace outlast::clock
