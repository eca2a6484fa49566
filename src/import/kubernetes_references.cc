#include "import/kubernetes_references.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "import/kubernetes_checks.h"
#include "import/kubernetes_claims.h"
#include "import/kubernetes_hosts.h"
#include "import/kubernetes_owners.h"

namespace outlast::import {

using base::Node;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

void add_unique(std::vector<std::string>& to, std::string_view word) {
  if (!word.empty() && std::find(to.begin(), to.end(), word) == to.end()) {
    to.emplace_back(word);
  }
}

/// The last part of an address: of "shop/Service/web" web.
std::string_view last_of(std::string_view address) {
  return address.substr(address.rfind('/') + 1);
}

class Referrer {
 public:
  Referrer(const KubernetesObjects& objects, Draft& draft) : objects_(objects), draft_(draft) {}

  void refer(ResourceId id) {
    const Node object = objects_.object(id);
    if (pod_template_of(object).pod.exists()) {
      workload_names_.insert(draft_.resources[id].name);
    }
    const std::string& space = objects_.space_of(id);
    const std::string_view kind = object["kind"].text();
    const Node spec = object["spec"];
    add(id, "owner", owners_of(objects_, id));
    if (const ResourceId scaled = one_named(space, spec["scaleTargetRef"]).front();
        scaled.exists() && !has_crossed_bounds(object) &&
        !leaves_alone(object, objects_.object(scaled))) {
      add(id, "target", {scaled});
    }
    add(id, "target", one_named(space, spec["targetRef"]));
    if (const ResourceId other = one_named(space, spec["workloadRef"]).front(); other.exists()) {
      add(other, "owner", {id});  // a rollout that runs what a deployment describes
    }
    if (kind == "PodDisruptionBudget") {
      add(id, "target", objects_.selected(space, spec["selector"]));
    } else if (kind == "Service" && draft_.resources[id].type == "Service") {
      refer_service(id, space, spec);
    } else if (kind.ends_with("Route")) {
      add(id, "parent", parents(space, spec["parentRefs"]));
    } else if (kind == "VirtualService") {
      add(id, "parent", istio_gateways(space, spec["gateways"]));
    } else if (kind == "KafkaNodePool") {
      note_pool(id, space, object);
    }
    refer_claims(id, space, object);
    refer_account(id, space, pod_template_of(object).spec());
    note_paces(id, spec);
  }

  /// The one pool of a cluster's brokers says how many it has; of several none does alone.
  void join_pools() {
    for (const auto& [cluster, pools] : pools_) {
      const bool says_itself =
          objects_.object(ResourceId(cluster))["spec"]["kafka"]["replicas"].exists();
      if (pools.size() == 1 && !says_itself) {
        draft_.resources[ResourceId(cluster)].type += " of a pool";
        draft_.resources[pools.front()].type += " of brokers";
        add(pools.front(), "owner", {ResourceId(cluster)});
      }
    }
  }

  /// Who can be called, and by which names.
  void name(ResourceId id) {
    DraftResource& resource = draft_.resources[id];
    const PodTemplate pods = pod_template_of(resource.attributes);
    if (!pods.pod.exists()) {
      if (workload_names_.contains(resource.name)) {  // what leads to it has the longer name
        resource.name = fmt::format("{}/{}", resource.attributes["kind"].text(), resource.name);
      }
      return;
    }
    resource.has_no_address = !served_.contains(id.index);
    for (const std::string_view label :
         {"app.kubernetes.io/name", "app", "k8s-app", "name", "service"}) {
      add_unique(resource.names, pods.labels()[label].text());
    }
  }

 private:
  void add(ResourceId id, std::string_view path, std::vector<ResourceId> targets) {
    std::erase(targets, id);
    std::erase_if(targets, [](ResourceId target) { return !target.exists(); });
    if (!targets.empty()) {
      draft_.resources[id].references.push_back({std::string(path), std::move(targets)});
    }
  }

  [[nodiscard]] std::vector<ResourceId> one_named(const std::string& space, Node reference) const {
    const Node kind = reference["kind"];  // KEDA's may leave it out
    return {
        objects_.find(space, kind.exists() ? kind.text() : "Deployment", reference["name"].text())};
  }

  [[nodiscard]] std::vector<ResourceId> parents(const std::string& space, Node references) const {
    std::vector<ResourceId> all;
    for (std::size_t i = 0; i < references.size(); ++i) {
      const Node reference = references.at(i);
      const std::string_view other = reference["namespace"].text();
      const std::string_view kind = reference["kind"].text();
      all.push_back(objects_.find(other.empty() ? std::string_view(space) : other,
                                  kind.empty() ? std::string_view("Gateway") : kind,
                                  reference["name"].text()));
    }
    return all;
  }

  /// "gateway" or "namespace/gateway"; "mesh" is none.
  [[nodiscard]] std::vector<ResourceId> istio_gateways(const std::string& space,
                                                       Node gateways) const {
    std::vector<ResourceId> all;
    for (std::size_t i = 0; i < gateways.size(); ++i) {
      const std::string_view name = gateways.at(i).text();
      const auto slash = name.find('/');
      all.push_back(slash == std::string_view::npos
                        ? objects_.find(space, "Gateway", name)
                        : objects_.find(name.substr(0, slash), "Gateway", name.substr(slash + 1)));
    }
    return all;
  }

