#include "report/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "findings/surge.h"

namespace outlast::report {

std::string sparkline(const std::vector<double>& track, double most, std::size_t width,
                      bool is_plain) {
  static constexpr std::string_view kBlocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static constexpr std::string_view kLetters[] = {" ", ".", ":", "-", "=", "+", "*", "#", "@"};
  std::string line;
  const std::size_t columns = std::min(width, track.size());
  for (std::size_t column = 0; column < columns; ++column) {
    const std::size_t first = column * track.size() / columns;
    const std::size_t last = std::max(first + 1, (column + 1) * track.size() / columns);
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) {
      sum += track[i];
    }
    const double mean = sum / static_cast<double>(last - first);
    const double share = most > 0 ? std::clamp(mean / most, 0.0, 1.0) : 0;
    const auto level = static_cast<std::size_t>(std::ceil(share * 8 - 1e-9));
    line += is_plain ? kLetters[level] : kBlocks[level];
  }
  return line;
}

double most_of(const std::vector<double>& track) {
  return track.empty() ? 0 : *std::max_element(track.begin(), track.end());
}

std::string up_to(double per_s) {
  constexpr double kWhole = 100;  // from here on no fraction is told
  return fmt::format("up to {} a second", per_s < kWhole ? fmt::format("{:.3g}", per_s)
                                                         : findings::count_text(std::round(per_s)));
}

}  // namespace outlast::report
