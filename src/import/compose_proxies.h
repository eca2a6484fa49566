#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/compose_project.h"

namespace outlast::import {

/// The services that say that this one leads to them, where it is a proxy that asks the host for
/// such: each with the place where it says so.
[[nodiscard]] std::vector<std::pair<std::string, base::Span>> services_behind(
    const ValueTree& proxy, const ComposeProject& project);

/// Does a service tell such a proxy its own name by this setting? It calls nobody by it.
[[nodiscard]] bool names_itself_to_a_proxy(std::string_view setting);

}  // namespace outlast::import
