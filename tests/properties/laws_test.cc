// Laws that hold for every architecture, tried on random ones.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "agree/random_blueprint.h"
#include "pipeline/availability.h"
#include "pipeline/pipeline.h"
#include "report/report.h"
#include "support/analysed.h"

namespace outlast {
namespace {

using agree::random_blueprint;
using failure::EventId;

/// The random architecture, or nothing where its loops can never run.
std::optional<blueprint::Blueprint> runnable(const std::string& yaml) {
  base::MemoryFiles files({{"a.yaml", yaml}});
  auto evaluation = pipeline::evaluate({"a.yaml"}, files, {.tries_fixes = false});
  return evaluation.diagnostics.has_errors() ? std::nullopt : std::move(evaluation.blueprint);
}

struct Numbers {
  explicit Numbers(const blueprint::Blueprint& bp) {
    const failure::Dependence dependence(bp);
    const auto& catalog = catalog::Catalog::built_in();
    const auto paths = failure::list_paths(bp);
    const auto cases = pipeline::judge_all(bp, catalog, dependence, paths,
                                           failure::list_events(bp, catalog), {1, 1});
    result = pipeline::availability_of(bp, catalog, dependence, cases, paths, {});
  }
  pipeline::AvailabilityResult result;
};

RC_GTEST_PROP(Attribution, OfDowntimeToEventsSumsUp, ()) {
  const auto bp = runnable(*random_blueprint());
  RC_PRE(bp.has_value());
  const Numbers numbers(*bp);
  const auto& minutes = numbers.result.minutes_of_event.items();
  const double sum = std::accumulate(minutes.begin(), minutes.end(), 0.0);
  const double total = (1 - numbers.result.availability.value) * base::kMinutesPerYear;
  RC_ASSERT(std::abs(sum - total) <= 1e-9 * total + 1e-9);
}

RC_GTEST_PROP(Interval, HoldsTheValue, ()) {
  const auto bp = runnable(*random_blueprint());
  RC_PRE(bp.has_value());
  const auto availability = Numbers(*bp).result.availability;
  RC_ASSERT(availability.low <= availability.value + 1e-15);
  RC_ASSERT(availability.value <= availability.high + 1e-15);
}

RC_GTEST_PROP(Dilution, UnrelatedComponentsChangeNothing, ()) {
  const std::string yaml = *random_blueprint();
  RC_PRE(runnable(yaml).has_value());
  std::string diluted = yaml;
  for (int i = 0; i < 37; ++i) {
    diluted += "  bucket" + std::to_string(i) + ": {type: aws.s3, region: us-east-1}\n";
  }
  const auto before = support::analysed(yaml);
  const auto after = support::analysed(diluted);
  RC_ASSERT(before.availability->value == after.availability->value);
  for (std::size_t i = 0; i < before.survival.size(); ++i) {
    if (before.survival[i].worst_case == "data_deleted") {
      continue;  // of a store that nobody is seen to use nobody knows whom it serves
    }
    RC_ASSERT(before.survival[i].survives == after.survival[i].survives);
    RC_ASSERT(before.survival[i].scope == after.survival[i].scope);
    RC_ASSERT(before.survival[i].data.kind == after.survival[i].data.kind);
  }
  RC_ASSERT(before.findings.size() == after.findings.size());
  for (std::size_t i = 0; i < before.findings.size(); ++i) {
    RC_ASSERT(before.findings[i].severity == after.findings[i].severity);
    RC_ASSERT(before.findings[i].fingerprint == after.findings[i].fingerprint);
  }
}

TEST(Dilution, StoresOfUnknownPlaceThatNobodyUsesLeaveTheIntervalAsItIs) {
  std::string yaml = R"(outlast: 1
journeys: {j: {enters: web}}
components:
  web: {type: aws.ec2, region: us-west-2, zones: [us-west-2a, us-west-2b], replicas: 2, needs: [x, y]}
  x: {type: aws.rds.postgres, region: us-west-2}
  y: {type: aws.rds.postgres, region: us-west-2}
)";
  const auto before = support::analysed(yaml);
  for (const char* name : {"a", "b", "c", "d"}) {
    yaml += std::string("  ") + name + ": {type: aws.rds.postgres, region: us-west-2}\n";
  }
  yaml += "  e: {type: aws.rds.postgres, region: us-west-2, zones: [us-west-2c]}\n";
  const auto after = support::analysed(yaml);
  EXPECT_EQ(before.availability->low, after.availability->low);
  EXPECT_EQ(before.availability->high, after.availability->high);
  EXPECT_EQ(before.availability->range_exactness, after.availability->range_exactness);
}

RC_GTEST_PROP(Redundancy, OneReplicaMoreNeverHurtsTheStructure, ()) {
  const std::string yaml = *random_blueprint();
  const auto bp = runnable(yaml);
  RC_PRE(bp.has_value());
  // A gets as many replicas again in the same zones, and needs no more of them than before. One that
  // lies in one zone of several would get other places too: what needs it locally is then tied to
  // the one in its own zone.
  const auto& first = (*bp)[blueprint::ComponentId(0)].replicas;
  RC_PRE(std::all_of(first.begin(), first.end(), [&](const auto& replica) {
    return !replica.zone.exists() || (*bp)[replica.zone].candidates.empty();
  }));
  const auto at = yaml.find("replicas: ");
  std::string richer = yaml;
  const int replicas = yaml[at + 10] - '0';
  richer[at + 10] = static_cast<char>('0' + 2 * replicas);
  const auto better = runnable(richer);
  RC_PRE(better.has_value());
  RC_ASSERT(Numbers(*better).result.availability.value >=
            Numbers(*bp).result.availability.value - 1e-12);
}

/// The random architecture with `key: value` beside every component's figures.
std::string with_each(const std::string& yaml, const std::string& added) {
  const std::string mark = "failure: {every: 30d, repair: 40h}";
  std::string out = yaml;
  for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + 1)) {
    out.insert(at + mark.size(), ", " + added);
  }
  return out;
}

RC_GTEST_PROP(Coverage, OfFewerFaultsNeverHelps, ()) {
  const std::string yaml = *random_blueprint();
  const auto all = runnable(yaml);
  RC_PRE(all.has_value());
  const auto most = runnable(with_each(yaml, "switching: {coverage: 99%, freed: 2h}"));
  const auto fewer = runnable(with_each(yaml, "switching: {coverage: 90%, freed: 2h}"));
  const double at_most = Numbers(*most).result.availability.value;
  RC_ASSERT(at_most <= Numbers(*all).result.availability.value + 1e-12);
  RC_ASSERT(Numbers(*fewer).result.availability.value <= at_most + 1e-12);
}

RC_GTEST_PROP(Report, IsTheSameOnAnyNumberOfThreads, ()) {
  const std::string yaml = *random_blueprint();
  base::MemoryFiles files({{"a.yaml", yaml}});
  const auto report = [&](std::size_t threads) {
    const auto evaluation = pipeline::evaluate({"a.yaml"}, files, {.threads = threads});
    if (!evaluation.blueprint || evaluation.diagnostics.has_errors()) {
      return std::string();
    }
    base::Diagnostics diagnostics;
    const auto decision =
        gate::decide(*evaluation.blueprint, evaluation.analysis, {}, {}, diagnostics);
    return report::to_json({*evaluation.blueprint,
                            evaluation.analysis,
                            evaluation.fixes,
                            evaluation.sources,
                            decision,
                            {},
                            evaluation.seed,
                            ""});
  };
  RC_ASSERT(report(1) == report(3));
}

}  // namespace
}  // namespace outlast
