#include "data_files.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/file_source.h"

namespace outlast::tools {

bool DataFiles::read(int argc, char** argv) {
  constexpr std::size_t kMostBytes = std::size_t{64} << 20U;
  if (argc < 3) {
    fmt::print(stderr, "usage: {} OUTPUT.cc INPUT.yaml...\n", argv[0]);
    return false;
  }
  const base::DiskFiles files;
  for (int i = 2; i < argc; ++i) {
    auto text = files.read(argv[i], kMostBytes);
    if (!text) {
      fmt::print(stderr, "{}: {}\n", argv[i], text.error().message);
      return false;
    }
    const auto source = sources.add(argv[i], std::move(*text), "");
    auto parsed = base::parse_yaml(sources, source, diagnostics);
    for (std::size_t d = 0; parsed && d < parsed->size(); ++d) {
      documents.push_back(std::move((*parsed)[d]));
    }
  }
  return true;
}

int DataFiles::finish(char** argv, const std::string& text) const {
  if (diagnostics.has_errors()) {
    fmt::print(stderr, "{}", base::render(diagnostics, sources));
    return 2;
  }
  std::FILE* file = std::fopen(argv[1], "wb");
  if (file == nullptr) {
    return 2;
  }
  const bool is_written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && is_written ? 0 : 2;
}

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\' || c == '?') {  // two '?' could begin a trigraph
      out += '\\';
    }
    out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

}  // namespace outlast::tools
