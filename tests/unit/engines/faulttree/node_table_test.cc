#include "engines/faulttree/node_table.h"

#include <gtest/gtest.h>

namespace outlast::engines::faulttree {
namespace {

TEST(NodeTable, EqualNodesAreOne) {
  NodeTable table(10'000);
  std::vector<std::uint32_t> made;
  for (std::uint32_t level = 0; level < 5000; ++level) {
    made.push_back(table.make(level, kFalse, kTrue));
  }
  for (std::uint32_t level = 0; level < 5000; ++level) {
    EXPECT_EQ(table.make(level, kFalse, kTrue), made[level]);
  }
  EXPECT_EQ(table.made(), 5000U);
}

TEST(NodeTable, OverTheBudgetOnlyKnownNodesAreFound) {
  NodeTable table(1);
  const std::uint32_t first = table.make(0, kFalse, kTrue);
  EXPECT_FALSE(table.exhausted());
  EXPECT_EQ(table.make(0, kFalse, kTrue), first);
  EXPECT_FALSE(table.exhausted());
  table.make(1, kFalse, kTrue);
  EXPECT_TRUE(table.exhausted());
  EXPECT_EQ(table.made(), 1U);
}

TEST(NodeTable, StepsWithoutNodesEndToo) {
  NodeTable table(1);
  for (int i = 0; i < 1000; ++i) {
    table.count_step();
  }
  EXPECT_TRUE(table.exhausted());
}

TEST(NodeTable, ExtractKeepsOnlyWhatTheRootReaches) {
  NodeTable table(100);
  const std::uint32_t z = table.make(2, kFalse, kTrue);
  table.make(3, kFalse, kTrue);
  const std::uint32_t y = table.make(1, kFalse, z);
  table.make(0, z, y);
  const NodeGraph graph = table.extract(y);
  ASSERT_EQ(graph.nodes.size(), 4U);
  EXPECT_EQ(graph.root, 3U);
  EXPECT_EQ(graph.nodes[3], (Node{1, kFalse, 2}));
  EXPECT_EQ(graph.nodes[2], (Node{2, kFalse, kTrue}));
  EXPECT_EQ(table.extract(kTrue).root, kTrue);
}

TEST(ComputedTable, KnowsTheLastResultOfEachKeyWhileItGrows) {
  ComputedTable table;
  std::uint32_t result = 0;
  EXPECT_FALSE(table.find({1, 2, 3}, result));
  table.put({1, 2, 3}, 7);
  table.fit(1 << 20);
  EXPECT_TRUE(table.find({1, 2, 3}, result));
  EXPECT_EQ(result, 7U);
  EXPECT_FALSE(table.find({3, 2, 1}, result));
}

}  // namespace
}  // namespace outlast::engines::faulttree
