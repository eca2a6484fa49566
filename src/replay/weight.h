#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"
#include "findings/evaluation.h"
#include "replay/timeline.h"

namespace outlast::replay {

/// What one path loses of a day that was weighed.
struct PathWeight {
  Timeline lost;
  Timeline partly;  ///< 1 while something is lost, or users go without something
};

/// A part that is full meanwhile.
struct FullPart {
  std::string id;  ///< of the component; of a part of it, with what tells it apart
  std::string name;
  blueprint::ComponentId component;
  Timeline lost;  ///< of what comes to it; never, where it is in doubt
};

/// How a day ends with all its users, where that is worse than its structure alone.
struct Weight {
  findings::Verdict survives = findings::Verdict::unknown;
  double down_s = 0;
  double down_p90_s = 0;
  double users = 0;                 ///< share of all requests that is lost
  std::vector<FullPart> full = {};  ///< the first one first
  std::vector<PathWeight> paths =
      {};                  ///< of failure::list_paths, since the day began; none in doubt
  bool is_beyond = false;  ///< too much for the clock: its structure alone has spoken
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
