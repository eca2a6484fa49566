#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/secret_mask.h"

namespace outlast::base {

/// A line of an input as a terminal shows it, and the carets that go below it.
struct QuotedLine {
  std::string text;
  std::string carets;
};

/// Cuts the part of a line around `marked` that fits into `width` cells, hides its secrets, and
/// puts carets exactly below what is marked, also after tabs and wide characters.
/// Nothing of it can act on the terminal: control characters become replacement characters.
/// `marked` may go beyond the line or be empty; there is always at least one caret.
[[nodiscard]] QuotedLine quote_line(std::string_view text, ByteRange line, ByteRange marked,
                                    std::size_t width, SecretMask& mask);

/// Cells of a terminal that `text` takes, as `printable` shows it.
[[nodiscard]] std::size_t count_cells(std::string_view text);

/// The text in one line, with every character that could act on the terminal replaced.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace outlast::base
