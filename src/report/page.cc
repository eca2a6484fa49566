#include "report/page.h"

extern "C" {
extern const char outlast_report_page[];
extern const char outlast_report_page_end[];
}

namespace outlast::report {

std::string_view page() {
  return {outlast_report_page,
          static_cast<std::size_t>(outlast_report_page_end - outlast_report_page)};
}

}  // namespace outlast::report
