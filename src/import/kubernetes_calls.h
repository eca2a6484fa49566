#pragma once

#include "import/kubernetes_objects.h"

namespace outlast::import {

/// Adds to each workload whom it calls.
///
/// out  hosts in values of settings, also of the config maps and secrets they come
///      from, in arguments, commands and mounted files (referenced), and what containers wait for
///      before they start (startup)
///      A host that no service answers to is kept as it is written; one that can only be meant
///      inside the cluster is marked as local.
void add_kubernetes_calls(const KubernetesObjects& objects, blueprint::Draft& draft);

}  // namespace outlast::import
