#pragma once

#include "base/diagnostics.h"
#include "base/document.h"

namespace outlast::import {

/// Tells every member of a plan that is of another type than Terraform writes: a list where a map
/// belongs, a number where an address does. Read as they stand, such members would seem empty,
/// and what they hold would seem not to be there.
///
/// in    root  a plan of a known format version
/// out   false if anything was told
/// cost  linear in the members that are read; attributes of resources may be of any type
[[nodiscard]] bool check_plan_shape(base::Node root, base::Diagnostics& diagnostics);

/// The same for a state of versions 3 and 4, or as Terraform shows one.
[[nodiscard]] bool check_state_shape(base::Node root, base::Diagnostics& diagnostics);

}  // namespace outlast::import
