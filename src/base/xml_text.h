#pragma once

#include <string>
#include <string_view>

namespace outlast::base {

/// Text for content and attributes of XML 1.0: nothing in it is markup; what XML cannot hold at all
/// becomes a replacement character.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace outlast::base
