#pragma once

#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

/// Refers pods that others call to the jobs that rank higher (`outranked_by`): where nodes are full,
/// the scheduler ends pods of the former to make room for the latter.
///
/// What is called must have been found before. Pods of a class that no input holds rank somewhere; they
/// are compared with nothing.
/// source  Kubernetes documentation: Pod Priority and Preemption
void add_kubernetes_priorities(const KubernetesObjects& objects, blueprint::Draft& draft);

}  // namespace outlast::import
