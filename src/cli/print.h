#pragma once

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#include "words/phrasebook.h"

namespace outlast::cli {

/// Writes a result to standard output; tells on standard error where that fails: a full disk must
/// not pass for an answer.
[[nodiscard]] inline bool print(std::string_view text) {
  const bool is_written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!is_written) {
    std::fprintf(stderr, "outlast: cannot write to standard output: %s\n", std::strerror(errno));
  }
  return is_written;
}

/// The same in a language, line by line.
[[nodiscard]] inline bool print_in(const std::string& language, const std::string& text) {
  const words::Phrasebook* book = words::Phrasebook::of(language);
  return print(book == nullptr ? text : book->say_lines(text));
}

}  // namespace outlast::cli
