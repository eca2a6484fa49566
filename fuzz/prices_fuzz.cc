#include <cstdint>
#include <string>

#include "base/assert.h"
#include "import/prices.h"

using namespace outlast;

/// No bytes crash the reader of own prices, and what it hands over can be counted with.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const base::MemoryFiles files(std::map<std::string, std::string>{{"own.yaml", bytes}});
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto own = import::read_prices("own.yaml", files, sources, diagnostics);
  for (const auto& price : own.prices) {
    OUTLAST_ASSERT(diagnostics.has_errors() || import::is_decimal(price.usd),
                   "a price is a plain number");
  }
  (void)base::render(diagnostics, sources, {.color = true, .width = 80});
  return 0;
}
