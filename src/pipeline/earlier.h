#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// The analysis of an architecture of which one component was changed since: how many replicas it
/// has, where they lie, what they need there. All three must outlive its use.
struct Earlier {
  const blueprint::Blueprint& bp;
  const Cases& cases;
  blueprint::ComponentId changed;
};

/// Which events do what they did before: those of one component on which nothing that was changed
/// rests, whatever the need. What such an event reaches is as it was, and so are its draws.
class Unchanged {
 public:
  /// in    bp  the changed architecture, with the same components in the same order
  /// cost  linear in events, and in what the changed component rests on
  Unchanged(const blueprint::Blueprint& bp, const Earlier& earlier);

  /// The event of the earlier analysis that does the same; absent: it has to be looked at again.
  [[nodiscard]] failure::EventId same_as(const failure::Event& event) const;

 private:
  void mark_below(const blueprint::Blueprint& bp);

  const Earlier& earlier_;
  std::vector<bool> is_below_;  ///< by component: the changed one, and what that rests on
  /// By component, kind and replica.
  std::map<std::pair<blueprint::ComponentId, std::pair<failure::EventKind, std::size_t>>,
           failure::EventId>
      known_;
};

}  // namespace outlast::pipeline
