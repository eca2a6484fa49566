#pragma once

#include <string_view>
#include <vector>

#include "blueprint/blueprint.h"
#include "failure/impact.h"
#include "findings/evaluation.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// How a habit is measured, and from where on it is good, or partly there.
struct HabitMeasure {
  std::string_view name;  ///< as the JSON report has it
  std::string_view formula;
  double good;
  double partly;
  findings::Habit findings::Habits::*habit;
};

inline constexpr HabitMeasure kHabitMeasures[] = {
    {"assumes_failure", "single faults that are survived / single faults that touch users", 0.9,
     0.5, &findings::Habits::assumes_failure},
    {"spread_out",
     "share of users whom no loss of one zone stops, the same of one region and of one provider: "
     "their mean",
     0.66, 0.33, &findings::Habits::spread_out},
    {"rolls_out_in_steps",
     "1 − mean share of users whom a bad change reaches, over changes by their users", 0.5, 0.25,
     &findings::Habits::rolls_out_in_steps},
    {"loosely_coupled",
     "share of what entries rest on whose loss a soft need, a buffer or an alternative holds up, "
     "over entries by their users",
     0.5, 0.25, &findings::Habits::loosely_coupled},
};

/// Is it one thing that fails and comes back: a server, a place, a service, a name, a third party?
[[nodiscard]] bool is_single_fault(const findings::Instance& instance);

/// Does the failure of what is needed pass on at once?
[[nodiscard]] bool passes_failures_on(const blueprint::Need& need);

/// Grades the four habits of architectures that survive, each by a quantity.
///
/// in      cases      every event, judged
///         instances  of `list_instances`
/// out     a value within [0, 1] and a grade; no value and `unknown` where what is not known
///         decides the grade, or where no engine measures it yet
/// source  docs/model.md, habits
[[nodiscard]] findings::Habits grade_habits(const blueprint::Blueprint& bp, const Cases& cases,
                                            const std::vector<findings::Instance>& instances,
                                            const std::vector<failure::Path>& paths);

/// Whose loss stops how many of the users: every provider and third party, the widest first.
[[nodiscard]] std::vector<findings::VendorShare> list_vendors(
    const blueprint::Blueprint& bp, const Cases& cases, const std::vector<failure::Path>& paths);

}  // namespace outlast::pipeline
