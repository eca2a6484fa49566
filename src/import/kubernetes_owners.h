#pragma once

#include <vector>

#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

/// Who runs the pods of a live cluster.
namespace outlast::import {

/// Puts the controllers of pods into a draft that holds the pods alone: what runs three of them that
/// nothing in the inputs makes is one workload of three. Pods that are over run no more.
void add_absent_owners(blueprint::Draft& draft);

/// The object that an object's references call its owner; of a pod whose replica set is not there,
/// the deployment that the replica set was made by. One that does not exist if there is none.
[[nodiscard]] std::vector<blueprint::ResourceId> owners_of(const KubernetesObjects& objects,
                                                           blueprint::ResourceId id);

}  // namespace outlast::import
