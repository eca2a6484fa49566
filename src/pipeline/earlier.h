#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// The analysis of an architecture of which components were changed since: how many replicas they
/// have, where they lie, what they need there. What it refers to must outlive its use.
struct Earlier {
  const blueprint::Blueprint& bp;
  const Cases& cases;
  std::vector<blueprint::ComponentId> changed;
};

/// Which events do what they did before: those of one component on which nothing that was changed
/// rests, whatever the need. What such an event reaches is as it was, and so are its draws.
class Unchanged {
 public:
  /// in    bp  the changed architecture, with the same components in the same order
  /// cost  linear in events, and in what the changed components rest on
  Unchanged(const blueprint::Blueprint& bp, const Earlier& earlier);

  /// The event of the earlier analysis that does the same; absent: it has to be looked at again.
  [[nodiscard]] failure::EventId same_as(const failure::Event& event) const;

 private:
  void mark_below(const blueprint::Blueprint& bp);

  const Earlier& earlier_;
  std::vector<bool> is_below_;  ///< by component: the changed ones, and what they rest on
  /// By component, kind and replica.
  std::map<std::pair<blueprint::ComponentId, std::pair<failure::EventKind, std::size_t>>,
           failure::EventId>
      known_;
};

}  // namespace outlast::pipeline
