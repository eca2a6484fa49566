#include "import/kubernetes_bonds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "import/kubernetes_claims.h"

namespace outlast::import {

using base::Node;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

/// Provisioners whose volumes lie on the disk of one node, by the names that their own pages give.
constexpr std::string_view kLocalProvisioners[] = {"kubernetes.io/no-provisioner",
                                                   "rancher.io/local-path",
                                                   "k8s.io/minikube-hostpath",
                                                   "docker.io/hostpath",
                                                   "microk8s.io/hostpath",
                                                   "openebs.io/local",
                                                   "topolvm.io",
                                                   "topolvm.cybozu.com",
                                                   "local.csi.openebs.io",
                                                   "hostpath.csi.k8s.io",
                                                   "lvm.csi.metal-stack.io"};

/// The one name that an expression admits; empty where it admits several.
std::string_view only_value(Node expression) {
  const Node values = expression["values"];
  return expression["operator"].text() == "In" && values.size() == 1 ? values.at(0).text()
                                                                     : std::string_view();
}

/// The node that all terms of a selector ask for by name; empty where they leave a choice.
std::string_view only_node_of(Node terms) {
  std::string_view only;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    std::string_view named;
    const Node expressions = terms.at(i)["matchExpressions"];
    const Node fields = terms.at(i)["matchFields"];
    for (std::size_t k = 0; k < expressions.size(); ++k) {
      if (expressions.at(k)["key"].text() == kHostname) {
        named = only_value(expressions.at(k));
      }
    }
    for (std::size_t k = 0; k < fields.size(); ++k) {
      named = only_value(fields.at(k));
    }
    if (named.empty() || (i > 0 && named != only)) {
      return {};
    }
    only = named;
  }
  return only;
}

class BondFinder {
 public:
  BondFinder(const KubernetesObjects& objects, Draft& draft) : objects_(objects), draft_(draft) {
    for (const ResourceId id : objects.all()) {
      const Node object = objects.object(id);
      nodes_ += object["kind"].text() == "Node" ? 1 : 0;
      if (object["kind"].text() == "Pod" && draft.resources[id].type == "Pod") {
        note_pod(id, object["spec"]["nodeName"].text());
      }
      if (const Node scaled = object["spec"]["scaleTargetRef"]; scaled.exists()) {
        scaled_.insert({objects.space_of(id), scaled["name"].text()});
      }
    }
  }

  /// Brings what must lie beside the only pod of another workload to that one's machine.
  /// Once all are bound.
  void bind_to_other(ResourceId id) {
    const Node pod = pod_template_of(objects_.object(id)).spec();
    DraftResource& resource = draft_.resources[id];
    if (!resource.only_machine.empty()) {
      return;
    }
    for (const ResourceId other : must_be_with(id, pod)) {
      DraftResource& beside = draft_.resources[other];
      if (other != id && has_one_pod(other)) {
        if (beside.only_machine.empty()) {
          beside.only_machine = fmt::format("the node of {}", beside.name);
        }
        resource.only_machine = beside.only_machine;
        return;
      }
    }
  }

  void bind(ResourceId id) {
    const Node object = objects_.object(id);
    const std::string_view kind = object["kind"].text();
    const Node pod = pod_template_of(object).spec();
    if (!pod.exists() || kind == "DaemonSet" || kind == "Job" || kind == "CronJob") {
      return;
    }
    DraftResource& resource = draft_.resources[id];
    if (kind == "Pod") {  // what made it makes another one elsewhere
      resource.is_bound = object["metadata"]["ownerReferences"].size() == 0;
      resource.only_machine = resource.is_bound ? std::string(pod["nodeName"].text()) : "";
      return;
    }
    resource.only_machine = only_machine(id, pod);
    const auto mounted = claims_mounted(id, pod);
    const auto claims = claims_of(object, mounted);
    if (!mounted.empty() && mounted.size() == claims.size()) {
      resource.references.push_back({"one_volume", {id}});  // all of its pods mount the same
    }
    resource.keeps_data_there =
        std::any_of(claims.begin(), claims.end(), [&](Node claim) { return is_local(claim); });
    resource.holds_volume = std::any_of(claims.begin(), claims.end(), is_held_by_one);
    resource.tolerates = tolerated(pod["tolerations"]);
    resource.is_bound = !resource.only_machine.empty() || resource.keeps_data_there ||
                        stays_for_good(pod["tolerations"]);
    if (const std::string seen = machine_seen(id); resource.only_machine.empty()) {
      resource.only_machine = seen;  // where they are today; they may be started on another one
      resource.is_bound = resource.is_bound || (!seen.empty() && nodes_ == 1);
    }
    const bool share_a_volume =
        !has_one_pod(id) && std::any_of(mounted.begin(), mounted.end(), is_held_by_one);
    if (resource.only_machine.empty() && (share_a_volume || are_kept_together(id, pod))) {
      resource.only_machine = fmt::format("the node of {}", resource.name);  // whichever it is
    }
  }

