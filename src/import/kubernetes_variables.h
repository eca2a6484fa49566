#pragma once

#include <map>
#include <string>
#include <string_view>

#include "import/kubernetes_objects.h"

namespace outlast::import {

/// What a container is told by name: its settings, and what Kubernetes tells every pod of the services
/// of its namespace (CART_SERVICE_HOST, CART_SERVICE_PORT, CART_PORT).
class KubernetesVariables {
 public:
  explicit KubernetesVariables(const KubernetesObjects& objects);

  /// Forgets the settings of the container before.
  void begin(const std::string& space);
  /// in  value  empty: it is told, and names no host, such as the pod's own address
  void tell(std::string_view name, std::string_view value);

  struct Text {
    std::string text;   ///< what nobody tells stands as it stood, which is what Kubernetes does
    std::string lacks;  ///< the first variable that nobody tells; empty: none
  };
  /// A value, a word of a command or an argument with each "$(NAME)" replaced.
  [[nodiscard]] Text expand(std::string_view text) const;

 private:
  using Settings = std::map<std::string, std::string, std::less<>>;

  [[nodiscard]] const std::string* told(std::string_view name) const;

  std::map<std::string, Settings> of_services_;  ///< by namespace
  const Settings* around_ = nullptr;
  Settings own_;
};

}  // namespace outlast::import
