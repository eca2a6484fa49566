#pragma once

#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"
#include "blueprint/draft.h"

namespace outlast::import {

/// True if the document is an object of Kubernetes or a list of them, as `kubectl get -o json`
/// writes it.
[[nodiscard]] bool is_kubernetes(base::Node root);

/// Reads the objects of all inputs, alone or in lists, into the draft's resources, and says who
/// refers to whom among them (selectors, owners, scale targets, volumes, routes) and who calls
/// whom (by settings, arguments, files and policies).
///
/// out     addresses `namespace/kind/name`, of what lies in no namespace `kind/name`; types
///         `group/kind` without version ("apps/Deployment", "Service")
/// errors  members of another type than Kubernetes takes, objects without kind or name: each with
///         its place; an object that another input holds otherwise is told with both places, and
///         the later one is taken, as `kubectl apply` would
void read_kubernetes(const std::vector<base::Node>& roots, blueprint::Draft& draft,
                     base::Diagnostics& diagnostics);

}  // namespace outlast::import
