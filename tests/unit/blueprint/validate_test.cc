#include <gtest/gtest.h>

#include "unit/blueprint/drafts.h"

namespace outlast::blueprint {
namespace {

TEST(Validate, FindsComponentsByIdAndNothingByAnother) {
  const Validated v({component("web"), component("db")});
  ASSERT_TRUE(v.bp);
  EXPECT_EQ((*v.bp)[v.bp->find("db")].id, "db");
  EXPECT_FALSE(v.bp->find("cache").exists());
}

TEST(Validate, NamesEveryEndThatLeadsNowhereWithTheNearest) {
  const Validated v({component("web", {}, {need_of({"databse"}), need_of({"cache", "database"})}),
                     component("database")});
  EXPECT_FALSE(v.bp);
  EXPECT_EQ(
      v.told,
      (Lines{"OUT-E1220 web needs databse, which is no component | did you mean "
             "\"database\"?",
             "OUT-E1220 web needs cache, which is no component | allowed are web, database"}));
}

TEST(Validate, PutsTheCaretUnderTheNameThatLeadsNowhere) {
  auto need = need_of({"databse"});
  need.evidence.span = {base::SourceId(0), 10, 50};
  need.targets = {base::SourceId(0), 20, 27};
  const Validated named({component("web", {}, {need})});
  ASSERT_EQ(named.diagnostics.items().size(), 1U);
  EXPECT_EQ(named.diagnostics.items()[0].span.begin, 20U);
  need.targets = {};
  const Validated unnamed({component("web", {}, {need})});
  EXPECT_EQ(unnamed.diagnostics.items()[0].span.begin, 10U);
}

TEST(Validate, TellsEveryMistakeAtOnce) {
  auto twice = component("web");
  auto too_few = component("db", {"a", "b"});
  too_few.at_least = stated<std::int64_t>(3);
  auto of_two = need_of({"db", "web"});
  of_two.at_least = stated<std::int64_t>(3);
  const Validated v({component("web"), twice, too_few, component("app", {}, {of_two}),
                     component("loop", {}, {need_of({"loop"})})});
  EXPECT_FALSE(v.bp);
  EXPECT_EQ(v.told,
            (Lines{"OUT-E1221 component web stands twice in the inputs | one architecture is given "
                   "once: leave one of the inputs out, or hold both against each other with "
                   "outlast compare",
                   "OUT-E1223 db needs 3 replicas of 2 | at_least cannot be more than replicas",
                   "OUT-E1226 app needs 3 of 2 alternatives | at_least cannot be more than there "
                   "are in any_of",
                   "OUT-E1222 loop needs itself | leave the need out, or name the other component "
                   "that is meant"}));
}

TEST(Validate, ALeaseEndsAfterItIsRenewed) {
  auto lease = need_of({"db"});
  lease.strength = stated(Strength::refresh);
  lease.buffer = stated(base::Seconds{60});
  lease.every = stated(base::Seconds{60});
  EXPECT_TRUE(Validated({component("web", {}, {lease}), component("db")}).bp);
  lease.buffer = stated(base::Seconds{59});
  EXPECT_FALSE(Validated({component("web", {}, {lease}), component("db")}).bp);
}

TEST(Validate, OnlyASoftNeedLosesAPart) {
  auto soft = need_of({"db"});
  soft.strength = stated(Strength::soft);
  auto part = soft;
  part.loses = stated(Interval{0.1, 0.2});
  const Validated v({component("a", {}, {need_of({"db"})}), component("b", {}, {soft}),
                     component("c", {}, {part}), component("db")});
  ASSERT_TRUE(v.bp);
  const auto loses = [&](const char* id) { return (*v.bp)[v.at(id).needs.at(0)].loses; };
  EXPECT_EQ(loses("a"), (Interval{1, 1}));
  EXPECT_EQ(loses("b"), (Interval{0, 1})) << "how much is not known";
  EXPECT_EQ(loses("c"), (Interval{0.1, 0.2}));
}

TEST(Validate, WhatStatesNoOperationsTakesPartInAll) {
  auto reads = component("reads");
  reads.operations = {"read"};
  auto writes = component("writes");
  writes.operations = {"write", "export"};
  const Validated v({component("all"), reads, writes});
  EXPECT_EQ(v.at("all").operations, kAllOperations);
  EXPECT_EQ(v.at("reads").operations & v.at("writes").operations, Operations{0});
  EXPECT_NE(v.at("writes").operations & ~Operations{3}, Operations{0}) << "export is a third one";
}

TEST(Validate, TooManyOperationsAreToldOnce) {
  std::vector<DraftComponent> many;
  for (int i = 0; i < 80; ++i) {
    many.push_back(component("c" + std::to_string(i)));
    many.back().operations = {"op" + std::to_string(i)};
  }
  EXPECT_EQ(Validated(many).told.size(), 1U);
  many.resize(62);  // with read and write
  EXPECT_TRUE(Validated(many).bp);
}

TEST(Validate, HowManyCarryTheLoadIsAssumedWhereItIsNotStated) {
  const Validated v({component("web", {"a", "b"}), component("one", {"a"})});
  EXPECT_EQ(v.at("web").at_least, 1U);
  EXPECT_TRUE(v.at("web").at_least_is_assumed);
  EXPECT_FALSE(v.at("one").at_least_is_assumed);
  ASSERT_EQ(v.bp->assumptions().size(), 1U);
  EXPECT_EQ(v.bp->assumptions()[0].name, "web: at_least");
}

TEST(Validate, AStandbyCarriesNothing) {
  auto db = component("db", {"a", "b"});
  db.redundancy = stated(Redundancy::primary_standby);
  const Validated v({db, component("web", {"a", "b"})});
  EXPECT_EQ(v.at("db").replicas[0].carries, 1);
  EXPECT_EQ(v.at("db").replicas[1].carries, 0);
  EXPECT_EQ(v.at("web").replicas[1].carries, 0.5);
}

TEST(Validate, AGroupThatRunsNoneAtTheMomentIsNoMistakeOfTheUser) {
  auto group = component("asg");
  group.replicas = Value<std::int64_t>::of(0, Provenance::inferred);
  const Validated none({group});
  ASSERT_TRUE(none.bp);
  EXPECT_TRUE(none.at("asg").runs_none());
  group.scale.max = Value<std::int64_t>::of(4, Provenance::inferred);
  const Validated some({group});  // it grows once it is asked
  ASSERT_TRUE(some.bp);
  EXPECT_TRUE(some.at("asg").replica_count.is_unknown());
  EXPECT_EQ(some.at("asg").replicas.size(), 1U);
}

}  // namespace
}  // namespace outlast::blueprint
