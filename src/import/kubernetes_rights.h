#pragma once

#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

/// Who may do what to the cluster itself: roles and what binds them to service accounts, as
/// identities of the pods that carry their tokens and as policies of one form with those of clouds.
///
/// out     an action is "cluster:group/resource:verb", a thing "namespace/name" or "*"
/// limits  groups and users of the cluster's own login are nobody that runs here; a role of which
///         no input holds the rules, or that others fill, may allow anything: that is not known
void add_kubernetes_rights(const KubernetesObjects& objects, blueprint::Draft& draft);

}  // namespace outlast::import
