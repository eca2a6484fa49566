#pragma once

#include <vector>

#include "failure/events.h"
#include "failure/impact.h"
#include "findings/evaluation.h"

namespace outlast::pipeline {

/// How events strike a component itself.
struct Hit {
  std::size_t replicas = 0;  ///< of its own that are lost
  bool is_whole = false;     ///< all of it, wherever its replicas lie
};

/// What events strike of a component: nothing is said of what follows.
[[nodiscard]] Hit hit_of(const blueprint::Blueprint& bp, blueprint::ComponentId id,
                         const std::vector<const failure::Event*>& events);

/// In which order components stop: those that are hit first, then whoever needs them, told with the
/// need and where it stands.
///
/// in      is_down     by component: does it serve while the events last?
///         paths       who is asked about: what leads to none of them is left out
/// out     what is hit and carried by redundancy stands there too
/// cost    linear in what leads to the paths
[[nodiscard]] std::vector<findings::Step> cascade(
    const blueprint::Blueprint& bp, const std::vector<const failure::Event*>& events,
    const base::IdVector<blueprint::ComponentId, bool>& is_down,
    const std::vector<failure::Path>& paths);

/// The same of one event whose impact is known.
[[nodiscard]] std::vector<findings::Step> cascade_of(const blueprint::Blueprint& bp,
                                                     const failure::Event& event,
                                                     const failure::Impact& impact,
                                                     const std::vector<failure::Path>& paths);

}  // namespace outlast::pipeline
