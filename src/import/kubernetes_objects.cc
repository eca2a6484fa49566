#include "import/kubernetes_objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/assert.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kDefaultNamespace = "default";

/// Kinds that lie in no namespace.
constexpr std::array<std::string_view, 22> kOfTheCluster = {"Namespace",
                                                            "Node",
                                                            "PersistentVolume",
                                                            "StorageClass",
                                                            "ClusterRole",
                                                            "ClusterRoleBinding",
                                                            "CustomResourceDefinition",
                                                            "PriorityClass",
                                                            "IngressClass",
                                                            "GatewayClass",
                                                            "RuntimeClass",
                                                            "CSIDriver",
                                                            "CSINode",
                                                            "VolumeAttachment",
                                                            "APIService",
                                                            "MutatingWebhookConfiguration",
                                                            "ValidatingWebhookConfiguration",
                                                            "ValidatingAdmissionPolicy",
                                                            "PodSecurityPolicy",
                                                            "ClusterIssuer",
                                                            "ClusterPolicy",
                                                            "ComponentStatus"};

std::string label_key(std::string_view space, std::string_view name, std::string_view value) {
  return fmt::format("{}|{}={}", space, name, value);
}

bool wears(Node labels, std::string_view name, Node values) {
  const Node worn = labels[name];
  for (std::size_t i = 0; worn.exists() && i < values.size(); ++i) {
    if (values.at(i).text() == worn.text()) {
      return true;
    }
  }
  return false;
}

/// Does an expression of a selector hold? One of an operator that is not known holds for none.
bool holds(Node labels, Node expression) {
  const std::string_view key = expression["key"].text();
  const std::string_view how = expression["operator"].text();
  if (how == "Exists") {
    return labels[key].exists();
  }
  if (how == "DoesNotExist") {
    return !labels[key].exists();
  }
  const bool is_among = wears(labels, key, expression["values"]);
  return how == "In" ? is_among : how == "NotIn" && !is_among;
}

}  // namespace

PodTemplate pod_template_of(Node object) {
  if (object["kind"].text() == "Pod") {
    return {object, ""};
  }
  const Node spec = object["spec"];
  if (spec["jobTemplate"].exists()) {
    return {spec["jobTemplate"]["spec"]["template"], "spec.jobTemplate.spec.template"};
  }
  if (spec["template"]["spec"]["containers"].exists()) {
    return {spec["template"], "spec.template"};
  }
  return {};
}

std::string namespace_of(Node object) {
  const std::string_view named = object["metadata"]["namespace"].text();
  if (!named.empty()) {
    return std::string(named);
  }
  const bool is_of_the_cluster = std::find(kOfTheCluster.begin(), kOfTheCluster.end(),
                                           object["kind"].text()) != kOfTheCluster.end();
  return std::string(is_of_the_cluster ? std::string_view() : kDefaultNamespace);
}

std::string kubernetes_address(std::string_view space, std::string_view kind,
                               std::string_view name) {
  return space.empty() ? fmt::format("{}/{}", kind, name)
                       : fmt::format("{}/{}/{}", space, kind, name);
}

KubernetesObjects::KubernetesObjects(const blueprint::Draft& draft) : draft_(draft) {
  for (const ResourceId id : base::ids<ResourceId>(draft.resources.size())) {
    const blueprint::DraftResource& resource = draft.resources[id];
    if (resource.format != kKubernetes) {
      continue;
    }
    all_.push_back(id);
    by_address_[resource.address] = id;
    const std::string space = namespace_of(resource.attributes);
    const PodTemplate pods = pod_template_of(resource.attributes);
    if (pods.pod.exists()) {
      by_space_[space].push_back(id);
    }
    const Node labels = pods.labels();
    for (std::size_t i = 0; labels.is(NodeKind::map) && i < labels.size(); ++i) {
      by_label_[label_key(space, labels.key(i), labels.at(i).text())].push_back(id);
    }
    spaces_.emplace(id.index, space);
  }
}

