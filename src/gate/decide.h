#pragma once

#include <optional>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "findings/evaluation.h"
#include "gate/baseline.h"
#include "gate/ignores.h"

namespace outlast::gate {

/// What makes a run fail, beside the objectives that its blueprint declares.
struct Policy {
  std::optional<findings::Severity> fail_on = findings::Severity::high;  ///< absent: no severity
  std::vector<std::string> fail_on_rules;                                ///< ids: "OUT-A001"
  std::optional<double> min_availability;
  std::optional<double> min_p_slo;  ///< how probable a year is at least that meets all objectives
};

enum class Outcome {
  passed,
  failed,
  inconclusive,  ///< asked for, and what is not known decides
  not_judged     ///< nobody asked
};

/// What the gate makes of one finding.
struct FindingState {
  bool fails = false;
  bool is_shown = true;
  bool is_known = false;                  ///< it stands in the baseline
  std::optional<std::size_t> ignored_by;  ///< index in the decision's ignores
};

/// An availability that was asked for.
struct Objective {
  std::string name;  ///< of the journey; empty: all users
  double wanted = 0;
  double value = 0, low = 0, high = 0;
  Outcome outcome = Outcome::inconclusive;
};

struct Decision {
  std::vector<Ignore> ignores;
  bool has_baseline = false;
  std::vector<BaselineEntry> fixed;    ///< in the baseline, and no longer found
  Baseline next_baseline;              ///< all findings that are not ignored
  std::vector<FindingState> findings;  ///< [findings of the analysis]
  std::vector<Outcome> survival;       ///< [rows of the analysis]
  std::vector<Objective> objectives;   ///< declared ones by journey, then the least availability
  Outcome of_findings = Outcome::not_judged;
  Outcome of_budget = Outcome::not_judged;
  Outcome of_year = Outcome::not_judged;  ///< is a year that meets all objectives probable enough
  /// Failed goes before inconclusive; not judged: nothing of the input was understood.
  Outcome outcome = Outcome::passed;
};

/// What is known of the findings beside themselves.
struct Context {
  std::vector<Ignore> ignores;
  bool shows_ignored = false;
  std::optional<Baseline> baseline;
  bool renews_baseline = false;  ///< what is found now is the baseline from now on
  base::Date today;              ///< for ignores that expire
};

/// Judges an analysis by a policy and by what the owners declared.
///
/// in      analysis  of `bp`
/// A finding of the baseline does not fail the gate; one that is fixed is a note.
/// errors  ignores that expired or match nothing: warnings to `diagnostics`
/// assumes an objective that nothing can be held against (nobody is served) is inconclusive
[[nodiscard]] Decision decide(const blueprint::Blueprint& bp, const findings::Analysis& analysis,
                              const Policy& policy, Context context,
                              base::Diagnostics& diagnostics);

[[nodiscard]] std::string_view name_of(Outcome outcome);

}  // namespace outlast::gate
