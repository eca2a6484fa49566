#pragma once

#include <span>
#include <string_view>

#include "explain/explain.h"

namespace outlast::explain {

/// A number of the report beside the availability, and how it is asked for.
struct ReportNumber {
  std::string_view id;     ///< as the JSON report has it: "double_faults"
  std::string_view group;  ///< asked for by this, all of it is told: "habits"; empty: none
  findings::Explanation (*explain)(const Subject& subject, std::string_view id);
};

/// The habits, faults that come in pairs, planned work and vendors.
[[nodiscard]] std::span<const ReportNumber> report_numbers();

/// By its id, its group, or as the text report prints it: "double fault", "spread out".
[[nodiscard]] bool is_called(const ReportNumber& number, std::string_view id);

[[nodiscard]] findings::Explanation explain_number(const Subject& subject,
                                                   const ReportNumber& number);

}  // namespace outlast::explain
