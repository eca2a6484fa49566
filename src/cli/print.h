#pragma once

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>

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

}  // namespace outlast::cli
