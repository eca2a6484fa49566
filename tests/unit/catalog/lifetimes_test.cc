#include <gtest/gtest.h>

#include "unit/catalog/meaning_of.h"

namespace outlast::catalog {
namespace {

using import::created;
using import::plan_text;

constexpr VersionEnd kEnds[] = {{"1.2", {2022, 1, 1}, {}},
                                {"1.2.1", {2023, 1, 1}, {}},
                                {"13", {2024, 1, 1}, {}},
                                {"java8", {2025, 1, 1}, {}}};
constexpr Lifecycle kLifecycle = {"thing", "thing", "it stops", "", kEnds, {}};

std::string meant_by(std::string_view version) {
  const VersionEnd* end = end_of(kLifecycle, version);
  return end == nullptr ? "" : std::string(end->version);
}

TEST(VersionEnds, ANumberStandsForWhatFollowsADot) {
  EXPECT_EQ(meant_by("13"), "13");
  EXPECT_EQ(meant_by("13.4"), "13");
  EXPECT_EQ(meant_by("13-gke.100"), "13");
  EXPECT_EQ(meant_by("130"), "");
  EXPECT_EQ(meant_by("1"), "");
}

TEST(VersionEnds, TheLongestIsMeant) {
  EXPECT_EQ(meant_by("1.2.0"), "1.2");
  EXPECT_EQ(meant_by("1.2.1.R3"), "1.2.1");
  EXPECT_EQ(meant_by("1.2.1.0"), "1.2.1");
}

TEST(VersionEnds, ANameStandsForItselfAlone) {
  EXPECT_EQ(meant_by("java8"), "java8");
  EXPECT_EQ(meant_by("java8.al2"), "");
}

std::vector<std::string> ends(const blueprint::DraftComponent& c) {
  std::vector<std::string> all;
  for (const auto& lifetime : c.lifetimes) {
    all.push_back(lifetime.what + " " + base::format_date(lifetime.ends));
  }
  return all;
}

TEST(Lifetimes, AreReadFromVersions) {
  const MeaningOf meaning(plan_text(
      {created("aws_db_instance.old", "aws_db_instance",
               R"({"engine": "postgres", "engine_version": "11.22"})"),
       created("aws_db_instance.other", "aws_db_instance",
               R"({"engine": "oracle-ee", "engine_version": "11.22"})"),
       created("aws_db_instance.open", "aws_db_instance", R"({"engine": "postgres"})",
               R"({"engine_version": true})"),
       created("aws_eks_cluster.c", "aws_eks_cluster", R"({"name": "c", "version": "1.29"})")}));
  EXPECT_EQ(ends(meaning.component("aws_db_instance.old")),
            std::vector<std::string>{"PostgreSQL 11 on RDS 2024-02-29"});
  EXPECT_TRUE(meaning.component("aws_db_instance.other").lifetimes.empty());
  EXPECT_TRUE(meaning.component("aws_db_instance.open").lifetimes.empty());
  EXPECT_EQ(ends(meaning.component("aws_eks_cluster.c")),
            std::vector<std::string>{"Kubernetes 1.29 on EKS 2025-03-23"});
}

TEST(Limits, AreCountedWhereTheyHold) {
  std::vector<std::string> functions = {
      created("aws_lambda_function.a", "aws_lambda_function",
              R"({"function_name": "a", "reserved_concurrent_executions": 600})"),
      created("aws_lambda_function.b", "aws_lambda_function",
              R"({"function_name": "b", "reserved_concurrent_executions": 300})")};
  const std::string providers =
      R"("configuration": {"provider_config": {"aws": {"name": "aws",
        "expressions": {"region": {"constant_value": "eu-west-1"}}}}, "root_module": {"resources": [
        {"address": "aws_lambda_function.a", "mode": "managed", "type": "aws_lambda_function",
         "name": "a", "provider_config_key": "aws", "expressions": {}},
        {"address": "aws_lambda_function.b", "mode": "managed", "type": "aws_lambda_function",
         "name": "b", "provider_config_key": "aws", "expressions": {}},
        {"address": "aws_lambda_function.c", "mode": "managed", "type": "aws_lambda_function",
         "name": "c", "provider_config_key": "aws", "expressions": {}}]}})";
  const MeaningOf within(plan_text(functions, "", providers));
  EXPECT_FALSE(within.is_marked("aws_lambda_function.a", "over_limit"));
  functions.push_back(created("aws_lambda_function.c", "aws_lambda_function",
                              R"({"function_name": "c", "reserved_concurrent_executions": 1})"));
  const MeaningOf beyond(plan_text(functions, "", providers));
  EXPECT_TRUE(beyond.is_marked("aws_lambda_function.a", "over_limit"));
  EXPECT_FALSE(beyond.is_marked("aws_lambda_function.b", "over_limit")) << "told once";
}

TEST(Limits, AFunctionGrowsToWhatIsReservedForIt) {
  const auto function = [](const char* name, const char* reserved) {
    return created(std::string("aws_lambda_function.") + name, "aws_lambda_function",
                   std::string(R"({"function_name": ")") + name +
                       R"(", "reserved_concurrent_executions": )" + reserved + "}");
  };
  const MeaningOf meaning(plan_text({function("a", "5"), function("b", "-1")}));
  EXPECT_EQ(meaning.component("aws_lambda_function.a").scale.max.value_or(0), 5);
  EXPECT_FALSE(meaning.component("aws_lambda_function.b").scale.max.is_known());
}

}  // namespace
}  // namespace outlast::catalog
