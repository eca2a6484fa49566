#pragma once

#include <string>

#include "blueprint/draft.h"
#include "import/key_reader.h"

namespace outlast::import {

/// What a component's map says of who can come to it.
/// errors  wrong values go to `diagnostics`
void read_access_of(const std::string& id, KeyReader& component, blueprint::DeclaredAccess& out,
                    base::Diagnostics& diagnostics);

/// Rules of firewalls, identities, grants and joined networks of a blueprint.
void read_access_lists(KeyReader& top, blueprint::DeclaredAccess& out,
                       base::Diagnostics& diagnostics);

}  // namespace outlast::import
