#include "incidents/read_file.h"

#include "base/document.h"
#include "incidents/archive.h"
#include "incidents/read_incident.h"

namespace outlast::incidents {

std::optional<Incident> read_incident_file(const std::string& path, const base::FileSource& files,
                                           base::Sources& sources, base::Diagnostics& diagnostics) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
  auto bytes = files.read(path, kMostBytes);
  auto text =
      bytes ? base::to_utf8(std::move(*bytes))
            : base::Result<std::string>(base::fail(bytes.error().message, bytes.error().remedy));
  if (!text) {
    diagnostics.error("OUT-I001", {}, path + ": " + text.error().message, text.error().remedy);
    return std::nullopt;
  }
  const auto source = sources.add(path, std::move(*text), "");
  const auto documents = base::parse_yaml(sources, source, diagnostics);
  if (!documents) {
    return std::nullopt;
  }
  if (documents->size() != 1) {
    diagnostics.error("OUT-I001", {source, 0, 0}, "a file holds one incident",
                      "begin it with `incident: ID`");
    return std::nullopt;
  }
  return read_incident(documents->front().root(), roles(), diagnostics);
}

}  // namespace outlast::incidents
