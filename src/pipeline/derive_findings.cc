#include "pipeline/derive_findings.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/as_printed.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using findings::Finding;

std::vector<Finding> derive_findings(const blueprint::Blueprint& bp,
                                     const catalog::Catalog& catalog, const Cases& cases,
                                     const std::vector<failure::Path>& paths,
                                     const KnownResults& known, const Intruder& intruder) {
  FindingMaker maker(bp, catalog, cases, paths, known);
  find_single_points(maker);
  find_none_running(maker);
  find_data_risks(intruder, maker);
  find_wide_dependences(maker);
  find_idle_switches(maker);
  find_stuck_starts(maker);
  find_recoveries(maker);
  find_rollouts(maker);
  find_refused_calls(intruder, maker);
  find_marks(maker);
  find_lifetimes(maker);
  find_attacks(intruder, maker);
  find_ransom(intruder, maker);
  find_secrets(maker);
  auto found = maker.take();
  rank(found);
  return found;
}

void rank(std::vector<Finding>& findings) {
  struct Ranked {
    Finding finding;
    double minutes;
  };
  std::vector<Ranked> ranked;
  ranked.reserve(findings.size());
  for (Finding& finding : findings) {
    const double minutes = base::as_printed(finding.downtime_minutes_per_year);
    ranked.push_back({std::move(finding), minutes});
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    return std::tie(a.finding.severity, b.minutes, a.finding.rule, a.finding.components) <
           std::tie(b.finding.severity, a.minutes, b.finding.rule, b.finding.components);
  });
  std::transform(ranked.begin(), ranked.end(), findings.begin(),
                 [](Ranked& one) { return std::move(one.finding); });
}

}  // namespace outlast::pipeline
