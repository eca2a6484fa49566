#include "blueprint/scale_level.h"

#include <charconv>
#include <string>

namespace outlast::blueprint {

std::optional<double> level_of(const Scale& scale) {
  const std::string text = scale.target.value_or("");
  const auto digit = text.find_first_of("0123456789");
  double percent = 0;
  if (digit != std::string::npos && text.find('%') != std::string::npos) {
    std::from_chars(text.data() + digit, text.data() + text.size(), percent);
  }
  return percent > 0 && percent <= 100 ? std::optional(percent / 100) : std::nullopt;
}

}  // namespace outlast::blueprint
