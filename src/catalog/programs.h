#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "blueprint/draft.h"
#include "catalog/catalog.h"

namespace outlast::catalog {

/// The last part of an image's name without tag and digest:
/// "docker.io/bitnami/postgresql:16@sha256:…" → "postgresql".
[[nodiscard]] std::string_view plain_image(std::string_view image);

/// Every image that a resource runs; also those of containers that a text describes in JSON, as a
/// task of ECS does.
[[nodiscard]] std::vector<std::string> images_of(const blueprint::DraftResource& resource,
                                                 const TypeEntry& entry);

/// Where an image comes from: "ghcr.io" of "ghcr.io/team/app:1"; of a name alone "docker.io".
[[nodiscard]] std::string_view registry_of(std::string_view image);

/// The type of third party that answers to a name of a host, by the longest form that meets it; null
/// where none is known to.
[[nodiscard]] const TypeEntry* third_party_at(const Catalog& catalog, std::string_view host);

/// The program that a resource runs, of those that the catalog knows.
///
/// in      entry  of its type; says at which attributes images, ports and settings stand
/// out     told by a word of its command that nothing else has; else by the image's name; where it says nothing, by the names of settings, then by a
///         port that only one program uses. Null if none of them tells.
[[nodiscard]] const ProgramEntry* program_run_by(const Catalog& catalog,
                                                 const blueprint::DraftResource& resource,
                                                 const TypeEntry& entry);

}  // namespace outlast::catalog