  void refer_service(ResourceId id, const std::string& space, Node spec) {
    auto pods = objects_.with_labels(space, spec["selector"]);
    if (pods.empty()) {  // made by an operator, for pods that are in no input
      pods = owners_of(objects_, id);
    }
    const std::string_view type = spec["type"].text();
    DraftResource& service = draft_.resources[id];
    if (type == "LoadBalancer" || type == "NodePort" || type == "ExternalName") {
      service.type += " " + std::string(type);
      tell_nobody(id, spec["selector"]);
    } else if (std::count_if(pods.begin(), pods.end(),
                             [&](ResourceId pod) { return stands_alone(pod); }) > 1) {
      service.type += " shared";
    }
    for (const ResourceId pod : pods) {
      served_.insert(pod.index);
      add_unique(draft_.resources[pod].names, last_of(service.address));
    }
    add(id, "pods", std::move(pods));
  }

  /// What users come in at, and that selects pods of which no input holds any, names them all the
  /// same.
  void tell_nobody(ResourceId id, Node selector) {
    if (selector.size() > 0 && selects_nobody(objects_, id)) {
      blueprint::DraftCall call;
      call.host = fmt::format("{}={}", selector.key(0), selector.at(0).text());
      call.is_local = true;
      call.evidence = {draft_.resources[id].address, selector.span(), ""};
      draft_.resources[id].calls.push_back(std::move(call));
    }
  }

  /// Pods and replica sets of a deployment are no workloads beside it.
  [[nodiscard]] bool stands_alone(ResourceId id) const { return owners_of(objects_, id).empty(); }

  void note_pool(ResourceId id, const std::string& space, Node pool) {
    const ResourceId cluster =
        objects_.find(space, "Kafka", pool["metadata"]["labels"]["strimzi.io/cluster"].text());
    const Node roles = pool["spec"]["roles"];
    bool has_brokers = false;
    for (std::size_t i = 0; i < roles.size(); ++i) {
      has_brokers = has_brokers || roles.at(i).text() == "broker";
    }
    if (has_brokers && cluster.exists()) {
      pools_[cluster.index].push_back(id);
    }
  }

  void refer_claims(ResourceId id, const std::string& space, Node object) {
    std::vector<ResourceId> claims;
    for (const std::string& name : claims_named_by(object)) {
      claims.push_back(objects_.find(space, kClaim, name));
    }
    add(id, "claim", std::move(claims));
  }

  /// How many pods an autoscaler may start or stop at a time. KEDA hands it on.
  void note_paces(ResourceId id, Node spec) {
    const Node here = spec["behavior"];
    const Node behavior =
        here.exists() ? here : spec["advanced"]["horizontalPodAutoscalerConfig"]["behavior"];
    draft_.resources[id].grows = pace_of(behavior["scaleUp"]);
    draft_.resources[id].shrinks = pace_of(behavior["scaleDown"]);
  }

  /// out  absent where nothing says it, or what says it cannot be read
  static blueprint::Value<std::string> pace_of(Node rules) {
    const std::string_view selects = rules["selectPolicy"].text();
    std::string pace = selects == "Disabled" ? "never" : "";
    const Node policies = rules["policies"];
    for (std::size_t i = 0; pace != "never" && i < policies.size(); ++i) {
      const Node policy = policies.at(i);
      const auto amount = policy["value"].as_integer();
      const auto within = policy["periodSeconds"].as_integer();
      const std::string_view type = policy["type"].text();
      if (!amount || *amount < 0 || !within || *within <= 0 ||
          (type != "Pods" && type != "Percent")) {
        return {};
      }
      pace += pace.empty() ? "" : selects == "Min" ? " and " : " or ";
      pace += fmt::format("{}{} in {}s", *amount, type == "Percent" ? "%" : "", *within);
    }
    return pace.empty() ? blueprint::Value<std::string>()
                        : blueprint::Value<std::string>::of(pace, blueprint::Provenance::stated,
                                                            rules.span());
  }

  /// The account whose token lies in its pods. That a cloud takes for its own lies there whatever is
  /// said of the other.
  void refer_account(ResourceId id, const std::string& space, Node pod) {
    if (!pod.exists()) {
      return;
    }
    const std::string_view named = pod["serviceAccountName"].text();
    const ResourceId account =
        objects_.find(space, "ServiceAccount", named.empty() ? std::string_view("default") : named);
    if (account.exists()) {
      add(id, "account", {account});
    }
  }

  const KubernetesObjects& objects_;
  Draft& draft_;
  std::set<std::uint32_t> served_;  ///< workloads that a service leads to
  std::set<std::string> workload_names_;
  std::map<std::uint32_t, std::vector<ResourceId>> pools_;  ///< of brokers, by their cluster
};

}  // namespace

void add_kubernetes_references(const KubernetesObjects& objects, Draft& draft) {
  Referrer referrer(objects, draft);
  for (const ResourceId id : objects.all()) {
    referrer.refer(id);
  }
  referrer.join_pools();
  for (const ResourceId id : objects.all()) {
    referrer.name(id);
  }
}

}  // namespace outlast::import
