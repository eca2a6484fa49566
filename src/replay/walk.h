#pragma once

#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"

namespace outlast::replay {

/// Does a walk lead to what switches between alternatives, too?
enum class Switches { left_out, included };

/// Which components are asked, by the operations that they are asked for.
using Asked = std::map<blueprint::Operations, std::vector<bool>>;

/// What entries lead to, each asked for some operations. A need that names operations asks for no
/// more than these; one that shares none with what is asked for leads nowhere.
///
/// in   follows  is asked of every need on the way, once for each list of operations that who has it
///               is asked for
/// out  the entries are in it
/// cost components and needs, times lists of operations
[[nodiscard]] Asked asked_from(
    const blueprint::Blueprint& bp,
    std::vector<std::pair<blueprint::ComponentId, blueprint::Operations>> entries,
    const std::function<bool(const blueprint::Need&, blueprint::Operations)>& follows,
    Switches switches = Switches::left_out);

}  // namespace outlast::replay
