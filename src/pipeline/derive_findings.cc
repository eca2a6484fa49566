#include "pipeline/derive_findings.h"

#include <algorithm>
#include <tuple>

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
  find_data_risks(maker);
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
  const auto minutes = [](const Finding& finding) {
    return -base::as_printed(finding.downtime_minutes_per_year);
  };
  std::stable_sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) {
    return std::tuple(a.severity, minutes(a), a.rule, a.components) <
           std::tuple(b.severity, minutes(b), b.rule, b.components);
  });
}

}  // namespace outlast::pipeline
