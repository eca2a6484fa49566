// Compiles data/reproductions/*.yaml into the archive behind src/reproduction/reproduction.h.
//
// usage: compile_reproductions OUTPUT.cc INPUT.yaml...
// Each is read, so that a mistake stops the build; what is compiled in is its text.

#include <fmt/format.h>

#include <string>

#include "data_files.h"
#include "reproduction/read_reproduction.h"

int main(int argc, char** argv) {
  using namespace outlast;
  tools::DataFiles data;
  if (!data.read(argc, argv)) {
    return 2;
  }
  std::string entries;
  for (std::size_t i = 0; i < data.documents.size(); ++i) {
    const auto read = reproduction::read_reproduction(data.documents[i].root(), data.diagnostics);
    if (read) {
      const base::SourceId source{static_cast<std::uint32_t>(i)};
      entries += fmt::format("      {{{}, R\"yaml({})yaml\"}},\n", tools::literal(read->incident),
                             data.sources.text(source));
    }
  }
  return data.finish(
      argv,
      fmt::format("// Written by tools/compile_reproductions from data/reproductions. Do not "
                  "edit.\n#include \"reproduction/reproduction.h\"\n\n"
                  "namespace outlast::reproduction {{\n\n"
                  "const std::vector<Written>& archive() {{\n"
                  "  static const std::vector<Written> all = {{\n{}  }};\n  return all;\n}}\n\n"
                  "}}  // namespace outlast::reproduction\n",
                  entries));
}
