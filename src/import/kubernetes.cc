#include "import/kubernetes.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "import/kubernetes_authorizations.h"
#include "import/kubernetes_bonds.h"
#include "import/kubernetes_calls.h"
#include "import/kubernetes_checks.h"
#include "import/kubernetes_claims.h"
#include "import/kubernetes_mesh.h"
#include "import/kubernetes_node_pools.h"
#include "import/kubernetes_nodes.h"
#include "import/kubernetes_objects.h"
#include "import/kubernetes_owners.h"
#include "import/kubernetes_policies.h"
#include "import/kubernetes_priorities.h"
#include "import/kubernetes_references.h"
#include "import/kubernetes_rights.h"
#include "import/kubernetes_routes.h"
#include "import/kubernetes_shape.h"
#include "import/kubernetes_subsets.h"
#include "import/secrets.h"

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

/// "apps/v1" → "apps"; "v1" → "": the core group.
std::string_view group_of(Node object) {
  const std::string_view version = object["apiVersion"].text();
  const auto slash = version.find('/');
  return slash == std::string_view::npos ? std::string_view() : version.substr(0, slash);
}

/// `items: null` is how an empty list of the API is written, too.
bool is_list(Node root) {
  const Node items = root["items"];
  return !root["metadata"]["name"].exists() &&
         (items.is(NodeKind::list) ||
          (items.is(NodeKind::null) && root["kind"].text().ends_with("List")));
}

bool is_same(Node a, Node b) {
  if (a.kind() != b.kind() || a.size() != b.size() || a.text() != b.text()) {
    return false;
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    const bool is_map = a.is(NodeKind::map);
    const Node other = is_map ? b[a.key(i)] : b.at(i);
    if (!other.exists() || !is_same(a.at(i), other)) {
      return false;
    }
  }
  return true;
}

class ObjectReader {
 public:
  ObjectReader(Draft& draft, Diagnostics& diagnostics) : draft_(draft), diagnostics_(diagnostics) {
    for (const ResourceId id : base::ids<ResourceId>(draft.resources.size())) {
      if (const DraftResource& resource = draft.resources[id]; resource.format == kKubernetes) {
        known_.emplace(resource.type + " " + resource.address, id);  // what Terraform makes
      }
    }
  }

  /// Of objects that stand twice the secrets of the one that is taken.
  void find_all_secrets(std::size_t first) {
    for (std::size_t i = first; i < draft_.resources.size(); ++i) {
      note_secrets(draft_.resources[ResourceId(i)]);
    }
  }

