#include "clock/machine_size.h"

#include <cctype>
#include <charconv>
#include <string>

namespace outlast::clock {
namespace {

std::optional<double> number_at(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end != text.data() && value > 0 ? std::optional(value)
                                                                 : std::nullopt;
}

/// "2xlarge" after the last dot: xlarge has 4 processors, each multiple as many times that.
std::optional<double> by_dotted(std::string_view last) {
  constexpr double kOfXlarge = 4;
  if (last.ends_with("xlarge")) {
    return last == "xlarge" ? kOfXlarge : number_at(last).value_or(1) * kOfXlarge;
  }
  if (last == "large" || last == "medium" || last == "small" || last == "micro") {
    return 2;
  }
  return last == "nano" ? std::optional(2.0) : std::nullopt;
}

/// "Standard_D4s_v5", "GP_Gen5_2": the first number behind the letters of the series.
std::optional<double> by_series(std::string_view size) {
  if (const auto last = size.rfind('_');
      size.find("Gen") != std::string_view::npos && last != std::string_view::npos) {
    return number_at(size.substr(last + 1));
  }
  const auto series = size.find('_');
  const auto digit = size.find_first_of("0123456789", series);
  return digit == std::string_view::npos ? std::nullopt : number_at(size.substr(digit));
}

/// "n2-standard-4", "db-custom-2-7680"; shared cores count as one.
std::optional<double> by_dashes(std::string_view size) {
  for (const std::string_view shared : {"micro", "small", "medium"}) {
    if (size.ends_with(shared)) {
      return 1;
    }
  }
  if (const auto custom = size.find("custom-"); custom != std::string_view::npos) {
    return number_at(size.substr(custom + 7));
  }
  const auto last = size.rfind('-');
  return number_at(size.substr(last + 1));
}

}  // namespace

std::optional<double> processors_of_size(std::string_view size) {
  if (size.empty()) {
    return std::nullopt;
  }
  if (std::isdigit(static_cast<unsigned char>(size.front())) != 0) {
    const auto plain = number_at(size);
    constexpr double kMostProcessors = 128;  // from here on it is a number of megabytes
    if (plain && size.ends_with('m')) {
      return *plain / 1000;
    }
    return plain && *plain < kMostProcessors ? plain : std::nullopt;
  }
  if (const auto dot = size.rfind('.'); dot != std::string_view::npos) {
    return by_dotted(size.substr(dot + 1));
  }
  if (size.find('_') != std::string_view::npos) {
    return by_series(size);
  }
  return size.find('-') != std::string_view::npos ? by_dashes(size) : std::nullopt;
}

}  // namespace outlast::clock
