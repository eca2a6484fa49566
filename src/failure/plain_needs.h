#pragma once

#include <cstddef>
#include <vector>

#include "blueprint/blueprint.h"
#include "failure/dependence.h"
#include "failure/reading.h"

namespace outlast::failure {

/// Who is down with something because hard needs of a single target lead there, one after another.
///
/// Where all that an event reaches has plain needs alone, whoever leads to what is hit is down for
/// exactly as long, and nobody else is: no rule need be applied to find that out. A need is plain
/// where it names one target, has no buffer, cache or switch, and draws no supply within a loop.
class PlainNeeds {
 public:
  /// in    entries  of the paths of these operations
  /// cost  linear in components and needs
  PlainNeeds(const blueprint::Blueprint& bp, const Dependence& dependence,
             blueprint::Operations operations, Reading reading,
             const std::vector<blueprint::ComponentId>& entries);

  /// Are all needs plain that take part, and does what it is down by come from them alone?
  [[nodiscard]] bool are_all_of(blueprint::ComponentId id) const { return are_all_[id.index]; }
  /// Components with a plain need of this one, once for each.
  [[nodiscard]] const std::vector<blueprint::ComponentId>& needing(
      blueprint::ComponentId id) const {
    return needing_[id.index];
  }
  /// Whom its requests ask by plain needs, in the order of these.
  [[nodiscard]] const std::vector<blueprint::ComponentId>& asked_by(
      blueprint::ComponentId id) const {
    return asked_[id.index];
  }
  /// Does an entry lead to it by plain needs?
  [[nodiscard]] bool is_entered(blueprint::ComponentId id) const { return is_entered_[id.index]; }

 private:
  std::vector<bool> are_all_;
  std::vector<std::vector<blueprint::ComponentId>> needing_;
  std::vector<std::vector<blueprint::ComponentId>> asked_;
  std::vector<bool> is_entered_;
};

}  // namespace outlast::failure
