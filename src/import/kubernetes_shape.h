#pragma once

#include "base/diagnostics.h"
#include "base/document.h"

namespace outlast::import {

/// Tells every member of an object that is of another type than Kubernetes takes, of those that
/// are read: read as they stand, they would seem empty.
///
/// out   false if anything was told
/// cost  linear in these members
[[nodiscard]] bool check_kubernetes_shape(base::Node object, base::Diagnostics& diagnostics);

}  // namespace outlast::import