  void read(Node root) {
    if (!is_list(root)) {
      read_object(root);
      return;
    }
    const Node items = root["items"];
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (is_list(items.at(i))) {
        diagnostics_.error("OUT-E1402", items.at(i).span(), "a list within a list of objects",
                           "write its objects in one list");
        draft_.is_incomplete = true;
      } else {
        read_object(items.at(i));
      }
    }
  }

 private:
  void read_object(Node object) {
    const std::string_view kind = object["kind"].text();
    const std::string_view name = object["metadata"]["name"].text();
    if (!check_kubernetes_shape(object, diagnostics_)) {
      draft_.is_incomplete = true;
      return;
    }
    if (kind.empty() || name.empty()) {
      diagnostics_.error("OUT-E1402", object.span(),
                         kind.empty() ? std::string("an object without a kind")
                                      : fmt::format("an object of kind {} without a name", kind),
                         "every object needs apiVersion, kind and metadata.name");
      draft_.is_incomplete = true;
      return;
    }
    DraftResource resource;
    resource.format = kKubernetes;
    resource.address = kubernetes_address(namespace_of(object), kind, name);
    resource.name = name;
    const std::string_view group = group_of(object);
    resource.type = group.empty() ? std::string(kind) : fmt::format("{}/{}", group, kind);
    resource.group = resource.address;
    resource.attributes = object;
    resource.evidence = {resource.address, object.span(), ""};
    add(std::move(resource));
  }

  void add(DraftResource resource) {
    const auto [known, is_new] =
        known_.emplace(resource.type + " " + resource.address, ResourceId(draft_.resources.size()));
    if (is_new) {
      draft_.resources.push_back(std::move(resource));
      return;
    }
    DraftResource& earlier = draft_.resources[known->second];
    if (is_patch(resource) != is_patch(earlier)) {
      tell_patch(is_patch(resource) ? resource : earlier);
    } else {
      tell_twice(earlier, resource);
    }
    if (!is_patch(resource) || is_patch(earlier)) {
      earlier = std::move(resource);
    }
  }

  /// A workload without containers is what kustomize lays over one that has them.
  [[nodiscard]] static bool is_patch(const DraftResource& resource) {
    constexpr std::string_view kWithPods[] = {"apps/Deployment", "apps/StatefulSet",
                                              "apps/DaemonSet"};
    return std::find(std::begin(kWithPods), std::end(kWithPods), resource.type) !=
               std::end(kWithPods) &&
           !pod_template_of(resource.attributes).pod.exists();
  }

  void tell_patch(const DraftResource& patch) {
    diagnostics_.warning(
        "OUT-E1405", patch.evidence.span,
        fmt::format("{} stands here in part: a patch, which is not applied", patch.address),
        "give what kustomize makes of it: kubectl kustomize FOLDER | outlast check -");
  }

  void tell_twice(const DraftResource& known, const DraftResource& resource) {
    if (is_same(known.attributes, resource.attributes)) {
      return;
    }
    diagnostics_.warning("OUT-E1403", resource.evidence.span,
                         fmt::format("{} stands twice, and differently", resource.address),
                         "this one, the later, is taken");
    diagnostics_.warning("OUT-E1403", known.evidence.span,
                         fmt::format("the other {} stands here, and is not taken", known.address),
                         "give one of the two");
  }

  /// A Secret holds secrets by its nature; elsewhere they are told by their names.
  void note_secrets(const DraftResource& resource) {
    const Node object = resource.attributes;
    if (object["kind"].text() == "Secret") {
      find_secrets_of_object(object, resource.evidence, draft_.secrets);
      return;
    }
    if (object["kind"].text() == "ConfigMap") {
      find_by_line(object["data"], resource);
      return;
    }
    const Node spec = pod_template_of(object).spec();
    for (const std::string_view list : {"containers", "initContainers"}) {
      const Node containers = spec[list];
      for (std::size_t i = 0; i < containers.size(); ++i) {
        note_settings(containers.at(i)["env"], resource);
        for (const std::string_view words : {"command", "args"}) {
          find_by_line(containers.at(i)[words], resource, words);
        }
      }
    }
  }

  /// Lines tell places in manifests.
  void find_by_line(Node node, const DraftResource& resource, std::string_view name = "") {
    const std::size_t first = draft_.secrets.size();
    find_secrets(node, {}, resource.evidence, draft_.secrets, name);
    for (std::size_t i = first; i < draft_.secrets.size(); ++i) {
      draft_.secrets[i].evidence.pointer.clear();
    }
  }

  void note_settings(Node env, const DraftResource& resource) {
    for (std::size_t i = 0; i < env.size(); ++i) {
      const Node value = env.at(i)["value"];
      if (value.is(NodeKind::string)) {
        find_secrets(value, {}, {resource.address, value.span(), ""}, draft_.secrets,
                     env.at(i)["name"].text());
      }
    }
  }

  Draft& draft_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::string, ResourceId> known_;  ///< by type and address
};

}  // namespace

bool is_kubernetes(Node root) {
  const auto is_object = [](Node node) {
    return node["apiVersion"].exists() && node["kind"].exists() && node["metadata"].exists();
  };
  if (!root.is(NodeKind::map) || root["kind"].text() == "Kustomization") {
    return false;
  }
  return is_object(root) || (root["kind"].text().ends_with("List") && is_list(root)) ||
         (is_list(root) && is_object(root["items"].at(0)));
}

void read_kubernetes(const std::vector<Node>& roots, Draft& draft, Diagnostics& diagnostics) {
  const std::size_t first = draft.resources.size();
  ObjectReader reader(draft, diagnostics);
  for (const Node root : roots) {
    reader.read(root);
  }
  reader.find_all_secrets(first);
  add_nodes_of_pools(draft);
  add_absent_owners(draft);
  add_untold_claims(draft);
  const KubernetesObjects objects(draft);
  add_kubernetes_references(objects, draft);
  add_kubernetes_priorities(objects, draft);
  add_zones_of_volumes(objects, draft);
  add_kubernetes_nodes(objects, draft);
  check_kubernetes(objects, draft, diagnostics);
  add_kubernetes_bonds(objects, draft);
  add_kubernetes_calls(objects, draft);
  add_kubernetes_routes(objects, draft);
  add_kubernetes_mesh(objects, draft, diagnostics);
  add_kubernetes_subsets(objects, draft, diagnostics);
  add_kubernetes_policies(objects, draft);
  add_kubernetes_authorizations(objects, draft);
  add_kubernetes_rights(objects, draft);
}

}  // namespace outlast::import
