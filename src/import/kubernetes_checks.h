#pragma once

#include "base/diagnostics.h"
#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

/// Does an autoscaler ask for more replicas at least than at most? No cluster takes such a one, so
/// it scales nothing.
[[nodiscard]] bool has_crossed_bounds(base::Node scaler);

/// An autoscaler of pods leaves alone what is asked to run none, unless none is what it may come to
/// (Kubernetes documentation: Horizontal Pod Autoscaling, implicit maintenance-mode deactivation).
[[nodiscard]] bool leaves_alone(base::Node scaler, base::Node scaled);

/// Tells what a cluster does not do though it is written: autoscalers that it refuses or that scale
/// what is not there, and pods that none of its nodes may hold. Once nodes are referred to.
///
/// errors  warnings, one per object
void check_kubernetes(const KubernetesObjects& objects, const blueprint::Draft& draft,
                      base::Diagnostics& diagnostics);

}  // namespace outlast::import
