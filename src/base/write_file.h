#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace outlast::base {

/// Writes a whole file, replacing what was there.
/// errors  the system's reason, as a sentence without the path
struct Written {};
[[nodiscard]] Result<Written> write_file(const std::string& path, std::string_view text);

}  // namespace outlast::base
