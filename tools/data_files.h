#pragma once

#include <deque>
#include <string>

#include "base/diagnostics.h"
#include "base/document.h"

/// Data files as the compilers of data read them.
namespace outlast::tools {

struct DataFiles {
  base::Sources sources;
  base::Diagnostics diagnostics;
  std::deque<base::Document> documents;

  /// Reads the YAML files that are arguments 2 on; false, and told, where one cannot be opened.
  [[nodiscard]] bool read(int argc, char** argv);
  /// Writes argument 1; told on standard error instead, where something is wrong in the data.
  /// out  the program's status
  [[nodiscard]] int finish(char** argv, const std::string& text) const;
};

/// Text of a C++ string literal.
[[nodiscard]] std::string literal(std::string_view text);

}  // namespace outlast::tools
