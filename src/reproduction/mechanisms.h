#pragma once

#include <optional>
#include <vector>

#include "reproduction/play.h"

/// What each mechanism does, without events: from figures to times.
namespace outlast::reproduction {

/// A file that is made anew every so often from one node, any, of a cluster under upgrade.
struct Draws {
  double every_s = 300;
  double upgraded_per_s = 0;  ///< share of the nodes
};

/// When the first draw meets an upgraded node; draws are made at every, 2 every, …
[[nodiscard]] When first_bad(const Draws& draws);
/// The first draw from which on each is bad.
[[nodiscard]] double all_bad_from(const Draws& draws);
/// The first draw at or after a time.
[[nodiscard]] double next_draw(double after_s, double every_s);

/// How a change goes out: steps by the share reached so far, each watched for `bake_s`.
struct Channel {
  std::vector<double> steps = {1};
  double propagates_s = 0;  ///< from the first to the last of all
  double bake_s = 0;
  double activation_s = 0;  ///< from when it is loaded until it takes effect
  bool is_watched = false;
  double requests_per_s = 0;
  double hit = 1;  ///< share of the requests that fail where it has taken effect
  bool validated = false;
};

/// Where a change that is bad comes to.
struct Spread {
  double first_s = 0;
  std::optional<double> all_s;  ///< absent: a gate stopped it
  double reached = 1;
  bool is_poisoned = false;  ///< it became the last known good state before it showed
};
[[nodiscard]] Spread spread_of(const Channel& channel);

/// A list that is asked for at once.
struct Work {
  double takes_s = 0;
  std::optional<double> gives_up_s;  ///< each who asks, after so long; absent: never
  bool is_admitted = false;          ///< no more is let in than is done in time
};
/// Nobody is served in time, and all ask again: it makes no progress by itself.
[[nodiscard]] bool collapses(const Work& work);

}  // namespace outlast::reproduction
