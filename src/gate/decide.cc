#include "gate/decide.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "findings/asked.h"

namespace outlast::gate {

using base::Truth;
using findings::Analysis;
using findings::Finding;
using findings::SurvivalRow;

namespace {

bool fails(const Finding& finding, const Policy& policy) {
  const auto& rules = policy.fail_on_rules;
  return (policy.fail_on && finding.severity <= *policy.fail_on) ||
         std::find(rules.begin(), rules.end(), finding.rule) != rules.end();
}

Outcome outcome_of(const std::optional<Truth>& is_met) {
  if (!is_met) {
    return Outcome::not_judged;
  }
  return *is_met == Truth::yes  ? Outcome::passed
         : *is_met == Truth::no ? Outcome::failed
                                : Outcome::inconclusive;
}

/// What the policy asks for of all users beside what is declared; inconclusive where nobody is served.
Objective least_availability(double wanted, const Analysis& analysis) {
  Objective objective{"", wanted, 0, 0, 1, Outcome::inconclusive};
  if (const auto& all = analysis.availability) {
    objective.value = all->value;
    objective.low = all->low;
    objective.high = all->high;
    const auto met = findings::is_met(all->low, all->high, wanted);
    objective.outcome = !met ? Outcome::inconclusive : *met ? Outcome::passed : Outcome::failed;
  }
  return objective;
}

std::vector<Objective> objectives_of(const blueprint::Blueprint& bp, const Analysis& analysis,
                                     const Policy& policy) {
  std::vector<Objective> objectives;
  for (const auto& asked : findings::asked_availability(bp, analysis)) {
    objectives.push_back({asked.journey, asked.wanted, asked.value, asked.low, asked.high,
                          outcome_of(asked.is_met)});
  }
  if (policy.min_availability) {
    objectives.push_back(least_availability(*policy.min_availability, analysis));
  }
  return objectives;
}

/// Whether a year that meets all declared objectives is as probable as asked. Inconclusive where
/// none is declared, where the years sampled are too few to tell, and where what is not known decides
/// one of them.
Outcome of_year(const Policy& policy, const Analysis& analysis,
                const std::vector<Objective>& objectives) {
  if (!policy.min_p_slo) {
    return Outcome::not_judged;
  }
  const auto* next = analysis.availability && analysis.availability->next_year
                         ? &*analysis.availability->next_year
                         : nullptr;
  if (next == nullptr || !next->p_objective_met) {
    return Outcome::inconclusive;
  }
  if (next->p_objective_met->high < *policy.min_p_slo) {
    return Outcome::failed;
  }
  const bool is_open =
      next->p_objective_met->low < *policy.min_p_slo ||
      std::any_of(objectives.begin(), objectives.end(), [](const Objective& objective) {
        return objective.outcome == Outcome::inconclusive;
      });
  return is_open ? Outcome::inconclusive : Outcome::passed;
}

/// The worst of what was asked for.
Outcome sum_up(const Decision& decision) {
  std::vector<Outcome> all = decision.survival;
  all.push_back(decision.of_findings);
  all.push_back(decision.of_budget);
  all.push_back(decision.of_year);
  for (const Objective& objective : decision.objectives) {
    all.push_back(objective.outcome);
  }
  for (const Outcome bad : {Outcome::failed, Outcome::inconclusive}) {
    if (std::find(all.begin(), all.end(), bad) != all.end()) {
      return bad;
    }
  }
  return Outcome::passed;
}

/// What of the baseline is no longer found.
std::vector<BaselineEntry> fixed_of(const Baseline& baseline, const Analysis& analysis,
                                    base::Diagnostics& diagnostics) {
  std::set<std::string_view> found;
  for (const Finding& finding : analysis.findings) {
    found.insert(finding.fingerprint);
  }
  std::vector<BaselineEntry> fixed;
  std::vector<std::string> told;
  for (const auto& [fingerprint, entry] : baseline) {
    if (!found.contains(fingerprint)) {
      fixed.push_back(entry);
      told.push_back(fmt::format("{} {}", entry.rule, entry.title));
    }
  }
  if (!fixed.empty()) {
    diagnostics.add({base::DiagnosticSeverity::note,
                     "",
                     {},
                     "fixed since the baseline: " + base::join_words(told, 5),
                     "--update-baseline drops what is fixed from it"});
  }
  return fixed;
}

/// What stands of one finding.
FindingState state_of(const Finding& finding, const Policy& policy, const Context& context,
                      std::optional<std::size_t> ignored_by) {
  FindingState state;
  state.ignored_by = ignored_by;
  state.is_shown = !ignored_by || context.shows_ignored;
  state.is_known = context.renews_baseline ||
                   (context.baseline && context.baseline->contains(finding.fingerprint));
  state.fails = !ignored_by && !state.is_known && fails(finding, policy);
  return state;
}

/// Is there anything that a verdict can rest on?
bool is_understood(const blueprint::Blueprint& bp) {
  const auto& coverage = bp.coverage();
  return !bp.components().empty() && (coverage.resources == 0 || coverage.understood > 0);
}

}  // namespace

Decision decide(const blueprint::Blueprint& bp, const Analysis& analysis, const Policy& policy,
                Context context, base::Diagnostics& diagnostics) {
  Decision decision;
  decision.has_baseline = context.baseline.has_value();
  if (context.baseline) {
    decision.fixed = fixed_of(*context.baseline, analysis, diagnostics);
  }
  const auto hidden =
      match_ignores(bp, analysis.findings, context.ignores, context.today, diagnostics);
  bool some_fail = false;
  for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
    const Finding& finding = analysis.findings[i];
    decision.findings.push_back(state_of(finding, policy, context, hidden[i]));
    some_fail = some_fail || decision.findings.back().fails;
    if (!hidden[i]) {
      decision.next_baseline.insert(entry_of(finding));
    }
  }
  decision.ignores = std::move(context.ignores);
  if (policy.fail_on || !policy.fail_on_rules.empty()) {
    decision.of_findings = some_fail ? Outcome::failed : Outcome::passed;
  }
  for (const SurvivalRow& row : analysis.survival) {
    decision.survival.push_back(outcome_of(findings::is_recovered(bp, row)));
  }
  decision.objectives = objectives_of(bp, analysis, policy);
  decision.of_budget = outcome_of(findings::is_within_budget(analysis));
  decision.of_year = of_year(policy, analysis, decision.objectives);
  decision.outcome = sum_up(decision);
  if (!is_understood(bp)) {
    decision.of_findings = decision.outcome = Outcome::not_judged;
  }
  return decision;
}

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return "passed";
    case Outcome::failed:
      return "failed";
    case Outcome::inconclusive:
      return "inconclusive";
    case Outcome::not_judged:
      break;
  }
  return "not judged";
}

}  // namespace outlast::gate
