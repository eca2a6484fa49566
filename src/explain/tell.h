#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "explain/explain.h"
#include "explain/origins.h"

namespace outlast::explain {

inline constexpr int kDigits = 6;  ///< enough to follow a sum by hand

/// "double_faults" as people write it.
[[nodiscard]] std::string spaced(std::string_view id);

/// With `kDigits` digits.
[[nodiscard]] std::string number(double value);

/// "35 min a year", of a share of time.
[[nodiscard]] std::string a_year(double share);

/// A number of the report, still to be filled.
[[nodiscard]] findings::Explanation begin_number(std::string_view id, std::string claim);

/// Plays the events of the kinds that are meant and that stop users, the most users first.
void add_wide_events(const Subject& subject,
                     const std::function<bool(failure::EventKind)>& is_meant, Ground& ground,
                     findings::Explanation& out);

}  // namespace outlast::explain
