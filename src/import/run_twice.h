#pragma once

#include "base/diagnostics.h"
#include "blueprint/draft.h"

namespace outlast::import {

/// Tells where inputs describe two ways to run one application: services of Compose, mostly for the
/// machine of a developer, beside workloads of Kubernetes with their names. Both are taken, for
/// either may be what is asked about.
///
/// errors  one warning and one note, with a place of each
void tell_run_twice(const blueprint::Draft& draft, base::Diagnostics& diagnostics);

}  // namespace outlast::import
