#include "pipeline/earlier.h"

#include <gtest/gtest.h>

#include <string>

#include "support/analysed.h"

namespace outlast::pipeline {
namespace {

using failure::EventId;

/// Two chains that share a cache, which goes softly to a store of its own; `db` is what is mended.
std::string shop(const std::string& db) {
  return "outlast: 1\nname: shop\njourneys:\n  buy: {enters: web}\n  read: {enters: blog}\n"
         "components:\n"
         "  web: {type: aws.ec2, replicas: 2, at_least: 1, region: us-east-1, zones: [a, b],"
         " needs: [db, cache]}\n"
         "  blog: {type: aws.ec2, replicas: 1, region: us-east-1, zones: [a], needs: [pages]}\n"
         "  pages: {type: aws.rds.mysql, replicas: 2, region: us-east-1, zones: [a, b]}\n"
         "  cache: {type: aws.ec2, replicas: 1, region: us-east-1, zones: [b]}\n"
         "  db: {type: aws.rds.mysql, region: us-east-1, " +
         db + ", needs: [{to: disk}]}\n" +
         "  disk: {type: aws.ec2, replicas: 1, region: us-east-1, zones: [a]}\n";
}

class EarlierTest : public testing::Test {
 protected:
  blueprint::Blueprint before_ = support::make_blueprint(shop("replicas: 1, zones: [a]"));
  blueprint::Blueprint after_ = support::make_blueprint(shop("replicas: 2, zones: [a, c]"));
  Study study_ = analyse(before_, catalog::Catalog::built_in(), {});
  Earlier earlier_{before_, study_.workings.cases, {before_.find("db")}};
};

TEST_F(EarlierTest, OnlyWhatTheChangeCannotMatterToIsTakenOver) {
  const Unchanged unchanged(after_, earlier_);
  const auto& events = study_.workings.cases.events;
  std::size_t same = 0;
  for (const EventId id : base::ids<EventId>(events.size())) {
    const auto& event = events[id];
    const bool is_of_one = event.component.exists();
    const std::string name = is_of_one ? before_[event.component].id : "";
    if (!is_of_one || name == "db" || name == "disk") {
      EXPECT_FALSE(unchanged.same_as(event).exists()) << event.what;
    } else if (unchanged.same_as(event).exists()) {
      EXPECT_EQ(unchanged.same_as(event), id);
      ++same;
    }
  }
  EXPECT_GE(same, 4U);
}

TEST_F(EarlierTest, TheAnswerIsTheSameAsWithoutIt) {
  const auto& catalog = catalog::Catalog::built_in();
  const auto anew = analyse(after_, catalog, {});
  const auto since = analyse(after_, catalog, {.earlier = &earlier_});
  EXPECT_EQ(since.analysis.availability->value, anew.analysis.availability->value);
  EXPECT_EQ(since.analysis.availability->mean_low, anew.analysis.availability->mean_low);
  ASSERT_EQ(since.analysis.survival.size(), anew.analysis.survival.size());
  for (std::size_t i = 0; i < anew.analysis.survival.size(); ++i) {
    EXPECT_EQ(since.analysis.survival[i].survives, anew.analysis.survival[i].survives);
    EXPECT_EQ(since.analysis.survival[i].down_s, anew.analysis.survival[i].down_s);
    EXPECT_EQ(since.analysis.survival[i].users, anew.analysis.survival[i].users);
  }
  EXPECT_EQ(since.analysis.findings.size(), anew.analysis.findings.size());
  EXPECT_NE(since.analysis.availability->value, study_.analysis.availability->value);
}

}  // namespace
}  // namespace outlast::pipeline
