#pragma once

#include <string_view>

#include "base/diagnostics.h"
#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

/// What a mesh (Istio) makes of calls that are known by now: timeouts and retries of routes, and how
/// soon a replica that fails is left out (outlier detection).
///
/// A route of the mesh is for all that call its services there, one of a gateway for what comes in
/// by it; so is one of the Gateway API. Where rules that lead to one service differ, they say nothing of all its calls.
/// errors  a rule for a host of the cluster that no Service or ServiceEntry is: a warning
void add_kubernetes_mesh(const KubernetesObjects& objects, blueprint::Draft& draft,
                         base::Diagnostics& diagnostics);

/// The service that a rule of the mesh means: "reviews", "reviews.shop", "reviews.shop.svc.cluster.local".
[[nodiscard]] blueprint::ResourceId service_meant(const KubernetesObjects& objects,
                                                  blueprint::ResourceId rule,
                                                  std::string_view host);

}  // namespace outlast::import
