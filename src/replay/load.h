#pragma once

#include <string_view>
#include <vector>

#include "blueprint/blueprint.h"

namespace outlast::replay {

/// How users come over a day, against the load that what stands now was made for.
struct Load {
  std::vector<blueprint::DayLevel> levels;  ///< by rising time, UTC; empty: the same all day
  double made_for = 0;                      ///< users that the replicas of the input carry
  bool is_assumed = false;                  ///< nobody stated it: the usual day

  /// Did somebody say how they come over the day?
  [[nodiscard]] bool is_stated() const { return !is_assumed && !levels.empty(); }
  /// The users at a time of day, against those the replicas of the input carry.
  [[nodiscard]] double growth_at(double time_of_day_s) const;
  /// Moments after one that began at a time of day at which another level begins, in [from, to); the
  /// first is `from`.
  [[nodiscard]] std::vector<double> changes_between(double starts_at_s, double from,
                                                    double to) const;
};

/// Does a component follow its users, so that it may have to grow when launches fail? One at its maximum
/// does, too, where it may shrink before that.
[[nodiscard]] bool follows_users(const blueprint::Component& c);

/// The blueprint's day, or its busy hours, or else the usual day by the clock of a region.
///
/// out      no levels where nobody stated a day and the region's clock is not known
/// assumes 
[[nodiscard]] Load load_of(const blueprint::Blueprint& bp, std::string_view region);

}  // namespace outlast::replay
