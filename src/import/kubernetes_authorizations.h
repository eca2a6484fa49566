#pragma once

#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

/// Istio's AuthorizationPolicies as rules of who may call whom, by service account and namespace:
/// resources of their own that the workloads they select refer to.
///
/// What depends on more than caller and port (paths, methods, tokens) lets its callers pass where it
/// allows, and refuses nobody where it denies: some of their requests get through.
/// assumes  the sidecars are there, unless a namespace says that they are not
void add_kubernetes_authorizations(const KubernetesObjects& objects, blueprint::Draft& draft);

}  // namespace outlast::import
