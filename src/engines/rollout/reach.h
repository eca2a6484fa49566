#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/distribution.h"

/// What a bad change reaches before it is stopped.
namespace outlast::engines::rollout {

struct Stage {
  double reached = 1;  ///< share of all users so far, in (0, 1]
  double watched_s = 0;
  friend auto operator<=>(const Stage&, const Stage&) = default;
};

/// Stops a stage by itself when more than a share of its requests fail.
struct Gate {
  double threshold = 0.05;
  double requests_per_s = 0;  ///< of all users
  double takes_effect_s = 0;  ///< after a stage is reached: until then the change shows nothing
  friend auto operator<=>(const Gate&, const Gate&) = default;
};

struct Plan {
  std::vector<Stage> stages;  ///< ascending; the last one reaches everyone
  std::optional<Gate> gate;
  bool starts_checked = false;  ///< what cannot start is seen before any user comes to it
  base::Duration react;         ///< people: from noticing until they go back
  base::Duration revert;        ///< from then, or from the gate's word, until the old is back
  friend auto operator<=>(const Plan&, const Plan&) = default;
};

/// One way in which a change is bad.
struct Badness {
  double weight = 1;     ///< probability, given that it is bad; those of all ways sum to 1
  double least_hit = 1;  ///< share of the requests that fail where it is: between these two, evenly
  double most_hit = 1;   ///< by its logarithm
  bool shows = true;     ///< the gate can see it
  bool cannot_start = false;
  base::Duration noticed;  ///< by people, once everyone is reached
};

/// A way in which it may end.
struct Outcome {
  double probability = 0;
  double reached = 0;  ///< share of the users
  double hit = 0;      ///< share of the requests of those that fail
  double down_s = 0;   ///< time in which more than one request in a hundred of all fails
  double harm_s = 0;   ///< failed share of all requests, times how long
};

struct Reach {
  std::vector<Outcome> outcomes;  ///< by harm, the least first; probabilities sum to 1
  double everyone = 0;            ///< probability that all users are reached
  double harm_s = 0;              ///< mean
  double reached = 0;             ///< mean share of users
  /// The outcome that this share of all bad changes does not exceed in harm.
  [[nodiscard]] const Outcome& at(double share) const;
  /// The downtime that this share of all bad changes does not exceed: not that of the outcome at
  /// this share of harm, for few users over hours are harmed as much as all of them for minutes.
  [[nodiscard]] double down_s_at(double share) const;
};

/// Where a bad change stops and what it has done by then.
///
/// in      plan  at least one stage, the last one reaches 1
/// out     in closed form; over how bad it is by quadrature, over durations by strata
/// cost    ways × 32 × (8 × stages + 64)
/// assumes a gate speaks at the end of its stage (an upper bound of harm)
/// source  P(stop at j) = Π_{m<j} (1 − d_m) d_j, d_m = P(Bin(n_m, e) over the threshold)
[[nodiscard]] Reach reach_of(const Plan& plan, std::span<const Badness> ways);

/// d_m: probability that the gate stops this stage, where this share of its requests fails.
[[nodiscard]] double power_of(const Gate& gate, const Stage& stage, double hit);

}  // namespace outlast::engines::rollout
