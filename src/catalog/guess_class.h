#pragma once

#include <string_view>

namespace outlast::catalog {

/// The class of data that a name gives away: "customer-master.xlsx" → "customers"; empty: none.
///
/// assumes  words of a name mean what they say (docs/model.md, A-79): it is told as a guess, and
///          decides no severity beyond that of data of which nothing is known
[[nodiscard]] std::string_view class_by_name(std::string_view name);

}  // namespace outlast::catalog
