#pragma once

#include "base/diagnostics.h"
#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

/// Where all routes of a service (Istio) lead to subsets that are pods of one workload, calls of that
/// service are calls of this one: the service's other pods answer none of them.
///
/// A VirtualService of the mesh is for all pods that call, one of a gateway for what comes in by it; of
/// two for one service of the mesh neither counts. Calls and their policies must be known.
/// errors  a subset that no DestinationRule of the inputs defines: a warning
void add_kubernetes_subsets(const KubernetesObjects& objects, blueprint::Draft& draft,
                            base::Diagnostics& diagnostics);

}  // namespace outlast::import
