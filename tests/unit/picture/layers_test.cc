#include "picture/layers.h"

#include <gtest/gtest.h>

namespace outlast::picture {
namespace {

TEST(Rank, LeadsDownwardsAlongEveryWay) {
  const Ranking ranking = rank(4, {{0, 1}, {1, 2}, {0, 2}, {2, 3}}, 6);
  EXPECT_EQ(ranking.rows, (std::vector<std::size_t>{0, 1, 2, 3}));
}

TEST(Rank, TurnsOneLinkOfALoop) {
  const Ranking ranking = rank(3, {{0, 1}, {1, 2}, {2, 0}}, 6);
  EXPECT_EQ(ranking.is_turned, (std::vector<bool>{false, false, true}));
  EXPECT_EQ(ranking.rows, (std::vector<std::size_t>{0, 1, 2}));
}

TEST(Rank, PullsWhatNothingLeadsToDownToItsAim) {
  const Ranking ranking = rank(4, {{0, 1}, {1, 2}, {3, 2}}, 6);
  EXPECT_EQ(ranking.rows[3], ranking.rows[1]);
}

TEST(Rank, CutsARowThatHoldsTooManyAndPutsWhatIsUnlinkedLast) {
  const Ranking ranking = rank(6, {{0, 1}, {0, 2}, {0, 3}, {0, 4}}, 2);
  EXPECT_EQ(ranking.rows, (std::vector<std::size_t>{0, 1, 1, 2, 2, 3}));
}

TEST(Rank, FollowsALongChainWithoutAStackOfItsLength) {
  std::vector<std::pair<std::size_t, std::size_t>> links;
  constexpr std::size_t kLong = 200'000;
  for (std::size_t i = 0; i + 1 < kLong; ++i) {
    links.emplace_back(i, i + 1);
  }
  EXPECT_EQ(rank(kLong, links, 6).rows.back(), kLong - 1);
}

TEST(Arrange, PutsAParentAboveTheMiddleOfItsChildren) {
  std::vector<Thing> things = {{40, 10, 0}, {40, 10, 1}, {40, 10, 1}};
  arrange(things, {{0, 1}, {0, 2}});
  EXPECT_EQ(things[0].x + 20, (things[1].x + things[2].x + 40) / 2);
}

TEST(Arrange, UncrossesLines) {
  std::vector<Thing> things = {{40, 10, 0}, {40, 10, 0}, {40, 10, 1}, {40, 10, 1}};
  arrange(things, {{0, 3}, {1, 2}});
  EXPECT_EQ(things[0].x < things[1].x, things[3].x < things[2].x);
}

}  // namespace
}  // namespace outlast::picture
