#pragma once

#include <string_view>
#include <vector>

#include "engines/simulation/outcome.h"

namespace outlast::clock {

/// How users fare in a step of a run: down while more than half of what they ask is lost, losing
/// while more than one request in a hundred is.
enum class Mood { served, losing, down };

/// How a part stands to what comes to it.
enum class Fullness {
  none,
  full,
  fails_most  ///< full, and down for most who come
};

inline constexpr std::string_view kFailsMost = "fails most of what comes to it";
inline constexpr std::string_view kServesMostAgain = "is still full, but serves most again";

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

/// The same of what comes to a part: lost is what finds no place, what is answered with an error,
/// and what is done for callers who had given up.
[[nodiscard]] std::vector<Mood> moods_of_part(const engines::simulation::StationTracks& tracks,
                                              double step_s, bool is_random);

}  // namespace outlast::clock
