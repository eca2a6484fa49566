#pragma once

#include <string_view>

namespace outlast::catalog {

/// The class of data that a name gives away: "customer-master.xlsx" → "customers"; empty: none.
///
/// assumes  words of a name mean what they say (docs/model.md, A-79): it is told as a guess, and
///          decides no severity beyond that of data of which nothing is known
[[nodiscard]] std::string_view class_by_name(std::string_view name);

/// Does a name say that what lies there is a record, a cache, or made from something else:
/// "access-logs", "BuildArtifacts"? Its loss costs work or traces, and nobody's data.
///
/// assumes  as above; "WebAssets" is two words
[[nodiscard]] bool is_made_again_by_name(std::string_view name);

}  // namespace outlast::catalog
