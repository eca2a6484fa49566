#include "import/kubernetes_nodes.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace outlast::import {

using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kSystem = "kubernetes.io/os";
constexpr std::string_view kZoneBefore = "failure-domain.beta.kubernetes.io/zone";

/// Path of a reference of a workload to those whose pods its own are kept apart from.
constexpr std::string_view kApart = "apart";

bool is_zone(std::string_view key) {
  return key == kZone || key == kZoneBefore;
}

/// A node that is written without the label of its name, or of its system, wears it all the same: most
/// run Linux.
std::string_view label_of(Node node, std::string_view key) {
  const Node labels = node["metadata"]["labels"];
  const Node label = labels[key];
  return label.exists()     ? label.text()
         : key == kZone     ? labels[kZoneBefore].text()
         : key == kHostname ? node["metadata"]["name"].text()
         : key == kSystem   ? std::string_view("linux")
                            : std::string_view();
}

bool holds_number(std::string_view label, std::string_view how, Node values) {
  const auto number = [](std::string_view text, long& out) {
    return std::from_chars(text.data(), text.data() + text.size(), out).ec == std::errc();
  };
  long worn = 0;
  long asked = 0;
  return number(label, worn) && number(values.at(0).text(), asked) &&
         (how == "Gt" ? worn > asked : worn < asked);
}

/// One expression of a node selector, asked of the labels of a node.
bool holds(Node node, Node expression) {
  const std::string_view key = expression["key"].text();
  const std::string_view how = expression["operator"].text();
  const Node values = expression["values"];
  const std::string_view worn = label_of(node, key);
  const bool wears = node["metadata"]["labels"][key].exists() || !worn.empty();
  if (how == "Exists" || how == "DoesNotExist") {
    return wears == (how == "Exists");
  }
  if (how == "Gt" || how == "Lt") {
    return holds_number(worn, how, values);
  }
  bool is_among = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    is_among = is_among || (wears && values.at(i).text() == worn);
  }
  return how == "NotIn" ? !is_among : is_among;
}

/// Terms stand beside each other, the expressions of one together.
bool holds_any_term(const DraftResource& node, Node terms) {
  if (terms.size() == 0) {
    return true;
  }
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const Node expressions = terms.at(i)["matchExpressions"];
    const Node fields = terms.at(i)["matchFields"];
    bool holds_all = expressions.size() + fields.size() > 0;
    for (std::size_t k = 0; k < expressions.size(); ++k) {
      holds_all = holds_all && holds(node.attributes, expressions.at(k));
    }
    for (std::size_t k = 0; k < fields.size(); ++k) {  // of fields there is metadata.name alone
      const Node values = fields.at(k)["values"];
      holds_all = holds_all && values.at(0).text() == node.attributes["metadata"]["name"].text();
    }
    if (holds_all) {
      return true;
    }
  }
  return false;
}

bool tolerates(Node tolerations, Node taint) {
  for (std::size_t i = 0; i < tolerations.size(); ++i) {
    const Node one = tolerations.at(i);
    const bool is_for_all_keys = one["key"].text().empty() && one["operator"].text() == "Exists";
    const bool has_key = one["key"].text() == taint["key"].text();
    const bool has_value =
        one["operator"].text() == "Exists" || one["value"].text() == taint["value"].text();
    const std::string_view effect = one["effect"].text();
    if ((is_for_all_keys || (has_key && has_value)) &&
        (effect.empty() || effect == taint["effect"].text())) {
      return true;
    }
  }
  return false;
}

class NodeFinder {
 public:
  NodeFinder(const KubernetesObjects& objects, Draft& draft) : objects_(objects), draft_(draft) {
    for (const ResourceId id : objects.all()) {
      const Node object = objects.object(id);
      const std::string_view kind = object["kind"].text();
      if (kind == "Node") {
        nodes_.push_back(id);
      }
      has_pods_on_nodes_ =
          has_pods_on_nodes_ || (kind == "Pod" && object["spec"]["nodeName"].exists());
    }
  }

  void find() {
    for (const ResourceId id : objects_.all()) {
      const Node pod = pod_template_of(objects_.object(id)).spec();
      if (pod.exists() && is_kept_apart(id, pod)) {
        draft_.resources[id].references.push_back({std::string(kApart), {id}});
      }
      if (pod.exists() && !has_pods_on_nodes_) {
        draft_.resources[id].may_share_places = !must_spread_over_zones(id, pod);
        draft_.resources[id].lie_apart = shuns_its_zone(id, pod) || has_a_zone_for_each(id, pod);
        refer(id, pod);
      }
    }
  }

 private:
  void refer(ResourceId id, Node pod) {
    std::vector<ResourceId> fitting;
    std::copy_if(nodes_.begin(), nodes_.end(), std::back_inserter(fitting), [&](ResourceId node) {
      return may_lie_on(draft_.resources[node], pod) && reaches_volumes(id, node, pod);
    });
    leave_one_of_each_place(fitting);
    if (!fitting.empty()) {
      draft_.resources[id].references.push_back({"nodes", std::move(fitting)});
    }
  }

  /// Nodes that one pool may start in one zone are one place.
  void leave_one_of_each_place(std::vector<ResourceId>& nodes) const {
    std::set<std::tuple<std::string_view, std::uint32_t, std::string_view>> seen;
    std::erase_if(nodes, [&](ResourceId id) {
      const DraftResource& node = draft_.resources[id];
      return node.is_context &&
             !seen.emplace(node.name, node.evidence.span.begin, label_of(node.attributes, kZone))
                  .second;
    });
  }

