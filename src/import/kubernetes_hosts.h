#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "blueprint/draft.h"
#include "import/kubernetes_objects.h"

/// Names inside a cluster.
namespace outlast::import {

/// "db.shop.svc", "db.shop.svc.cluster.local": only the cluster itself knows such names.
[[nodiscard]] bool is_cluster_name(std::string_view host);

/// "db-0.db", "db-0.db.shop": one pod of a set that is called as its service is.
[[nodiscard]] bool names_a_pod(std::string_view host);

/// The name that is asked for in the end: services of type ExternalName are only other names.
[[nodiscard]] std::string meant_by(const KubernetesObjects& objects, const std::string& space,
                                   std::string_view host);

/// The service that a host means in the end, as seen from a namespace; nothing if there is none.
[[nodiscard]] std::optional<std::vector<blueprint::ResourceId>> answering(
    const KubernetesObjects& objects, const std::string& space, std::string_view host);

/// Aims a call at a service. At nobody, so that its name is told as dangling, where the service
/// selects pods of which no input holds any.
void aim_at(const KubernetesObjects& objects, blueprint::ResourceId service,
            blueprint::DraftCall& call);

/// Does a service select pods of which no input holds any?
[[nodiscard]] bool selects_nobody(const KubernetesObjects& objects, blueprint::ResourceId service);

/// Beside a call of a service, the one of a port that it does not open: told as dangling, though the
/// service is meant.
[[nodiscard]] blueprint::DraftCall in_vain(blueprint::DraftCall call, std::string_view port);

/// Adds to the calls of one object, one per target: a need outright counts before one that is only
/// for the start.
void add_call(std::vector<blueprint::DraftCall>& calls, blueprint::DraftCall call);

}  // namespace outlast::import
