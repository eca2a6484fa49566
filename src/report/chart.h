#pragma once

#include <string>
#include <vector>

namespace outlast::report {

/// A line of blocks for a terminal, at most `width`: each as high as the mean of its part of the
/// track, from nothing to `most`.
///
/// in  is_plain  letters of ASCII instead, the darker the more
[[nodiscard]] std::string sparkline(const std::vector<double>& track, double most,
                                    std::size_t width, bool is_plain);

/// "up to 66,667 a second": what a line of requests reaches.
[[nodiscard]] std::string up_to(double per_s);

[[nodiscard]] double most_of(const std::vector<double>& track);

}  // namespace outlast::report
