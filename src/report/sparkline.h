#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace outlast::report {

/// A line of blocks, as many as `width` at most: each the mean of its part of the track.
/// in  most  what a full block stands for
[[nodiscard]] std::string sparkline(const std::vector<double>& track, double most,
                                    std::size_t width);

}  // namespace outlast::report