 private:
  /// Pods that run, and those that nobody has placed yet, by what made them.
  void note_pod(ResourceId id, std::string_view node) {
    for (const auto& reference : draft_.resources[id].references) {
      if (reference.path == "owner") {
        for (const ResourceId owner : reference.targets) {
          if (seen_on_[owner.index].insert(node).second) {
            note_pod(owner, node);  // NOLINT(misc-no-recursion): each owner once for a node
          }
        }
      }
    }
  }

  /// Workloads on whose nodes each of its pods must lie; more than one where it may choose.
  [[nodiscard]] std::vector<ResourceId> must_be_with(ResourceId id, Node pod) const {
    const Node terms =
        pod["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
    std::vector<ResourceId> all;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      const Node term = terms.at(i);
      const bool is_elsewhere = term["namespaces"].size() > 0 || term["namespaceSelector"].exists();
      if (term["topologyKey"].text() != kHostname || is_elsewhere) {
        continue;
      }
      const auto meant = objects_.selected(objects_.space_of(id), term["labelSelector"]);
      if (meant.size() == 1 || std::find(meant.begin(), meant.end(), id) != meant.end()) {
        all.insert(all.end(), meant.begin(), meant.end());
      }
    }
    return all;
  }

  /// Must each of its pods lie on the node of the others?
  [[nodiscard]] bool are_kept_together(ResourceId id, Node pod) const {
    const auto all = must_be_with(id, pod);
    return std::find(all.begin(), all.end(), id) != all.end();
  }

  /// Is it one, whatever comes? Nothing scales it, and it is for no node of its own each.
  [[nodiscard]] bool has_one_pod(ResourceId id) const {
    const Node object = objects_.object(id);
    const std::string_view kind = object["kind"].text();
    const Node replicas = object["spec"]["replicas"];
    const bool is_counted = kind == "Deployment" || kind == "StatefulSet" || kind == "ReplicaSet";
    const bool is_one = !replicas.exists() || replicas.as_integer() == 1;
    return is_counted && is_one &&
           !scaled_.contains({objects_.space_of(id), object["metadata"]["name"].text()});
  }

  /// The one node that all of its pods are seen on; empty where they are on several, or on none.
  [[nodiscard]] std::string machine_seen(ResourceId id) const {
    const auto seen = seen_on_.find(id.index);
    return seen != seen_on_.end() && seen->second.size() == 1 ? std::string(*seen->second.begin())
                                                              : std::string();
  }

  /// Is it for what a node wears that does not answer?
  static bool is_for_dead_nodes(Node toleration) {
    const std::string_view key = toleration["key"].text();
    const std::string_view effect = toleration["effect"].text();
    const bool has_key = key == "node.kubernetes.io/unreachable" ||
                         (key.empty() && toleration["operator"].text() == "Exists");
    return has_key && (effect.empty() || effect == "NoExecute");
  }

