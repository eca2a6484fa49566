#include <cstdint>
#include <string>

#include "base/diagnostics.h"
#include "base/document.h"
#include "base/json_mistake.h"
#include "walk_document.h"

using namespace outlast::base;

/// No bytes crash the JSON reader; the fast reader and the slow one that explains agree.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Sources sources;
  const SourceId source =
      sources.add("fuzz.json", std::string(reinterpret_cast<const char*>(data), size), "");
  Diagnostics diagnostics;
  const std::optional<Document> document = parse_json(sources, source, diagnostics);
  if (document) {
    walk(document->root(), size);
    OUTLAST_ASSERT(!find_json_mistake(sources.text(source)), "what was read has no mistake");
  } else {
    OUTLAST_ASSERT(diagnostics.has_errors(), "what was refused is explained");
  }
  (void)render(diagnostics, sources, {.width = 80});
  return 0;
}
