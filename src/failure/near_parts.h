#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "blueprint/blueprint.h"

namespace outlast::failure {

/// The parts of components in one zone that are being worked out, each because the one before needs
/// it there, and what a circle of them comes to.
///
/// Two groups that call each other within each zone keep running there whatever becomes of them
/// elsewhere; a circle that draws supply must be fed from outside it.
/// source  the first circle decides a parity game as its infinite play does: Björklund, Sandberg &
///         Vorobyov 2004
class NearParts {
 public:
  enum class Circle { runs_on, must_be_fed };

  /// What a circle comes to that closes here, back to a part that is being worked out; absent: it is
  /// not one of them.
  [[nodiscard]] std::optional<Circle> closes(blueprint::ComponentId id, blueprint::FateGroupId zone,
                                             blueprint::EdgeKind by) const {
    const auto first = std::find_if(open_.begin(), open_.end(), [&](const Part& part) {
      return part.id == id && part.zone == zone;
    });
    if (first == open_.end()) {
      return std::nullopt;
    }
    const bool draws_supply = by == blueprint::EdgeKind::supply ||
                              std::any_of(first + 1, open_.end(), [](const Part& part) {
                                return part.by == blueprint::EdgeKind::supply;
                              });
    return draws_supply ? Circle::must_be_fed : Circle::runs_on;
  }

  void open(blueprint::ComponentId id, blueprint::FateGroupId zone, blueprint::EdgeKind by) {
    open_.push_back({id, zone, by});
  }
  void close() { open_.pop_back(); }

 private:
  struct Part {
    blueprint::ComponentId id;
    blueprint::FateGroupId zone;
    blueprint::EdgeKind by;  ///< the need that led here
  };
  std::vector<Part> open_;  ///< innermost last
};

}  // namespace outlast::failure
