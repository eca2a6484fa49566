#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/pipeline.h"
#include "unit/import/plan_text.h"

namespace outlast::pipeline {
namespace {

using import::created;

constexpr const char* kGrowing = "outlast: 1\nobjectives: {users: {now: 1000, peak: 100000}}\n";
constexpr const char* kToday = "outlast: 1\nobjectives: {users: {now: 1000}}\n";

/// The finding that nothing adds replicas, of a plan and what its owners say; null if there is none.
std::optional<findings::Finding> fixed_size(const std::string& resource, const char* said) {
  const base::MemoryFiles files(std::map<std::string, std::string>{
      {"plan.json", import::plan_text({resource})}, {"said.yaml", said}});
  const auto evaluation = evaluate({"plan.json", "said.yaml"}, files, {.tries_fixes = false});
  const auto& all = evaluation.analysis.findings;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [](const auto& finding) { return finding.rule == "OUT-X004"; });
  return found == all.end() ? std::nullopt : std::optional(*found);
}

std::string node_group(int most) {
  return created("aws_eks_node_group.n", "aws_eks_node_group",
                 R"({"cluster_name": "c", "scaling_config": [{"min_size": 3, "desired_size": 3,
                     "max_size": )" +
                     std::to_string(most) + "}]}");
}

std::string scale_set(const std::string& more) {
  return created("azurerm_linux_virtual_machine_scale_set.s",
                 "azurerm_linux_virtual_machine_scale_set",
                 R"({"name": "s", "location": "uksouth", "instances": 3)" + more + "}");
}

TEST(FixedSizes, OfWhatMoreUsersComeToAreTold) {
  const auto found = fixed_size(node_group(3), kGrowing);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->components, std::vector<std::string>{"aws_eks_node_group.n"});
  EXPECT_NE(found->remedy.find("max_size"), std::string::npos);
  EXPECT_TRUE(found->evidence.front().span.exists());
  EXPECT_TRUE(fixed_size(scale_set(""), kGrowing)) << "nothing scales it at all";
}

TEST(FixedSizes, AreNoneWhereThereIsRoomOrNobodyIsToCome) {
  EXPECT_FALSE(fixed_size(node_group(6), kGrowing));
  EXPECT_FALSE(fixed_size(node_group(3), kToday));
  EXPECT_FALSE(fixed_size(scale_set(""), kToday));
}

}  // namespace
}  // namespace outlast::pipeline
