#include "import/kubernetes_bonds.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace outlast::import {

using base::Node;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kHostname = "kubernetes.io/hostname";

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
  BondFinder(const KubernetesObjects& objects, Draft& draft) : objects_(objects), draft_(draft) {}

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
      return;
    }
    resource.only_machine = only_machine(id, pod);
    resource.is_bound = !resource.only_machine.empty() || has_local_volume(id, object, pod);
  }

 private:
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

  [[nodiscard]] bool has_local_volume(ResourceId id, Node object, Node pod) const {
    const Node volumes = pod["volumes"];
    for (std::size_t i = 0; i < volumes.size(); ++i) {
      const ResourceId claim =
          objects_.find(objects_.space_of(id), "PersistentVolumeClaim",
                        volumes.at(i)["persistentVolumeClaim"]["claimName"].text());
      if (claim.exists() && is_local(objects_.object(claim)["spec"])) {
        return true;
      }
    }
    const Node claims = object["spec"]["volumeClaimTemplates"];
    for (std::size_t i = 0; i < claims.size(); ++i) {
      if (is_local(claims.at(i)["spec"])) {
        return true;
      }
    }
    return false;
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
};

}  // namespace

void add_kubernetes_bonds(const KubernetesObjects& objects, Draft& draft) {
  BondFinder finder(objects, draft);
  for (const ResourceId id : objects.all()) {
    finder.bind(id);
  }
}

}  // namespace outlast::import
