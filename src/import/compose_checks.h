#pragma once

#include "import/compose_project.h"
#include "import/desk.h"

namespace outlast::import {

/// Tells what Compose itself refuses once a project is put together: services that are not there,
/// words that it does not know, and services that wait for each other to start.
///
/// errors  one per place; what is wrong is then taken as if it were not written
void check_compose(const ComposeProject& project, bool is_swarm, Desk& desk);

}  // namespace outlast::import
