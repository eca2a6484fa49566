#pragma once

#include <string_view>

namespace outlast::report {

/// The page that shows a JSON report, compiled in from `webui/`: one HTML file that asks for
/// nothing else, with `kDocumentMark` where the report goes.
[[nodiscard]] std::string_view page();

inline constexpr std::string_view kDocumentMark = "{\"outlast\":\"document\"}";

}  // namespace outlast::report
