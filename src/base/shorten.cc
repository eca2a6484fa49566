#include "base/shorten.h"

#include "base/quoted_line.h"
#include "base/utf8.h"

namespace outlast::base {

std::string shorten(std::string_view name, std::size_t cells) {
  std::string text = printable(name);
  const std::size_t all = count_cells(text);
  if (all <= cells) {
    return text;
  }
  std::size_t begin = 0;
  for (std::size_t left = all; left > cells - 1;) {
    const std::size_t bytes = decode_utf8(text, begin).bytes;
    left -= count_cells(std::string_view(text).substr(begin, bytes));
    begin += bytes;
  }
  return "…" + text.substr(begin);
}

}  // namespace outlast::base
