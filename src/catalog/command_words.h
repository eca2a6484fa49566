#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"

namespace outlast::catalog {

/// The words of what starts a program, without the folders that they stand in: "/usr/bin/pg_dump"
/// is "pg_dump".
struct CommandWords {
  std::vector<std::string> all;
  std::vector<std::string> last;  ///< of a shell's line what stands behind the last `;` and `&&`
};

/// in   paths  of the attributes that hold it, in the order in which they are run
[[nodiscard]] CommandWords command_words(base::Node root, const std::vector<std::string>& paths);

}  // namespace outlast::catalog
