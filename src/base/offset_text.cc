#include "base/offset_text.h"

#include <fmt/format.h>

#include <cmath>

namespace outlast::base {

std::string format_offset(double seconds) {
  constexpr long kHour = 60;
  constexpr long kDay = 24 * kHour;
  constexpr double kMinuteSeconds = 60;
  const long minutes = std::lround(seconds / kMinuteSeconds);
  if (minutes < kHour) {
    return fmt::format("+{} min", minutes);
  }
  return minutes < 3 * kDay ? fmt::format("+{} h {:02} min", minutes / kHour, minutes % kHour)
                            : fmt::format("+{} d {} h", minutes / kDay, minutes % kDay / kHour);
}

}  // namespace outlast::base
