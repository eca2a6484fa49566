#include "blueprint/scale_pace.h"

#include <charconv>

#include "base/text.h"

namespace outlast::blueprint {
namespace {

/// "4 in 15s", "100% in 15s".
std::optional<ScalePace::Limit> limit_in(std::string_view text) {
  constexpr std::string_view kIn = " in ";
  const auto at = text.find(kIn);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view amount = base::trim(text.substr(0, at));
  const auto within = base::parse_duration(base::trim(text.substr(at + kIn.size())));
  double number = 0;
  const auto [end, error] = std::from_chars(amount.data(), amount.data() + amount.size(), number);
  const std::string_view rest = amount.substr(static_cast<std::size_t>(end - amount.data()));
  const bool is_percent = rest == "%";
  if (!within || within->value <= 0 || error != std::errc() || !(number >= 0) ||
      (!is_percent && !rest.empty())) {
    return std::nullopt;
  }
  return is_percent ? ScalePace::Limit{0, number / 100, *within}
                    : ScalePace::Limit{number, 0, *within};
}

}  // namespace

std::optional<ScalePace> pace_in(std::string_view text) {
  ScalePace pace;
  text = base::trim(text);
  if (text == "never") {
    return pace;
  }
  constexpr std::string_view kAnd = " and ";
  constexpr std::string_view kOr = " or ";
  pace.takes_least = text.find(kAnd) != std::string_view::npos;
  const std::string_view between = pace.takes_least ? kAnd : kOr;
  for (;;) {
    const auto at = text.find(between);
    const auto limit = limit_in(base::trim(text.substr(0, at)));
    if (!limit) {
      return std::nullopt;
    }
    pace.limits.push_back(*limit);
    if (at == std::string_view::npos) {
      return pace;
    }
    text = text.substr(at + between.size());
  }
}

}  // namespace outlast::blueprint
