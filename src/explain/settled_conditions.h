#pragma once

#include <set>
#include <string>

#include "blueprint/draft.h"

namespace outlast::explain {

/// Makes a condition true that nobody could decide: what is made under it is there, and needed as
/// the inputs say.
///
/// in   condition  as `made_if` has it
///      under      ids of the components made under it
void make_under_condition(const std::string& condition, const std::set<std::string>& under,
                          blueprint::Draft& draft);

/// Makes it false: nothing of it is there, and nobody needs, enters or shields it.
void leave_out_under_condition(const std::string& condition, const std::set<std::string>& under,
                               blueprint::Draft& draft);

}  // namespace outlast::explain
