#pragma once

#include "import/kubernetes_objects.h"

namespace outlast::import {

/// Adds to each object whom it refers to, under names of our own, for a name or a selector alone
/// does not say in which namespace it is meant:
///
/// out  `owner`   whose pods these are (ownerReferences)
///      `target`  what is scaled, protected or rolled out (HPA, budget, Canary)
///      `pods`    workloads behind a service
///      `claim`   claims of volumes that its pods mount
///      `parent`  gateways that a route belongs to
///      Services also get what they are added to their type: "Service LoadBalancer", "Service
///      NodePort", "Service ExternalName", and "Service shared" for one inside the cluster that
///      leads to several workloads; workloads that no service leads to get `has_no_address`, the
///      others the names of their services
void add_kubernetes_references(const KubernetesObjects& objects, blueprint::Draft& draft);

}  // namespace outlast::import
