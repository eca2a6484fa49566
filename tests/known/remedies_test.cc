// Remedies speak the language of the input: keys of a blueprint, or attributes of Terraform.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "pipeline/pipeline.h"
#include "support/analysed.h"
#include "support/root.h"

namespace outlast {
namespace {

/// The remedy of the first finding of a rule; empty where there is none.
std::string remedy_of(const findings::Analysis& analysis, std::string_view rule) {
  for (const auto& finding : analysis.findings) {
    if (finding.name == rule) {
      return finding.remedy;
    }
  }
  return "";
}

std::string shop(const std::string& db) {
  return "outlast: 1\nname: shop\njourneys: {buy: {enters: web}}\ncomponents:\n"
         "  web: {type: aws.lambda, region: eu-west-1, needs: [db]}\n"
         "  db: {" +
         db + "}\n";
}

TEST(Remedies, OfABlueprintAreItsOwnKeys) {
  const auto analysis = support::analysed(
      shop("type: aws.rds.mysql, region: eu-west-1, zones: [b], backups: {retention: 0s}"));
  EXPECT_EQ(remedy_of(analysis, "single_instance"), "replicas: 2, zones: [b, a]");
  EXPECT_EQ(remedy_of(analysis, "no_backup"), "backups: {every: 24h, retention: 7d}");
}

TEST(Remedies, OfABlueprintHaveTheEffectTheyPromise) {
  const std::string before = "type: aws.rds.mysql, region: eu-west-1";
  const std::string keys =
      remedy_of(support::analysed(shop(before + ", zones: [b]")), "single_instance");
  ASSERT_NE(keys.find("zones: "), std::string::npos);
  EXPECT_EQ(remedy_of(support::analysed(shop(before + ", " + keys)), "single_instance"), "");
}

TEST(Remedies, NameZonesAsTheProviderDoes) {
  const auto zones_for = [](const std::string& where) {
    return remedy_of(support::analysed(shop(where)), "single_instance");
  };
  EXPECT_EQ(zones_for("type: naver.server, region: KR, zones: [KR-1]"),
            "replicas: 2, zones: [1, 2]");
  EXPECT_EQ(zones_for("type: gcp.vm, region: us-east1, zones: [b]"), "replicas: 2, zones: [b, c]");
  EXPECT_EQ(zones_for("type: naver.server, region: JPN, zones: [JPN-1]"), "replicas: 2")
      << "there is one zone only";
  EXPECT_EQ(zones_for("type: kt.server, region: DX-M1, zones: [DX-M1]"), "replicas: 2")
      << "of a region that nobody knows no zone is known";
}

TEST(Remedies, WhereTheTypeKnowsNoneTheRuleHasOne) {
  const auto analysis = support::analysed(
      shop("kind: compute, scope: zone, zones: [a], failure: {every: 60d, repair: 1h}"));
  EXPECT_EQ(remedy_of(analysis, "single_instance"), "run at least two of it, in two zones");
}

TEST(Remedies, OfAPlanAreAttributesOfTerraform) {
  std::ifstream file(support::project_root() + "/examples/shop/plan.json");
  std::ostringstream text;
  text << file.rdbuf();
  const auto evaluation =
      pipeline::evaluate({"plan.json"}, base::MemoryFiles({{"plan.json", text.str()}}), {});
  EXPECT_TRUE(std::any_of(evaluation.analysis.findings.begin(), evaluation.analysis.findings.end(),
                          [](const auto& f) { return f.remedy == "multi_az = true"; }));
}

}  // namespace
}  // namespace outlast
