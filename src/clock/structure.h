#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"
#include "clock/damage.h"
#include "failure/dependence.h"
#include "replay/timeline.h"

namespace outlast::clock {

using replay::Timeline;
using States = base::IdVector<blueprint::ComponentId, Timeline>;

/// What a scenario's damage takes over time.
struct Losses {
  std::vector<Timeline> wounds;   ///< by wound
  std::vector<Timeline> severed;  ///< by severance
  std::vector<Timeline> frozen;   ///< by freeze: all, while it holds
  /// By wound: when its replica runs elsewhere, and what it needed where it lay no longer matters;
  /// infinite: it does not.
  std::vector<double> moved_s;
};

/// What components lose because of what they need: the rules of `failure::Running` over timelines.
class Structure {
 public:
  /// in  called  needs whose failing calls the engine works out itself
  Structure(const blueprint::Blueprint& bp, const failure::Dependence& dependence,
            const Damage& damage, const std::set<blueprint::NeedId>& called);

  /// What each component loses, with all that it needs.
  void settle(const Losses& losses, blueprint::Operations operations, States& states) const;

  /// What one component loses without the calls that the engine works out, given all that it needs.
  [[nodiscard]] Timeline by_itself(const Losses& losses, blueprint::Operations operations,
                                   const States& whole, blueprint::ComponentId id) const;
  /// The same of all components, and what their replicas lose with all that they need.
  void split(const Losses& losses, blueprint::Operations operations, const States& whole,
             States& own, std::vector<std::vector<Timeline>>& replicas) const;

 private:
  struct Algebra;
  static constexpr std::size_t kAll = static_cast<std::size_t>(-1);

  [[nodiscard]] Timeline own(const Losses& losses, blueprint::ComponentId id, std::size_t replica,
                             blueprint::Operations operations) const;
  [[nodiscard]] Timeline moved(const Losses& losses, blueprint::ComponentId id, std::size_t replica,
                               const Timeline& state) const;
  [[nodiscard]] Timeline by_way_of(const Losses& losses, const blueprint::Need& need,
                                   blueprint::ComponentId target, const Timeline& state,
                                   const States* whole) const;
  [[nodiscard]] blueprint::NeedId id_of(const blueprint::Need& need) const;

  const blueprint::Blueprint& bp_;
  const failure::Dependence& dependence_;
  const Damage& damage_;
  const std::set<blueprint::NeedId>& called_;
  std::vector<std::vector<std::size_t>> wounds_at_;  ///< by component
  std::map<std::pair<blueprint::NeedId, std::size_t>, std::vector<std::size_t>> severed_at_;
};

}  // namespace outlast::clock
