#pragma once

#include "import/kubernetes_objects.h"

namespace outlast::import {

/// Adds to ingresses, gateways and routes the services behind each of their rules (stated), and to
/// workloads whom policies let them in to (inferred).
void add_kubernetes_routes(const KubernetesObjects& objects, blueprint::Draft& draft);

}  // namespace outlast::import
