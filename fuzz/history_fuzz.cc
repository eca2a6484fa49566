#include "import/history.h"

#include <cmath>
#include <cstdint>
#include <string>

#include "base/assert.h"

using namespace outlast;

/// No bytes crash the readers of a history, and what they hand over can be counted with.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const char* path : {"own.yaml", "own.csv"}) {
    const base::MemoryFiles files({{path, bytes}});
    base::Sources sources;
    base::Diagnostics diagnostics;
    for (const auto& record : import::read_history(path, files, sources, diagnostics)) {
      const bool can_be_counted = std::isfinite(record.failures) && record.failures >= 0 &&
                                  record.exposure.value > 0 && record.span.exists();
      OUTLAST_ASSERT(can_be_counted, "a record is a number of failures over a time");
    }
    (void)base::render(diagnostics, sources, {.color = true, .width = 80});
  }
  return 0;
}
