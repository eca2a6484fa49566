#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "blueprint/draft.h"

namespace outlast::import {

inline constexpr std::string_view kKubernetes = "kubernetes";

/// Labels of nodes that Kubernetes knows by name.
inline constexpr std::string_view kZone = "topology.kubernetes.io/zone";
inline constexpr std::string_view kHostname = "kubernetes.io/hostname";

/// Where a workload says what its pods are like; does not exist for what runs no pods.
struct PodTemplate {
  base::Node pod;    ///< with `metadata` and `spec`
  std::string path;  ///< of `pod` in the object: "spec.template"
  [[nodiscard]] base::Node spec() const { return pod["spec"]; }
  [[nodiscard]] base::Node labels() const { return pod["metadata"]["labels"]; }
};
[[nodiscard]] PodTemplate pod_template_of(base::Node object);

/// Numbers that the containers of an object's pods give to a port of this name.
[[nodiscard]] std::set<std::int64_t> container_ports(base::Node object, std::string_view name);

/// "" for what lies in no namespace.
[[nodiscard]] std::string namespace_of(base::Node object);

/// The address of an object: "shop/Deployment/web", "Node/a".
[[nodiscard]] std::string kubernetes_address(std::string_view space, std::string_view kind,
                                             std::string_view name);

/// The objects of a draft that come from Kubernetes, found by address and by the labels of their
/// pods.
class KubernetesObjects {
 public:
  explicit KubernetesObjects(const blueprint::Draft& draft);

  [[nodiscard]] const std::vector<blueprint::ResourceId>& all() const { return all_; }
  [[nodiscard]] base::Node object(blueprint::ResourceId id) const {
    return draft_.resources[id].attributes;
  }
  /// The object with this address; one that does not exist if there is none.
  [[nodiscard]] blueprint::ResourceId find(std::string_view space, std::string_view kind,
                                           std::string_view name) const;
  [[nodiscard]] blueprint::ResourceId service(std::string_view space, std::string_view name) const {
    return find(space, "Service", name);
  }
  /// Workloads of a namespace whose pods wear all of the labels; none for an empty map.
  [[nodiscard]] std::vector<blueprint::ResourceId> with_labels(const std::string& space,
                                                               base::Node labels) const;
  /// The same for a selector with `matchLabels` and `matchExpressions`; an empty one means all.
  [[nodiscard]] std::vector<blueprint::ResourceId> selected(const std::string& space,
                                                            base::Node selector) const;
  /// Does a service open this port, by number or by name? One without an address of its own (headless)
  /// opens what its pods do.
  [[nodiscard]] bool opens(blueprint::ResourceId service, std::string_view port) const;
  /// At which port of its pods requests to a service come in: those to that port of its own, or, where
  /// none is asked for (0), to the only one. Not set where that is not told, or its pods differ.
  [[nodiscard]] blueprint::Value<std::int64_t> port_behind(blueprint::ResourceId service,
                                                           int asked) const;
  /// All workloads of a namespace.
  [[nodiscard]] std::vector<blueprint::ResourceId> all_in(const std::string& space) const;
  [[nodiscard]] const std::string& space_of(blueprint::ResourceId id) const {
    return spaces_.at(id.index);
  }

 private:
  const blueprint::Draft& draft_;
  std::vector<blueprint::ResourceId> all_;
  std::unordered_map<std::string, blueprint::ResourceId> by_address_;
  std::unordered_map<std::string, std::vector<blueprint::ResourceId>> by_label_;
  std::unordered_map<std::string, std::vector<blueprint::ResourceId>> by_space_;  ///< workloads
  std::unordered_map<std::uint32_t, std::string> spaces_;
};

}  // namespace outlast::import
