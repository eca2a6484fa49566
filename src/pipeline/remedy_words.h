#pragma once

#include <string>
#include <string_view>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "catalog/tables.h"

namespace outlast::pipeline {

/// What a type's remedy changes, in the keys of a blueprint: "replicas: 2, zones: [a, b]".
///
/// in   c  a component that a blueprint describes, not an infrastructure file
/// out  empty where the remedy changes nothing that has a key
[[nodiscard]] std::string remedy_in_keys(const blueprint::Blueprint& bp,
                                         const catalog::Catalog& catalog,
                                         const blueprint::Component& c,
                                         const catalog::Remedy& remedy);

inline constexpr std::string_view kOneMachine = "one_machine";

/// The remedy of a type for a finding; null where the type has none. What lies on one machine is
/// mended as a single instance where its type says nothing of it.
[[nodiscard]] const catalog::Remedy* remedy_for(const catalog::TypeEntry& type,
                                                std::string_view finding);

/// Would a remedy only set another one beside, which would hold data of its own? So it is where a
/// program that keeps data runs as any other workload.
[[nodiscard]] bool splits_data(const catalog::TypeEntry& type, bool is_store,
                               const catalog::Remedy& remedy);

/// What is told instead.
inline constexpr std::string_view kReplicateData =
    "replicate it as the program itself can, onto disks of another zone; a second replica alone "
    "would hold data of its own";

}  // namespace outlast::pipeline
