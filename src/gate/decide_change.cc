#include "gate/decide_change.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"

namespace outlast::gate {

using base::Truth;
using findings::Comparison;

namespace {

class ChangeJudge {
 public:
  ChangeJudge(const Comparison& comparison, const ChangePolicy& policy)
      : comparison_(comparison), policy_(policy) {}

  ChangeDecision decide() {
    judge_findings();
    judge_objectives();
    judge_lost();
    judge_renames();
    judge_removed();
    judge_cost();
    judge_downtime();
    return std::move(out_);
  }

 private:
  void add(Outcome outcome, std::string reason) {
    out_.outcome = out_.outcome == Outcome::failed ? Outcome::failed : outcome;
    out_.reasons.push_back(std::move(reason));
  }

  void judge_findings() {
    if (!policy_.fail_on) {
      return;
    }
    const auto& all = comparison_.findings;
    const auto count = std::count_if(all.begin(), all.end(), [&](const auto& change) {
      return change.is_new && change.finding.severity <= *policy_.fail_on;
    });
    if (count > 0) {
      add(Outcome::failed, fmt::format("{} new finding{} of severity {} or worse", count,
                                       count == 1 ? "" : "s", findings::name_of(*policy_.fail_on)));
    }
  }

  /// What was missed, or open, in the base already is none of the change's.
  void judge_objectives() {
    for (const auto& [what, base, head] : comparison_.objectives) {
      if (!head || !head->is_met) {
        continue;
      }
      const bool was_missed = base && base->is_met == Truth::no;
      if (head->is_met == Truth::no && !was_missed) {
        add(Outcome::failed, fmt::format("{} {} is missed", what, head->wanted));
      } else if (head->is_met == Truth::unknown && (!base || base->is_met == Truth::yes)) {
        add(Outcome::inconclusive,
            fmt::format("whether {} {} is met is not known", what, head->wanted));
      }
    }
  }

  void judge_lost() {
    if (!comparison_.lost.empty()) {
      const auto& first = comparison_.lost.front();
      add(Outcome::inconclusive, fmt::format("{} names {}, and what that costs users is not known",
                                             first.name, first.what));
    }
  }

  void judge_renames() {
    for (const auto& rename : comparison_.renames) {
      if (rename.risks_data) {
        add(Outcome::inconclusive,
            fmt::format("{} may be deleted with its data and made anew as {}", rename.from,
                        rename.to));
        return;
      }
    }
  }

  void judge_removed() {
    const auto& all = comparison_.components;
    const auto lost =
        std::find_if(all.begin(), all.end(), [](const auto& change) { return change.loses_data; });
    if (lost != all.end()) {
      add(Outcome::inconclusive, lost->name + " is deleted with its data");
    }
  }

  void judge_cost() {
    if (!policy_.max_cost_delta) {
      return;
    }
    const auto more = comparison_.more_known_cost();
    const auto& costs = comparison_.costs;
    const auto open = std::find_if(costs.begin(), costs.end(),
                                   [](const auto& change) { return !change.is_known; });
    if (more > *policy_.max_cost_delta) {
      add(Outcome::failed,
          fmt::format("{} a month more, allowed are {}", findings::money_text(more),
                      findings::money_text(*policy_.max_cost_delta)));
    } else if (open != costs.end()) {
      add(Outcome::inconclusive, "what " + open->of + " costs is not known");
    }
  }

  void judge_downtime() {
    if (!policy_.max_downtime_minutes) {
      return;
    }
    const auto more = comparison_.more_downtime_minutes();
    if (!more) {
      add(Outcome::inconclusive, "nothing serves users in one of both: downtime has no number");
    } else if (*more > *policy_.max_downtime_minutes) {
      add(Outcome::failed,
          fmt::format("{} a year longer down, allowed are {}", base::format_duration({*more * 60}),
                      base::format_duration({*policy_.max_downtime_minutes * 60})));
    }
  }

  const Comparison& comparison_;
  const ChangePolicy& policy_;
  ChangeDecision out_;
};

}  // namespace

ChangeDecision decide_change(const Comparison& comparison, const ChangePolicy& policy) {
  return ChangeJudge(comparison, policy).decide();
}

}  // namespace outlast::gate
