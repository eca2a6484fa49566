#pragma once

#include <string>

namespace outlast::support {

/// The project's root folder, from where tests read examples and public inputs in place.
[[nodiscard]] std::string project_root();

}  // namespace outlast::support
