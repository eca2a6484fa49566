#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/truth.h"
#include "blueprint/blueprint.h"
#include "findings/evaluation.h"

/// What the owners ask for, and how it stands: the one list that gates and comparisons go by.
namespace outlast::findings {

/// An availability that is asked for of one journey.
struct AskedAvailability {
  std::string journey;  ///< empty: of all users, where nobody comes in anywhere
  double wanted = 0;
  double value = 0, low = 0, high = 1;  ///< nobody is served: anything
  base::Truth is_met = base::Truth::unknown;
};

/// The objective of the whole holds for every journey; a journey's own goes before it.
[[nodiscard]] std::vector<AskedAvailability> asked_availability(const blueprint::Blueprint& bp,
                                                                const Analysis& analysis);

/// A class of faults that service and data must be back after.
struct AskedRecovery {
  blueprint::FaultClass fault_class;
  blueprint::RecoveryObjective wanted;
  base::Truth is_met = base::Truth::yes;  ///< as the worst of its rows; one that strikes nothing is
};
[[nodiscard]] std::vector<AskedRecovery> asked_recovery(const blueprint::Blueprint& bp,
                                                        const Analysis& analysis);

/// Does a row of the survival table meet what is asked of its class? Absent where nothing is asked
/// or nothing is struck.
[[nodiscard]] std::optional<base::Truth> is_recovered(const blueprint::Blueprint& bp,
                                                      const SurvivalRow& row);

/// Is a month paid for with what it may cost? Absent where no budget is declared.
[[nodiscard]] std::optional<base::Truth> is_within_budget(const Analysis& analysis);

}  // namespace outlast::findings
