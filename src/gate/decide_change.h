#pragma once

#include <optional>
#include <string>
#include <vector>

#include "findings/comparison.h"
#include "gate/decide.h"

namespace outlast::gate {

/// What a change must not bring about.
struct ChangePolicy {
  std::optional<findings::Severity> fail_on = findings::Severity::high;  ///< of new findings
  std::optional<base::Money> max_cost_delta;                             ///< more a month
  std::optional<double> max_downtime_minutes;                            ///< more a year
};

struct ChangeDecision {
  Outcome outcome = Outcome::passed;
  std::vector<std::string> reasons;  ///< what fails or cannot be decided, in words
};

/// Judges a change. Failed goes before inconclusive.
///
/// An objective that the head misses fails it, unless the base missed it too; so does one that is new
/// and missed. Where it is open whether the head meets what the base met, or is new, it is inconclusive.
/// A cost is exceeded where what is known exceeds it; it is kept only where no line without a price
/// or use decides the difference of a component, and is inconclusive else. The downtime is judged by
/// its value, and is inconclusive where one of both serves nobody. So is all where the head names
/// what no input holds, and the base did not, and where a store is gone, or has another name that
/// nobody stated.
[[nodiscard]] ChangeDecision decide_change(const findings::Comparison& comparison,
                                           const ChangePolicy& policy);

}  // namespace outlast::gate
