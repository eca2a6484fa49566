#pragma once

#include "blueprint/draft.h"

namespace outlast::import {

/// Makes the nodes that pools of Karpenter may start, where no node itself is in the inputs: one for
/// each zone that a pool requires, and each value of what else it requires that pods may ask for.
/// They wear its labels and taints, so that pods are placed on them as on any node.
///
/// out  none of a pool that requires no zones: then nobody tells where its nodes lie
void add_nodes_of_pools(blueprint::Draft& draft);

}  // namespace outlast::import
