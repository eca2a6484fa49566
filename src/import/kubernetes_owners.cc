#include "import/kubernetes_owners.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "import/kubernetes_made.h"

namespace outlast::import {

using base::Node;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

/// What runs pods, by its own words.
struct Owner {
  std::string_view version;
  std::string_view kind;
  std::string_view name;
};

/// Kinds that the catalog reads by their pods; of others nobody knows how they replace theirs.
constexpr std::array<std::string_view, 6> kKnown = {
    "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController", "Rollout"};
constexpr std::string_view kOthers = "pods";
constexpr std::string_view kOver = "Pod over";
constexpr std::string_view kPodsOfNodes = "Pods";

/// "web" of "web-5d9c"; nothing where it does not end so.
std::string_view without_end(std::string_view name, std::string_view end) {
  const bool ends_so = !end.empty() && name.size() > end.size() + 1 && name.ends_with(end) &&
                       name[name.size() - end.size() - 1] == '-';
  return ends_so ? name.substr(0, name.size() - end.size() - 1) : std::string_view();
}

/// A replica set wears the hash of the deployment's template in its name, its pods as a label.
std::optional<Owner> maker_of(const Owner& set, Node labels) {
  const std::string_view of_deployment = without_end(set.name, labels["pod-template-hash"].text());
  const std::string_view of_rollout =
      without_end(set.name, labels["rollouts-pod-template-hash"].text());
  if (set.kind != "ReplicaSet") {
    return std::nullopt;
  }
  if (!of_rollout.empty()) {
    return Owner{"argoproj.io/v1alpha1", "Rollout", of_rollout};
  }
  return of_deployment.empty() ? std::nullopt
                               : std::optional<Owner>({"apps/v1", "Deployment", of_deployment});
}

/// Whoever controls an object; of a pod that a node runs by itself, all pods of its name on nodes.
std::optional<Owner> controller_of(Node object) {
  const Node references = object["metadata"]["ownerReferences"];
  Node found = references.at(0);
  for (std::size_t i = 0; i < references.size(); ++i) {
    found = references.at(i)["controller"].text() == "true" ? references.at(i) : found;
  }
  const Owner owner{found["apiVersion"].text(), found["kind"].text(), found["name"].text()};
  if (owner.kind == "Node") {
    const auto base = without_end(object["metadata"]["name"].text(), owner.name);
    return base.empty() ? std::nullopt : std::optional<Owner>({"v1", kPodsOfNodes, base});
  }
  return owner.name.empty() ? std::nullopt : std::optional(owner);
}

/// Has it ended, or is it one that a chart runs for a moment, to test itself?
bool is_over(Node pod) {
  const std::string_view phase = pod["status"]["phase"].text();
  return phase == "Succeeded" || phase == "Failed" ||
         pod["metadata"]["annotations"]["helm.sh/hook"].exists();
}

ValueTree text_map(std::initializer_list<std::pair<std::string, std::string_view>> members,
                   base::Span span) {
  ValueTree map = map_at(span);
  for (const auto& [key, value] : members) {
    map.members.emplace_back(key, text_value(std::string(value), span));
  }
  return map;
}

/// Labels that all of the pods wear.
ValueTree common_labels(const Draft& draft, const std::vector<ResourceId>& pods) {
  const auto labels_of = [&](ResourceId id) {
    return draft.resources[id].attributes["metadata"]["labels"];
  };
  const Node first = labels_of(pods.front());
  ValueTree labels = map_at(draft.resources[pods.front()].attributes.span());
  for (std::size_t i = 0; first.is(base::NodeKind::map) && i < first.size(); ++i) {
    const bool all_wear = std::all_of(pods.begin(), pods.end(), [&](ResourceId id) {
      return labels_of(id)[first.key(i)].text() == first.at(i).text();
    });
    if (all_wear) {
      labels.members.emplace_back(std::string(first.key(i)), copy_of(first.at(i)));
    }
  }
  return labels;
}

/// What a pod asks for. Where it lies its controller did not say; a pod that one node runs by itself
/// is that node's.
ValueTree spec_of(Node pod, bool is_of_node) {
  ValueTree spec = copy_of(pod["spec"]);
  if (!is_of_node) {
    std::erase_if(spec.members, [](const auto& member) { return member.first == "nodeName"; });
  }
  return spec;
}

/// The manifest that would have made the pods.
ValueTree manifest_of(const Draft& draft, const Owner& owner, const std::string& space,
                      const std::vector<ResourceId>& pods) {
  const Node pod = draft.resources[pods.front()].attributes;
  const base::Span span = pod.span();
  const std::string count = std::to_string(pods.size());
  ValueTree of_pods = map_at(span);
  of_pods.members.emplace_back("labels", common_labels(draft, pods));
  ValueTree inside = map_at(span);
  inside.members.emplace_back("metadata", std::move(of_pods));
  inside.members.emplace_back("spec", spec_of(pod, owner.kind == kPodsOfNodes && pods.size() == 1));
  ValueTree spec = text_map({{"replicas", count}}, span);
  spec.members.emplace_back("template", std::move(inside));
  ValueTree manifest = text_map({{"apiVersion", owner.version}, {"kind", owner.kind}}, span);
  manifest.members.emplace_back("metadata",
                                text_map({{"name", owner.name}, {"namespace", space}}, span));
  manifest.members.emplace_back("spec", std::move(spec));
  manifest.members.emplace_back("status", text_map({{"desiredNumberScheduled", count}}, span));
  return manifest;
}

std::string type_of(const Owner& owner) {
  if (std::find(kKnown.begin(), kKnown.end(), owner.kind) == kKnown.end()) {
    return std::string(kOthers);
  }
  const auto slash = owner.version.find('/');
  return slash == std::string_view::npos
             ? std::string(owner.kind)
             : std::string(owner.version.substr(0, slash + 1)) + std::string(owner.kind);
}

}  // namespace

