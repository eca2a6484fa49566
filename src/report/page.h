#pragma once

#include <string>
#include <string_view>

namespace outlast::report {

/// The page that shows a JSON report, compiled in from `webui/`: one HTML file that asks for
/// nothing else. `kDocumentMark` stands where the report goes, `kSaidMark` where its texts go in
/// other languages.
[[nodiscard]] std::string_view page();

inline constexpr std::string_view kDocumentMark = "{\"outlast\":\"document\"}";
inline constexpr std::string_view kSaidMark = "{\"outlast\":\"said\"}";

/// The page with both, which are JSON that may stand in a script element.
[[nodiscard]] std::string page_with(std::string_view document, std::string_view said);

/// The same page as `outlast serve` shows it: without a document, and with leave to ask whoever
/// served it, and nobody else.
[[nodiscard]] std::string live_page();

}  // namespace outlast::report
