#include "report/page.h"

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

std::string page_with(std::string_view document, std::string_view said) {
  const std::string_view page = report::page();
  const std::size_t first = page.find(kDocumentMark);
  const std::size_t second = page.find(kSaidMark, first);
  OUTLAST_ASSERT(second != std::string_view::npos,
                 "the page has places for the document and texts");
  std::string out(page.substr(0, first));
  out += document;
  out += page.substr(first + kDocumentMark.size(), second - first - kDocumentMark.size());
  out += said;
  out += page.substr(second + kSaidMark.size());
  return out;
}

std::string live_page() {
  constexpr std::string_view kNobody = "connect-src 'none'";
  std::string out = page_with("null", "{}");
  const std::size_t at = out.find(kNobody);
  OUTLAST_ASSERT(at != std::string::npos, "the page has a policy");
  return out.replace(at, kNobody.size(), "connect-src 'self'");
}

}  // namespace outlast::report