void add_absent_owners(Draft& draft) {
  std::map<std::string, std::pair<Owner, std::vector<ResourceId>>> absent;
  const KubernetesObjects objects(draft);
  for (const ResourceId id : objects.all()) {
    const Node pod = objects.object(id);
    if (pod["kind"].text() != "Pod" || !owners_of(objects, id).empty()) {
      continue;
    }
    if (is_over(pod)) {
      draft.resources[id].type = kOver;
    }
    const auto controller = is_over(pod) ? std::nullopt : controller_of(pod);
    if (controller && controller->kind != "Job") {
      const Owner owner = maker_of(*controller, pod["metadata"]["labels"]).value_or(*controller);
      auto& [by, pods] = absent[kubernetes_address(objects.space_of(id), owner.kind, owner.name)];
      by = owner;
      pods.push_back(id);
    }
  }
  for (const auto& [address, found] : absent) {
    const auto& [owner, pods] = found;
    DraftResource made =
        made_beside(draft.resources[pods.front()], address, type_of(owner),
                    manifest_of(draft, owner, objects.space_of(pods.front()), pods), {}, draft);
    made.name = owner.name;
    made.evidence.address = address;
    made.is_context = false;
    draft.resources.push_back(std::move(made));
  }
}

std::vector<ResourceId> owners_of(const KubernetesObjects& objects, ResourceId id) {
  const Node object = objects.object(id);
  const std::string& space = objects.space_of(id);
  const Node references = object["metadata"]["ownerReferences"];
  std::vector<ResourceId> owners;
  const auto add = [&](std::string_view kind, std::string_view name) {
    if (const ResourceId owner = objects.find(space, kind, name); owner.exists()) {
      owners.push_back(owner);
    }
  };
  for (std::size_t i = 0; i < references.size(); ++i) {
    add(references.at(i)["kind"].text(), references.at(i)["name"].text());
  }
  const auto controller = owners.empty() ? controller_of(object) : std::nullopt;
  if (controller) {
    const auto maker = maker_of(*controller, object["metadata"]["labels"]);
    const Owner& owner = maker ? *maker : *controller;
    add(owner.kind, owner.name);
  }
  return owners;
}

}  // namespace outlast::import