  /// The shortest of those that end decides.
  static blueprint::Value<base::Seconds> tolerated(Node tolerations) {
    blueprint::Value<base::Seconds> shortest;
    for (std::size_t i = 0; i < tolerations.size(); ++i) {
      const Node seconds = tolerations.at(i)["tolerationSeconds"];
      const auto number = seconds.as_integer();
      if (number && is_for_dead_nodes(tolerations.at(i))) {
        const double stays = std::max(0.0, static_cast<double>(*number));
        shortest =
            blueprint::Value<base::Seconds>::of({std::min(stays, shortest.value_or({stays}).value)},
                                                blueprint::Provenance::stated, seconds.span());
      }
    }
    return shortest;
  }

  static bool stays_for_good(Node tolerations) {
    bool is_for_good = false;
    for (std::size_t i = 0; i < tolerations.size(); ++i) {
      const bool is_meant = is_for_dead_nodes(tolerations.at(i));
      is_for_good =
          is_for_good || (is_meant && !tolerations.at(i)["tolerationSeconds"].as_integer());
    }
    return is_for_good && !tolerated(tolerations).is_known();
  }

  [[nodiscard]] std::string only_machine(ResourceId id, Node pod) const {
    const Node chosen = pod["nodeSelector"][kHostname];
    const std::string_view named =
        !pod["nodeName"].text().empty() ? pod["nodeName"].text()
        : !chosen.text().empty()
            ? chosen.text()
            : only_node_of(pod["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuring"
                                                           "Execution"]["nodeSelectorTerms"]);
    if (!named.empty()) {
      return std::string(named);
    }
    for (const auto& reference : draft_.resources[id].references) {
      if (reference.path == "nodes" && reference.targets.size() == 1) {
        return draft_.resources[reference.targets.front()].name;
      }
    }
    return {};
  }

  /// What the volumes ask for that all of its pods mount, as far as the inputs hold it: a volume that
  /// one machine holds keeps them on that one.
  [[nodiscard]] std::vector<Node> claims_mounted(ResourceId id, Node pod) const {
    std::vector<Node> claims;
    for (const std::string& name : claims_mounted_by(pod)) {
      const ResourceId claim = objects_.find(objects_.space_of(id), kClaim, name);
      if (claim.exists()) {
        claims.push_back(objects_.object(claim)["spec"]);
      }
    }
    return claims;
  }

  /// These, and those that each of its pods gets for itself.
  static std::vector<Node> claims_of(Node object, std::vector<Node> claims) {
    const Node made = object["spec"]["volumeClaimTemplates"];
    for (std::size_t i = 0; i < made.size(); ++i) {
      claims.push_back(made.at(i)["spec"]);
    }
    return claims;
  }

  static bool is_held_by_one(Node claim) {
    const std::string_view mode = claim["accessModes"].at(0).text();
    return mode == "ReadWriteOnce" || mode == "ReadWriteOncePod";
  }

  /// Does what a claim asks for lie on one node?
  [[nodiscard]] bool is_local(Node claim) const {
    const ResourceId volume = objects_.find("", "PersistentVolume", claim["volumeName"].text());
    const Node made = volume.exists() ? objects_.object(volume)["spec"] : Node();
    const Node terms = made["nodeAffinity"]["required"]["nodeSelectorTerms"];
    if (made["local"].exists() || made["hostPath"].exists() || !only_node_of(terms).empty()) {
      return true;
    }
    const ResourceId storage = objects_.find("", "StorageClass", claim["storageClassName"].text());
    const std::string_view provisioner =
        storage.exists() ? objects_.object(storage)["provisioner"].text() : std::string_view();
    return std::find(std::begin(kLocalProvisioners), std::end(kLocalProvisioners), provisioner) !=
           std::end(kLocalProvisioners);
  }

  const KubernetesObjects& objects_;
  Draft& draft_;
  std::size_t nodes_ = 0;
  std::set<std::pair<std::string, std::string_view>> scaled_;    ///< spaces and names
  std::map<std::uint32_t, std::set<std::string_view>> seen_on_;  ///< nodes of what an owner made
};

}  // namespace

void add_kubernetes_bonds(const KubernetesObjects& objects, Draft& draft) {
  BondFinder finder(objects, draft);
  for (const ResourceId id : objects.all()) {
    finder.bind(id);
  }
  for (const ResourceId id : objects.all()) {
    finder.bind_to_other(id);
  }
}

}  // namespace outlast::import
