#pragma once

#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

/// Marks workloads whose pods come back only on the node that they were on: named outright, chosen
/// by its name, the only one that fits, the one where a local volume lies, one that they stay on for
/// good though it does not answer, or of a pod that nobody starts again; and tells how long the others
/// stay on a dead node. Nodes must have been found before.
void add_kubernetes_bonds(const KubernetesObjects& objects, blueprint::Draft& draft);

}  // namespace outlast::import
