#include "report/page.h"

#include <fmt/format.h>

#include <utility>

#include "base/assert.h"

extern "C" {
extern const char outlast_report_page[];
extern const char outlast_report_page_end[];
}

namespace outlast::report {

std::string_view page() {
  return {outlast_report_page,
          static_cast<std::size_t>(outlast_report_page_end - outlast_report_page)};
}

std::string page_with(const PageParts& parts) {
  std::string out;
  std::string_view rest = page();
  const std::string opening = fmt::format("<html lang=\"{}\">", parts.language);
  for (const auto& [mark, part] :
       {std::pair(kLanguageMark, std::string_view(opening)),
        std::pair(kDocumentMark, parts.document), std::pair(kModelsMark, parts.models),
        std::pair(kSaidMark, parts.said)}) {
    const std::size_t at = rest.find(mark);
    OUTLAST_ASSERT(at != std::string_view::npos, "the page has a place for each, in this order");
    out += rest.substr(0, at);
    out += part;
    rest.remove_prefix(at + mark.size());
  }
  return out.append(rest);
}

std::string live_page(std::string_view language) {
  constexpr std::string_view kNobody = "connect-src 'none'";
  std::string out = page_with({.language = language});
  const std::size_t at = out.find(kNobody);
  OUTLAST_ASSERT(at != std::string::npos, "the page has a policy");
  return out.replace(at, kNobody.size(), "connect-src 'self'");
}

}  // namespace outlast::report
