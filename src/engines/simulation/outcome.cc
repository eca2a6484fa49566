#include "engines/simulation/outcome.h"

#include <algorithm>
#include <cmath>

namespace outlast::engines::simulation {
namespace {

/// The step whose beginning is nearest to a time ≥ 0.
std::size_t nearest_step(double at_s, double step_s) {
  return static_cast<std::size_t>(std::lround(at_s / step_s));
}

}  // namespace

Recovery recovery_after(const Outcome& outcome, double from_s, double window_s, double share) {
  std::size_t steps = 0;
  for (const UserTracks& users : outcome.users) {
    steps = std::max(steps, users.offered.size());
  }
  const auto first = static_cast<std::size_t>(from_s / outcome.step_s);
  const std::size_t window = std::max<std::size_t>(1, nearest_step(window_s, outcome.step_s));
  if (first + window > steps) {
    return {};
  }
  std::vector<double> offered(steps + 1, 0);
  std::vector<double> served(steps + 1, 0);
  for (std::size_t i = 0; i < steps; ++i) {
    offered[i + 1] = offered[i];
    served[i + 1] = served[i];
    for (const UserTracks& users : outcome.users) {
      offered[i + 1] += users.offered[i];
      served[i + 1] += users.served[i];
    }
  }
  // Backwards: the earliest window from which on none is missed.
  Recovery recovery;
  for (std::size_t i = steps - window + 1; i-- > first;) {
    if (served[i + window] - served[i] < share * (offered[i + window] - offered[i])) {
      break;
    }
    recovery = {true, static_cast<double>(i) * outcome.step_s};
  }
  return recovery;
}

double mean_of(const Track& track, double step_s, double from_s, double to_s) {
  const std::size_t first = nearest_step(from_s, step_s);
  const std::size_t last = std::min(track.size(), nearest_step(to_s, step_s));
  double sum = 0;
  for (std::size_t i = first; i < last; ++i) {
    sum += track[i];
  }
  return first < last ? sum / static_cast<double>(last - first) : 0;
}

}  // namespace outlast::engines::simulation
