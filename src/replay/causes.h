#pragma once

#include <string>

#include "blueprint/blueprint.h"
#include "replay/player.h"

namespace outlast::replay {

/// Why components lose what they lose in a played incident.
///
/// `played` is of `player` by `staging`; all three must outlive it. `asked` is what a component is
/// asked for: one and the same may lose this for one reason and that for another.
class Causes {
 public:
  Causes(const blueprint::Blueprint& bp, const Player& player, const Played& played,
         const Staging& staging)
      : bp_(bp), player_(player), played_(played), staging_(staging) {}

  /// The next cause of what a component loses at a moment.
  [[nodiscard]] std::string of(blueprint::ComponentId id, blueprint::Operations asked,
                               double at_s) const;

  /// The same without what only its beginning tells: times of day, how fast it spread.
  [[nodiscard]] std::string plainly(blueprint::ComponentId id, blueprint::Operations asked,
                                    double at_s) const {
    return cause_at(id, asked, at_s).text;
  }

  /// The last one of the chain: what was hit itself, or the way to it; empty where it never loses
  /// anything.
  [[nodiscard]] std::string root_of(blueprint::ComponentId id, blueprint::Operations asked) const;

  /// What happens on the way of a need to a target of it; empty where nothing does.
  [[nodiscard]] std::string on_the_way(const blueprint::Need& need, blueprint::ComponentId target,
                                       blueprint::Operations asked, double at_s) const;

  /// Why a soft need is not met: what those do without who have it.
  [[nodiscard]] std::string unmet(const Beside& beside) const;

 private:
  struct Cause {
    std::string text;
    std::string detail = {};           ///< for stories, not for what is told in a line
    blueprint::ComponentId next = {};  ///< whose loss it is in turn; absent where it begins here
    blueprint::Operations asked = blueprint::kAllOperations;  ///< of that one
  };

  [[nodiscard]] const Timeline& lost(blueprint::ComponentId id, blueprint::Operations asked) const {
    return played_.states.at(asked)[id];
  }
  [[nodiscard]] Cause cause_at(blueprint::ComponentId id, blueprint::Operations asked,
                               double at_s) const;
  [[nodiscard]] Cause own_cause(blueprint::ComponentId id, blueprint::Operations asked, double at_s,
                                double share) const;
  [[nodiscard]] Cause struck_cause(blueprint::ComponentId id, double at_s) const;
  [[nodiscard]] bool is_struck(const Struck& struck, double at_s) const;
  [[nodiscard]] bool too_few_are_left(blueprint::ComponentId id, double at_s) const;
  [[nodiscard]] Cause overload_cause(blueprint::ComponentId id, double at_s, double share) const;
  [[nodiscard]] Cause need_cause(const blueprint::Need& need, blueprint::Operations asked,
                                 double at_s, double share) const;
  [[nodiscard]] std::string switch_text(const blueprint::Need& need, blueprint::Operations asked,
                                        double at_s) const;
  [[nodiscard]] const incidents::Phase* phase_on_the_way(const blueprint::Need& need,
                                                         blueprint::ComponentId target,
                                                         blueprint::Operations asked,
                                                         double at_s) const;
  [[nodiscard]] std::string way_cause(const blueprint::Need& need, blueprint::ComponentId target,
                                      blueprint::Operations asked, double at_s) const;

  const blueprint::Blueprint& bp_;
  const Player& player_;
  const Played& played_;
  const Staging& staging_;
};

}  // namespace outlast::replay
