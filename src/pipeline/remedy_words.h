#pragma once

#include <string>

#include "blueprint/blueprint.h"
#include "catalog/tables.h"

namespace outlast::pipeline {

/// What a type's remedy changes, in the keys of a blueprint: "replicas: 2, zones: [a, b]".
///
/// in   c  a component that a blueprint describes, not an infrastructure file
/// out  empty where the remedy changes nothing that has a key
[[nodiscard]] std::string remedy_in_keys(const blueprint::Blueprint& bp,
                                         const blueprint::Component& c,
                                         const catalog::Remedy& remedy);

}  // namespace outlast::pipeline
