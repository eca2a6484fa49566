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
std::optional<findings::Finding> fixed_size(const std::string& resource, const char* said,
                                            std::string_view rule = "OUT-X004") {
  const base::MemoryFiles files(std::map<std::string, std::string>{
      {"plan.json", import::plan_text({resource})}, {"said.yaml", said}});
  const auto evaluation = evaluate({"plan.json", "said.yaml"}, files, {.tries_fixes = false});
  const auto& all = evaluation.analysis.findings;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const auto& finding) { return finding.rule == rule; });
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

TEST(FixedSizes, OfMachinesThatOthersRunOnAreTalkedOfWhereNobodySaysWhoIsToCome) {
  constexpr const char* kSilent = "outlast: 1\n";
  const auto found = fixed_size(node_group(3), kSilent, "OUT-X005");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->severity, findings::Severity::info);
  EXPECT_NE(found->remedy.find("max_size"), std::string::npos);
  EXPECT_FALSE(fixed_size(node_group(6), kSilent, "OUT-X005"));
  EXPECT_FALSE(fixed_size(node_group(3), kToday, "OUT-X005")) << "so many, and no more";
  EXPECT_FALSE(fixed_size(node_group(3), kGrowing, "OUT-X005")) << "told by the other rule";
  EXPECT_FALSE(fixed_size(scale_set(""), kSilent, "OUT-X005"));
}

}  // namespace
}  // namespace outlast::pipeline
