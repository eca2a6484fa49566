#include "base/as_printed.h"

#include <charconv>
#include <string>

#include "base/units.h"

namespace outlast::base {

double as_printed(double value) {
  const std::string text = format_number(value);
  double printed = value;  // where it is no number, it stays what it is
  std::from_chars(text.data(), text.data() + text.size(), printed);
  return printed;
}

}  // namespace outlast::base
