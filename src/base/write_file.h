#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace outlast::base {

/// Writes a whole file, replacing what was there.
/// errors  the system's reason, as a sentence without the path
struct Written {};
[[nodiscard]] Result<Written> write_file(const std::string& path, std::string_view text);

/// Makes the folder that a file lies in, where it is missing: for its owner alone.
/// errors  the system's reason, as a sentence without the path
[[nodiscard]] Result<Written> make_folder_of(const std::string& path);

/// Do two paths mean one file, so that writing to one loses what the other held?
[[nodiscard]] bool is_same_file(const std::string& a, const std::string& b);

}  // namespace outlast::base
