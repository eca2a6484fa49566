#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "blueprint/scenario.h"
#include "findings/evaluation.h"

namespace outlast::replay {

/// How a day ends with all its users, where that is worse than its structure alone.
struct Weight {
  findings::Verdict survives = findings::Verdict::unknown;
  double down_s = 0;
  double down_p90_s = 0;
  double partly_s = 0;
  double users = 0;               ///< share of all requests that is lost
  std::vector<std::string> full;  ///< names of parts that are full meanwhile, the first one first
};

/// Why it ends so: a sentence on what is left, and on each part that is full.
[[nodiscard]] std::vector<std::string> reasons_of(const Weight& weight);

/// Plays a day with its users, and with hardly any. Of load only the clock knows, a room above this
/// one: it is handed in.
///
/// in   day       `until` is how long it is watched, from its time 0 on
///      survived  what the structure alone says
/// out  absent where load makes nothing worse
using Weigher = std::function<std::optional<Weight>(const blueprint::Scenario& day, double rto_s,
                                                    findings::Verdict survived)>;

}  // namespace outlast::replay
