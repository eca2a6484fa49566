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

std::string live_page() {
  std::string out(page());
  const auto replace = [&](std::string_view what, std::string_view by) {
    const std::size_t at = out.find(what);
    OUTLAST_ASSERT(at != std::string::npos, "the page has a policy and a place for the document");
    out.replace(at, what.size(), by);
  };
  replace("connect-src 'none'", "connect-src 'self'");
  replace(kDocumentMark, "null");
  return out;
}

}  // namespace outlast::report
