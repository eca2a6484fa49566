#pragma once

#include <string>
#include <string_view>

namespace outlast::base {

/// The end of a name, which tells more than its beginning, behind an ellipsis, in at most `cells`
/// of a terminal; printable. The whole name where it fits.
[[nodiscard]] std::string shorten(std::string_view name, std::size_t cells);

}  // namespace outlast::base
