#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

inline constexpr std::string_view kClaim = "PersistentVolumeClaim";

/// Names of the claims that all pods of one kind mount.
[[nodiscard]] std::vector<std::string> claims_mounted_by(base::Node pod);

/// Names of the claims that the pods of an object mount; of those that a StatefulSet makes for each
/// of its pods, one name for all: that of the first without its number.
[[nodiscard]] std::vector<std::string> claims_named_by(base::Node object);

/// Adds the claims that are mounted and that no input holds: those that a StatefulSet makes, and
/// those that were made elsewhere, of which it is told that they are not known.
void add_untold_claims(blueprint::Draft& draft);

/// Tells in which zone workloads lie whose volumes lie in one: where a volume is, or where the class of
/// storage that makes it may put it.
void add_zones_of_volumes(const KubernetesObjects& objects, blueprint::Draft& draft);

}  // namespace outlast::import
