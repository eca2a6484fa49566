#pragma once

#include <string_view>

namespace outlast::blueprint {

/// Among the ranges of a network rule: it is for others than what runs in the inputs, such as the
/// controller of an ingress, and which these are cannot be told. Whom of the inputs it is for is told.
inline constexpr std::string_view kStrangers = "strangers";

/// Whom a grant is for: every identity of the inputs. Only refusals are for all of them.
inline constexpr std::string_view kEveryIdentity = "*";

}  // namespace outlast::blueprint
