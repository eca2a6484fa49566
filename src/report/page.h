#pragma once

#include <string>
#include <string_view>

namespace outlast::report {

/// The page that shows a JSON report, compiled in from `webui/`: one HTML file that asks for
/// nothing else. `kLanguageMark` stands where its language is told, `kDocumentMark` where the report
/// goes, `kModelsMark` where its twins on other service models go, `kSaidMark` where texts go in other
/// languages; in this order.
[[nodiscard]] std::string_view page();

inline constexpr std::string_view kLanguageMark = "<html lang=\"en\">";
inline constexpr std::string_view kDocumentMark = "{\"outlast\":\"document\"}";
inline constexpr std::string_view kModelsMark = "{\"outlast\":\"models\"}";
inline constexpr std::string_view kSaidMark = "{\"outlast\":\"said\"}";

/// What the page is about: JSON that may stand in a script element.
struct PageParts {
  std::string_view language = "en";  ///< "ko": it opens in that, whatever the browser's is
  std::string_view document = "null";
  std::string_view models = "null";
  std::string_view said = "{}";
};
[[nodiscard]] std::string page_with(const PageParts& parts);

/// The same page as `outlast serve` shows it: without a document, and with leave to ask whoever
/// served it, and nobody else.
[[nodiscard]] std::string live_page(std::string_view language);

}  // namespace outlast::report
