#include <cstdint>
#include <string>

#include "base/assert.h"
#include "mef/read.h"
#include "mef/write.h"

using namespace outlast;

/// No bytes taken for a fault tree crash the reader; what is refused is explained, and what is
/// accepted can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = [](const std::string& text) {
    base::Sources sources;
    base::Diagnostics diagnostics;
    auto model = mef::read_model({"fuzz.xml"}, base::MemoryFiles({{"fuzz.xml", text}}), {}, sources,
                                 diagnostics);
    OUTLAST_ASSERT(model || diagnostics.has_errors(), "what was refused is explained");
    (void)base::render(diagnostics, sources, {.width = 80});
    return model;
  };
  const auto model = read(std::string(reinterpret_cast<const char*>(data), size));
  if (model) {
    // Names may meet that the file told apart by their scopes: then it is refused again.
    (void)read(mef::write_model(*model));
  }
  return 0;
}
