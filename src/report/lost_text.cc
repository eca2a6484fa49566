#include "report/lost_text.h"

#include <fmt/format.h>

#include <cmath>

#include "findings/surge.h"

namespace outlast::report {

std::string lost_text(double lost, std::optional<double> of, double share) {
  using findings::count_text;
  const std::string all = of ? fmt::format("of {} requests", count_text(std::round(*of))) : "";
  if (lost <= 0 || share <= 0) {
    return of ? "none " + all : "no requests";
  }
  constexpr double kHardly = 0.001;
  const std::string worst = share < kHardly ? fmt::format("under {:.3g} %", 100 * kHardly)
                                            : fmt::format("{:.3g} %", 100 * share);
  const bool is_part = std::round(lost) < 1;
  const std::string count = is_part ? "fewer than one" : count_text(std::round(lost));
  return fmt::format("{} {}, at worst {} of them", count,
                     of        ? all
                     : is_part ? std::string("request")
                               : std::string("requests"),
                     worst);
}

}  // namespace outlast::report
