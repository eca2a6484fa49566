#pragma once

#include <string_view>

namespace outlast::base {

/// Ends the process with exit status 70: a bug of ours, never reachable by user input.
/// On in release builds too; prints the sentence, the place and the version.
[[noreturn]] void report_bug(std::string_view condition, std::string_view sentence,
                             std::string_view file, int line);

}  // namespace outlast::base

#define OUTLAST_ASSERT(condition, sentence)                                  \
  do {                                                                       \
    if (!(condition)) {                                                      \
      ::outlast::base::report_bug(#condition, sentence, __FILE__, __LINE__); \
    }                                                                        \
  } while (false)
