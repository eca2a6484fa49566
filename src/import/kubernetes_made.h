#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "blueprint/draft.h"
#include "import/value_tree.h"

namespace outlast::import {

/// What an object is read as beside itself: the rules of a policy, the rights of an account. The
/// object is counted in its stead.
///
/// in   told        the object
///      by_address  whom `uses` of the attributes may name
/// out  not among the draft's resources yet
[[nodiscard]] blueprint::DraftResource made_beside(
    const blueprint::DraftResource& told, std::string address, std::string type,
    const ValueTree& attributes, const std::map<std::string, blueprint::ResourceId>& by_address,
    blueprint::Draft& draft);

/// Puts the rules of a policy before workloads: what `made_beside` makes of them, which these then
/// refer to.
///
/// in  which  tells rules apart where a policy has several sets of them
void guard_with(blueprint::ResourceId policy, const ValueTree& rows, std::string_view which,
                const std::vector<blueprint::ResourceId>& pods,
                const std::map<std::string, blueprint::ResourceId>& by_address,
                blueprint::Draft& draft);

}  // namespace outlast::import
