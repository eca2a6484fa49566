#pragma once

#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

/// Makes rows of a firewall of network policies, and refers workloads to those that hold for them.
///
/// A pod is closed to a direction as soon as a policy for that direction selects it, and open to
/// whatever any of them lets pass. Each policy becomes a resource of rows (`… rules`): direction,
/// protocol, ports, ranges of addresses, and the workloads that its selectors mean.
/// Where a selector reaches into namespaces, whoever else lives there is not known; neither is what
/// is left of a range with exceptions.
void add_kubernetes_policies(const KubernetesObjects& objects, blueprint::Draft& draft);

}  // namespace outlast::import
