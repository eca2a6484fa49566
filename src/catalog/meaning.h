#pragma once

#include "base/diagnostics.h"
#include "blueprint/draft.h"
#include "catalog/catalog.h"

namespace outlast::catalog {

/// Reads meaning out of a draft: its resources become components with needs, places, firewalls
/// and grants; overlays are merged over them by id; gaps are filled with facts of the catalog,
/// which never override what the user said; journeys are inferred where none are declared.
///
/// in      draft  as importers left it
/// out     draft  with `components`, `journeys`, tables, `coverage` and `assumptions` complete,
///         ready for `blueprint::validate`
/// errors  overlays that name nothing and say no type: told with the nearest name
void read_meaning(blueprint::Draft& draft, const Catalog& catalog, base::Diagnostics& diagnostics);

}  // namespace outlast::catalog
