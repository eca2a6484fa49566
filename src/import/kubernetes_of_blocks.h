#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/document.h"

/// Terraform's spelling of the objects of Kubernetes.
namespace outlast::import {

/// What a resource type of Terraform's provider makes.
struct KindOfObject {
  std::string_view type;  ///< without version: "kubernetes_deployment"
  std::string_view api_version;
  std::string_view kind;
};

/// "kubernetes_deployment_v1" → Deployment of apps/v1; null for what is no object of its own.
[[nodiscard]] const KindOfObject* kind_of_object(std::string_view terraform_type);

/// What an attribute that is not known says, where it is taken from another object: by its path in
/// Terraform, and its key there; empty where that is not told either.
using TakenFrom = std::function<std::string(std::string_view path, std::string_view key)>;

/// The object that a manifest would hold, of the provider's attributes and blocks: `container`
/// blocks become the list `containers`, `service_account_name` becomes `serviceAccountName`. Maps of
/// names (labels, data) stay as they are; what is unset is left out, what is not known stays so.
[[nodiscard]] base::Document object_of_blocks(const KindOfObject& kind, base::Node attributes,
                                              const TakenFrom& taken_from);

/// The same for the path of an attribute: "spec[0].template[0].spec[0].container[1].image" →
/// "spec.template.spec.containers[1].image".
[[nodiscard]] std::string path_of_blocks(const KindOfObject& kind, std::string_view path);

}  // namespace outlast::import
