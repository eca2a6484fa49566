#include "findings/surge.h"

#include <cmath>
#include <cstdint>

namespace outlast::findings {

std::string count_text(double count) {
  if (!std::isfinite(count)) {
    return "any number of";
  }
  std::string digits = std::to_string(static_cast<std::int64_t>(std::round(count)));
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

}  // namespace outlast::findings