ResourceId KubernetesObjects::find(std::string_view space, std::string_view kind,
                                   std::string_view name) const {
  const auto found = by_address_.find(kubernetes_address(space, kind, name));
  return found == by_address_.end() ? ResourceId() : found->second;
}

std::vector<ResourceId> KubernetesObjects::with_labels(const std::string& space,
                                                       Node labels) const {
  if (!labels.is(NodeKind::map) || labels.size() == 0) {
    return {};
  }
  // The label that the fewest wear first: in a chart of one release all wear some.
  const std::vector<ResourceId>* fewest = nullptr;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto found = by_label_.find(label_key(space, labels.key(i), labels.at(i).text()));
    if (found == by_label_.end()) {
      return {};
    }
    if (fewest == nullptr || found->second.size() < fewest->size()) {
      fewest = &found->second;
    }
  }
  OUTLAST_ASSERT(fewest != nullptr, "labels that are not empty have a first one");
  std::vector<ResourceId> all;
  for (const ResourceId id : *fewest) {
    const Node worn = pod_template_of(object(id)).labels();
    bool wears_all = true;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      wears_all = wears_all && worn[labels.key(i)].exists() &&
                  worn[labels.key(i)].text() == labels.at(i).text();
    }
    if (wears_all) {
      all.push_back(id);
    }
  }
  return all;
}

std::vector<ResourceId> KubernetesObjects::all_in(const std::string& space) const {
  const auto there = by_space_.find(space);
  return there == by_space_.end() ? std::vector<ResourceId>() : there->second;
}

std::vector<ResourceId> KubernetesObjects::selected(const std::string& space, Node selector) const {
  const Node labels = selector["matchLabels"];
  const Node expressions = selector["matchExpressions"];
  std::vector<ResourceId> all;
  if (labels.size() > 0) {
    all = with_labels(space, labels);
  } else if (selector.exists()) {
    all = all_in(space);
  }
  std::erase_if(all, [&](ResourceId id) {
    const Node worn = pod_template_of(object(id)).labels();
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      if (!holds(worn, expressions.at(i))) {
        return true;
      }
    }
    return false;
  });
  return all;
}

std::set<std::int64_t> container_ports(Node object, std::string_view name) {
  std::set<std::int64_t> numbers;
  const Node containers = pod_template_of(object).spec()["containers"];
  for (std::size_t i = 0; i < containers.size(); ++i) {
    const Node ports = containers.at(i)["ports"];
    for (std::size_t k = 0; k < ports.size(); ++k) {
      const auto number = ports.at(k)["containerPort"].as_integer();
      if (number && ports.at(k)["name"].text() == name) {
        numbers.insert(*number);
      }
    }
  }
  return numbers;
}

bool KubernetesObjects::opens(ResourceId service, std::string_view port) const {
  const Node spec = object(service)["spec"];
  const Node ports = spec["ports"];
  bool is_open = ports.size() == 0 || spec["clusterIP"].text() == "None";
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const Node own = ports.at(i)["port"];
    is_open =
        is_open || !own.as_integer() || own.text() == port || ports.at(i)["name"].text() == port;
  }
  return is_open;
}

blueprint::Value<std::int64_t> KubernetesObjects::port_behind(ResourceId service, int asked) const {
  const Node spec = object(service)["spec"];
  const Node ports = spec["ports"];
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const auto own = ports.at(i)["port"].as_integer();
    if (asked == 0 ? ports.size() != 1 : own != asked) {
      continue;
    }
    const Node target = ports.at(i)["targetPort"];
    std::set<std::int64_t> numbers;
    if (const auto number = target.exists() ? target.as_integer() : own) {
      numbers.insert(*number);
    } else {
      for (const ResourceId pod : with_labels(space_of(service), spec["selector"])) {
        numbers.merge(container_ports(object(pod), target.text()));
      }
    }
    if (numbers.size() == 1) {
      return blueprint::Value<std::int64_t>::of(*numbers.begin(), blueprint::Provenance::stated,
                                                ports.at(i).span());
    }
  }
  return {};
}

}  // namespace outlast::import
