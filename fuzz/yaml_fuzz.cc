#include <cstdint>
#include <string>

#include "base/diagnostics.h"
#include "base/document.h"
#include "walk_document.h"

using namespace outlast::base;

/// No bytes crash the YAML reader, and aliases do not make it slow or large.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Sources sources;
  Result<std::string> text = to_utf8(std::string(reinterpret_cast<const char*>(data), size));
  // Half the mutations break UTF-8: the reader must bear that too, though the program sends none.
  const SourceId source = sources.add(
      "fuzz.yaml", text ? *text : std::string(reinterpret_cast<const char*>(data), size), "");
  Diagnostics diagnostics;
  const DocumentLimits limits = {.yaml_nodes = 100'000};
  const auto documents = parse_yaml(sources, source, diagnostics, limits);
  if (documents) {
    for (const Document& document : *documents) {
      walk(document.root(), sources.text(source).size());
    }
  } else {
    OUTLAST_ASSERT(diagnostics.has_errors(), "what was refused is explained");
  }
  (void)render(diagnostics, sources, {.color = true, .width = 80});
  return 0;
}
