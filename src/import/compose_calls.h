#pragma once

#include <map>
#include <string>

#include "blueprint/draft.h"
#include "import/compose_project.h"

namespace outlast::import {

/// Adds to each service whom it calls.
///
/// in   ids  of the services' resources, by name
/// out  `depends_on`: referenced, startup where the other is to have ended; soft where not required;
///      links and networks shared with another: stated;
///      hosts in settings and commands: referenced. A host that only its own network could know
///      and that is no service there is kept as it is written, as local.
void add_compose_calls(const ComposeProject& project,
                       const std::map<std::string, blueprint::ResourceId>& ids, Desk& desk);

}  // namespace outlast::import
