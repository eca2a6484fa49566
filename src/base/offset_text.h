#pragma once

#include <string>

namespace outlast::base {

/// "+2 h 37 min": how long after a beginning, to the minute, for people; the last days as "+3 d 2 h".
[[nodiscard]] std::string format_offset(double seconds);

}  // namespace outlast::base