  [[nodiscard]] static bool may_lie_on(const DraftResource& node, Node pod) {
    const Node wanted = pod["nodeSelector"];
    for (std::size_t i = 0; wanted.is(NodeKind::map) && i < wanted.size(); ++i) {
      if (label_of(node.attributes, wanted.key(i)) != wanted.at(i).text()) {
        return false;
      }
    }
    const Node taints = node.attributes["spec"]["taints"];
    for (std::size_t i = 0; i < taints.size(); ++i) {
      const bool only_prefers = taints.at(i)["effect"].text() == "PreferNoSchedule";
      if (!only_prefers && !tolerates(pod["tolerations"], taints.at(i))) {
        return false;
      }
    }
    return holds_any_term(
        node, pod["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
                 ["nodeSelectorTerms"]);
  }

  /// A volume that lies in a zone keeps its pod there.
  [[nodiscard]] bool reaches_volumes(ResourceId id, ResourceId node, Node pod) const {
    const Node volumes = pod["volumes"];
    for (std::size_t i = 0; i < volumes.size(); ++i) {
      const ResourceId claim =
          objects_.find(objects_.space_of(id), "PersistentVolumeClaim",
                        volumes.at(i)["persistentVolumeClaim"]["claimName"].text());
      if (!claim.exists()) {
        continue;
      }
      const ResourceId volume = objects_.find("", "PersistentVolume",
                                              objects_.object(claim)["spec"]["volumeName"].text());
      if (volume.exists() &&
          !holds_any_term(
              draft_.resources[node],
              objects_.object(volume)["spec"]["nodeAffinity"]["required"]["nodeSelectorTerms"])) {
        return false;
      }
    }
    return true;
  }

  /// Is anything said of where its pods lie that is about themselves, even if it is only preferred?
  [[nodiscard]] bool is_kept_apart(ResourceId id, Node pod) const {
    const Node constraints = pod["topologySpreadConstraints"];
    for (std::size_t i = 0; i < constraints.size(); ++i) {
      if (selects_itself(id, constraints.at(i)["labelSelector"])) {
        return true;
      }
    }
    const Node averse = pod["affinity"]["podAntiAffinity"];
    for (const Node terms : {averse["requiredDuringSchedulingIgnoredDuringExecution"],
                             averse["preferredDuringSchedulingIgnoredDuringExecution"]}) {
      for (std::size_t i = 0; i < terms.size(); ++i) {
        const Node weighed = terms.at(i)["podAffinityTerm"];
        const Node term = weighed.exists() ? weighed : terms.at(i);
        if (selects_itself(id, term["labelSelector"])) {
          return true;
        }
      }
    }
    return false;
  }

  /// A constraint counts the pods that it selects: one that selects others spreads nothing.
  [[nodiscard]] bool must_spread_over_zones(ResourceId id, Node pod) const {
    const Node constraints = pod["topologySpreadConstraints"];
    for (std::size_t i = 0; i < constraints.size(); ++i) {
      if (is_zone(constraints.at(i)["topologyKey"].text()) &&
          constraints.at(i)["whenUnsatisfiable"].text() != "ScheduleAnyway" &&
          selects_itself(id, constraints.at(i)["labelSelector"])) {
        return true;
      }
    }
    return shuns_its_zone(id, pod);
  }

  /// One that runs keeps others like it out of its zone, whichever that is.
  [[nodiscard]] bool shuns_its_zone(ResourceId id, Node pod) const {
    const Node averse = must_shun(pod);
    for (std::size_t i = 0; i < averse.size(); ++i) {
      const Node term = averse.at(i);
      const bool is_elsewhere = term["namespaces"].size() > 0 || term["namespaceSelector"].exists();
      if (is_zone(term["topologyKey"].text()) && !is_elsewhere &&
          selects_itself(id, term["labelSelector"])) {
        return true;
      }
    }
    return false;
  }

  /// Where fewer zones than it has replicas count as none (`minDomains`), a second one in a zone
  /// is not started.
  [[nodiscard]] bool has_a_zone_for_each(ResourceId id, Node pod) const {
    const auto replicas = objects_.object(id)["spec"]["replicas"].as_integer();
    const Node constraints = pod["topologySpreadConstraints"];
    for (std::size_t i = 0; replicas && i < constraints.size(); ++i) {
      const Node constraint = constraints.at(i);
      if (is_zone(constraint["topologyKey"].text()) &&
          constraint["whenUnsatisfiable"].text() == "DoNotSchedule" &&
          constraint["maxSkew"].as_integer() == 1 &&
          constraint["minDomains"].as_integer().value_or(1) >= *replicas &&
          selects_itself(id, constraint["labelSelector"])) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool selects_itself(ResourceId id, Node selector) const {
    if (!selector.is(NodeKind::map)) {
      return false;
    }
    const auto selected = objects_.selected(objects_.space_of(id), selector);
    return std::find(selected.begin(), selected.end(), id) != selected.end();
  }

  [[nodiscard]] static Node must_shun(Node pod) {
    return pod["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
  }

  const KubernetesObjects& objects_;
  Draft& draft_;
  std::vector<ResourceId> nodes_;
  bool has_pods_on_nodes_ = false;
};

}  // namespace

void add_kubernetes_nodes(const KubernetesObjects& objects, Draft& draft) {
  NodeFinder(objects, draft).find();
}

}  // namespace outlast::import
