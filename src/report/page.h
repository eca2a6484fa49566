#pragma once

#include <string>
#include <string_view>

namespace outlast::report {

/// The page that shows a JSON report, compiled in from `webui/`: one HTML file that asks for
/// nothing else, with `kDocumentMark` where the report goes.
[[nodiscard]] std::string_view page();

/// The same page as `outlast serve` shows it: without a document, and with leave to ask whoever
/// served it, and nobody else.
[[nodiscard]] std::string live_page();

inline constexpr std::string_view kDocumentMark = "{\"outlast\":\"document\"}";

}  // namespace outlast::report
