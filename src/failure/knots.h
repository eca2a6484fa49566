#pragma once

#include <cstddef>
#include <vector>

#include "blueprint/blueprint.h"
#include "failure/dependence.h"

namespace outlast::failure {

/// Members of a loop that hard calls alone tie together, round in a circle: any of them is down
/// exactly while all of them are. A knot is settled as one; a loop of a thousand services that call
/// each other is then looked at once instead of a thousand times.
///
/// A call ties where it names one target, has no buffer, no switch, supplies nothing, and takes
/// part in the reading. The rest of a loop (alternatives, buffers, supply) runs between knots.
/// source  the least fixed point is the same after equal unknowns are made one
class Knots {
 public:
  struct Loop {
    std::vector<std::vector<blueprint::ComponentId>> knots;
    std::vector<bool> looks_at_itself;  ///< by knot: through more than what ties it
    bool draws_supply_inside = false;   ///< a member draws supply, or its switch, from another
    bool sees_far = false;  ///< a member has local needs: it may look past its own needs
  };

  /// in    with_inferred  do needs that are only inferred take part?
  /// cost  linear in components and needs
  Knots(const blueprint::Blueprint& bp, const Dependence& dependence,
        blueprint::Operations operations, bool with_inferred);

  /// Knots of a loop of `dependence`; none for what is in no loop.
  [[nodiscard]] const Loop& of_loop(std::size_t loop) const { return loops_[loop]; }
  /// Index of a component's knot in its loop.
  [[nodiscard]] std::size_t knot_of(blueprint::ComponentId id) const { return knot_of_[id.index]; }
  [[nodiscard]] bool has_local_needs(blueprint::ComponentId id) const {
    return has_local_needs_[id.index];
  }
  /// Is this need one of those that tie a knot?
  [[nodiscard]] bool ties(blueprint::NeedId id) const { return ties_[id.index]; }

 private:
  void tie(const blueprint::Blueprint& bp, const Dependence& dependence,
           blueprint::Operations operations, bool with_inferred);
  void look_inside(const blueprint::Blueprint& bp, const Dependence& dependence, std::size_t loop);

  std::vector<Loop> loops_;
  std::vector<std::size_t> knot_of_;
  std::vector<bool> ties_;
  std::vector<bool> has_local_needs_;
};

}  // namespace outlast::failure
