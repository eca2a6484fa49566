#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/pinned_math.h"
#include "base/random.h"
#include "base/units.h"
#include "engines/montecarlo/years.h"

namespace outlast::engines::montecarlo {

inline constexpr double kYear_s = base::kSecondsPerYear;
inline constexpr std::uint64_t kDrawsEach = 4;  ///< of an occurrence: when, how long, whether

/// One time that a cause happens.
struct Occurrence {
  std::size_t cause;
  std::uint64_t number;
  double start_s;  ///< within its year
  double factor;   ///< of its parts' mean lengths
};

/// A draw of the length over its mean.
[[nodiscard]] double length_factor(const base::Duration& length, double uniform);

/// Draw that tells which parts an occurrence hits at all: those present more often than this.
[[nodiscard]] inline double presence_of(const Cause& cause, const Occurrence& occurrence,
                                        std::uint64_t seed) {
  return base::RandomStream(seed, cause.stream).uniform(kDrawsEach * occurrence.number + 2);
}

/// Does an occurrence strike a chance? Its own number for each occurrence of each cause, the same
/// for every top.
[[nodiscard]] inline bool is_struck(const Cause& cause, const Chance& chance,
                                    const Occurrence& occurrence, std::uint64_t seed) {
  const base::RandomStream stream(seed ^ cause.stream, chance.stream);
  return stream.uniform(occurrence.number) < chance.probability;
}

/// When a part that an occurrence hits is over, within the year.
[[nodiscard]] inline double end_of(const Cause& cause, const Cause::Part& part,
                                   const Occurrence& occurrence) {
  const double length = part.mean_s / part.present * occurrence.factor;
  return cause.lasts ? kYear_s : std::min(kYear_s, occurrence.start_s + length);
}

/// All that happens of one cause, told year by year.
template <class Told>
void tell_occurrences(const Cause& cause, std::size_t index, std::size_t years, std::uint64_t seed,
                      Told told) {
  const base::RandomStream stream(seed, cause.stream);
  double longest = 0;
  for (const Cause::Part& part : cause.parts) {
    longest = std::max(longest, part.mean_s);
  }
  std::size_t year = 0;
  double at = 0;
  for (std::uint64_t number = 0;; ++number) {
    at -= cause.between_s * base::pinned_log(stream.uniform(kDrawsEach * number));
    const double later = std::floor(at / kYear_s);
    if (!(later < static_cast<double>(years - year))) {
      return;
    }
    year += static_cast<std::size_t>(later);
    at -= later * kYear_s;
    const double factor = length_factor(cause.length, stream.uniform(kDrawsEach * number + 1));
    told(year, Occurrence{index, number, at, factor});
    at = cause.lasts ? kYear_s : std::min(kYear_s, at + longest * factor);
  }
}

}  // namespace outlast::engines::montecarlo
