#pragma once

#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

/// Refers workloads to the nodes that their pods may lie on (`nodes`), where the inputs hold nodes
/// and no pod that lies on one.
///
/// Only what the scheduler must keep to counts: node selectors, required affinity to nodes, taints,
/// and the zones of volumes. What it only prefers is no fact; neither is that it spreads replicas
/// (`may_share_places`), unless a constraint over zones, or an aversion to each other, requires it.
/// Those that shun each other by zone lie in as many as there are of them (`lie_apart`).
void add_kubernetes_nodes(const KubernetesObjects& objects, blueprint::Draft& draft);

}  // namespace outlast::import
