// How much each thing that may fail matters, against a diagram's importances by hand.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/file_source.h"
#include "pipeline/pipeline.h"
#include "support/analysed.h"
#include "support/lab.h"
#include "support/root.h"

namespace outlast {
namespace {

using support::analysed;
using support::kQ;
using support::lab;
using support::part;

const findings::Importance& of(const findings::Analysis& analysis, const std::string& event) {
  const auto& worst = analysis.importances.worst;
  const auto found =
      std::find_if(worst.begin(), worst.end(), [&](const auto& one) { return one.event == event; });
  EXPECT_NE(found, worst.end()) << event;
  return *found;
}

TEST(Importances, AreThoseOfTheStructure) {
  // Down: A, or B and C. P = q + (1 − q) q².
  const auto analysis =
      analysed(lab(part("A", "needs: [{any_of: [B, C]}]") + part("B", "") + part("C", "")));
  const double p = kQ + (1 - kQ) * kQ * kQ;
  const auto& a = of(analysis, "A fails");
  EXPECT_NEAR(a.birnbaum, 1 - kQ * kQ, 1e-9);
  EXPECT_NEAR(a.raw, 1 / p, 1e-6 / p);
  EXPECT_NEAR(a.fussell_vesely, (p - kQ * kQ) / p, 1e-9);
  const auto& b = of(analysis, "B fails");
  EXPECT_NEAR(b.birnbaum, (1 - kQ) * kQ, 1e-9);
  EXPECT_NEAR(b.fussell_vesely, (p - kQ) / p, 1e-9);
  EXPECT_EQ(b.component, "B");
}

TEST(Importances, TellAllOfTheDowntimeTheWorstFirst) {
  const auto analysis =
      analysed(lab(part("A", "replicas: 3, at_least: 2, needs: [B]") +
                   part("B", "needs: [{any_of: [C, D]}]") + part("C", "") + part("D", "")));
  double sum = 0;
  double before = INFINITY;
  for (const auto& one : analysis.importances.worst) {
    sum += one.minutes;
    EXPECT_LE(one.minutes, before);
    before = one.minutes * (1 + 1e-9);
  }
  const double all = (1 - analysis.availability->value) * base::kMinutesPerYear;
  EXPECT_NEAR(sum, all, 1e-6 * all);
  EXPECT_EQ(analysis.importances.worst.front().event, "B fails");
}

TEST(Importances, OfReplicasThatWeighTheSameAreOne) {
  const auto analysis = analysed(lab(part("A", "replicas: 4, at_least: 3")));
  ASSERT_EQ(analysis.importances.count, 1U);
  EXPECT_EQ(analysis.importances.worst.front().alike, 4U);
}

TEST(SingleFaults, AreThoseThatStopUsersAlone) {
  const auto analysis =
      analysed(lab(part("A", "needs: [{any_of: [B, C]}]") + part("B", "") + part("C", "")));
  const auto& faults = analysis.resilience.single_faults;
  ASSERT_EQ(faults.count, 1U);
  EXPECT_EQ(faults.worst[0].events, std::vector<std::string>{"A fails"});
  EXPECT_NEAR(faults.worst[0].share_of_time, kQ, 1e-12);
}

TEST(SingleFaults, AddUpToWhatTheyCauseWhereAShockHitsInPart) {
  const std::string shop = support::project_root() + "/examples/shop/";
  const auto run =
      pipeline::evaluate({shop + "plan.json", shop + "overlay.yaml"}, base::DiskFiles(), {});
  std::size_t compared = 0;
  for (const auto& fault : run.analysis.resilience.single_faults.worst) {
    for (const auto& one : run.analysis.importances.worst) {
      if (one.event == fault.events.front()) {
        EXPECT_NEAR(fault.users * fault.share_of_time * base::kMinutesPerYear, one.minutes,
                    0.03 * one.minutes)  // ways to hit share hits
            << one.event;
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 10U);
  const auto& resilience = run.analysis.resilience;
  const double all = (1 - run.analysis.availability->value) * base::kMinutesPerYear;
  EXPECT_NEAR(resilience.single_faults.minutes + resilience.double_faults.minutes, all, 0.02 * all)
      << "the rest is switching";
}

}  // namespace
}  // namespace outlast
