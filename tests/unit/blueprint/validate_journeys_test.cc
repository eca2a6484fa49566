#include <gtest/gtest.h>

#include "unit/blueprint/drafts.h"

namespace outlast::blueprint {
namespace {

Validated with_journeys(std::vector<DraftJourney> journeys) {
  Draft draft = Validated::of({component("web"), component("api")});
  draft.journeys = std::move(journeys);
  return Validated(draft);
}

DraftJourney weighing(DraftJourney journey, double share) {
  journey.weight = stated(base::Share{share});
  return journey;
}

TEST(Journeys, ThatStateNoWeightGetWhatTheOthersLeaveEvenly) {
  const auto v =
      with_journeys({weighing(journey("a", "web"), 0.5), journey("b", "web"), journey("c", "api")});
  ASSERT_TRUE(v.bp);
  std::vector<double> weights;
  for (const Journey& j : v.bp->journeys()) {
    weights.push_back(j.weight);
  }
  EXPECT_EQ(weights, (std::vector<double>{0.5, 0.25, 0.25}));
}

TEST(Journeys, WeightsAddUpToOne) {
  EXPECT_TRUE(
      with_journeys({weighing(journey("a", "web"), 0.4), weighing(journey("b", "web"), 0.6)}).bp);
  EXPECT_EQ(
      with_journeys({weighing(journey("a", "web"), 0.4), weighing(journey("b", "web"), 0.5)}).told,
      Lines{"OUT-E1231 the weights of the journeys add up to 90 % | weights add up to 100%; "
            "leave one out to give it the rest"});
  EXPECT_FALSE(with_journeys({weighing(journey("a", "web"), 0.9),
                              weighing(journey("b", "web"), 0.2), journey("c", "web")})
                   .bp);
}

TEST(Journeys, CohortsShareTheUsersOfTheirs) {
  DraftJourney split = journey("split", "web");
  split.cohorts = {{"europe", stated(base::Share{0.75}), "web"}, {"asia", {}, "api"}};
  const auto v = with_journeys({split});
  ASSERT_TRUE(v.bp);
  const auto& cohorts = v.bp->journeys().begin()->cohorts;
  EXPECT_EQ(cohorts[1].share, 0.25);
  EXPECT_EQ((*v.bp)[cohorts[1].enters].id, "api");
  split.cohorts[1].share = stated(base::Share{0.5});
  EXPECT_EQ(with_journeys({split}).told,
            Lines{"OUT-E1230 the cohorts of journey split add up to 125 % | shares add up to 100%; "
                  "leave one out to give it the rest"});
}

TEST(Journeys, EnterAtSomethingThatIsThere) {
  DraftJourney lost = journey("lost", "wbe");
  lost.cohorts[0].span = {base::SourceId(0), 5, 8};
  const auto v = with_journeys({lost});
  EXPECT_EQ(v.told, Lines{"OUT-E1220 journey lost enters wbe, which is no component | did you mean "
                          "\"web\"?"});
  EXPECT_EQ(v.diagnostics.items()[0].span.begin, 5U);
}

TEST(Journeys, TakeAllOperationsButThoseTheyExclude) {
  DraftJourney most = journey("most", "web");
  most.excludes = {"export"};
  DraftJourney exports = journey("exports", "web");
  exports.operations = {"export"};
  const auto v = with_journeys({most, exports});
  const Journey& first = v.bp->journeys()[JourneyId(0)];
  const Journey& second = v.bp->journeys()[JourneyId(1)];
  EXPECT_EQ(first.operations & second.operations, Operations{0});
  EXPECT_EQ(first.operations | second.operations, kAllOperations);
}

}  // namespace
}  // namespace outlast::blueprint
