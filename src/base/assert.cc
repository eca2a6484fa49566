#include "base/assert.h"

#include <cstdio>
#include <cstdlib>

#include "base/version.h"

namespace outlast::base {

void report_bug(std::string_view condition, std::string_view sentence, std::string_view file,
                int line) {
  std::fprintf(
      stderr,
      "outlast %.*s: internal error: %.*s\n  at %.*s:%d, expected %.*s\n"
      "  This is a bug in outlast, not in your input. Please report it with these lines.\n",
      static_cast<int>(kVersion.size()), kVersion.data(), static_cast<int>(sentence.size()),
      sentence.data(), static_cast<int>(file.size()), file.data(), line,
      static_cast<int>(condition.size()), condition.data());
  std::fflush(nullptr);
  std::_Exit(70);
}

}  // namespace outlast::base
