#pragma once

#include <vector>

namespace outlast::clock {

/// How users fare in a step of a run: down while more than half of what they ask is lost, losing
/// while more than one request in a hundred is.
enum class Mood { served, losing, down };

inline constexpr double kLossyShare = 0.01;

/// Requests a second, by step.
struct Asked {
  std::vector<double> offered;
  std::vector<double> served;
  std::vector<double> failed;
};

struct Moods {
  std::vector<Mood> steps;
  /// Within a twentieth of half are lost, so that a little more or less is down or not.
  double near_half_s = 0;
};

/// Judges all steps by the share that is lost in the mean. A flow shows it; where each request is
/// drawn it is chance in one step which half is the greater, so what is not clear by itself is judged
/// together, in pieces over which the share stays the same.
///
/// in      step_s, is_random  as the outcome has them
/// cost    linear but for what is not clear, and for that by its length times its pieces
/// assumes three standard errors from half are clear
/// source  binary segmentation, Scott & Knott 1974
[[nodiscard]] Moods moods_of(const Asked& asked, double step_s, bool is_random);

}  // namespace outlast::clock
