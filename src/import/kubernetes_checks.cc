#include "import/kubernetes_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace outlast::import {

using base::Node;
using blueprint::Draft;
using blueprint::ResourceId;

namespace {

/// Of the same two bounds, as Kubernetes and as KEDA call them.
struct Bounds {
  Node least;
  Node most;
};

Bounds bounds_of(Node scaler) {
  const Node spec = scaler["spec"];
  return spec["maxReplicaCount"].exists() || spec["minReplicaCount"].exists()
             ? Bounds{spec["minReplicaCount"], spec["maxReplicaCount"]}
             : Bounds{spec["minReplicas"], spec["maxReplicas"]};
}

class ClusterChecker {
 public:
  ClusterChecker(const KubernetesObjects& objects, const Draft& draft,
                 base::Diagnostics& diagnostics)
      : objects_(objects), draft_(draft), diagnostics_(diagnostics) {
    for (const ResourceId id : objects.all()) {
      const std::string& type = draft.resources[id].type;
      nodes_ += type == "Node" ? 1 : 0;
      more_may_come_ = more_may_come_ || type.starts_with("karpenter.sh/");
      are_pods_seen_ = are_pods_seen_ || objects.object(id)["spec"]["nodeName"].exists();
    }
  }

  void check(ResourceId id) {
    const Node object = objects_.object(id);
    const Node target = object["spec"]["scaleTargetRef"];
    if (has_crossed_bounds(object)) {
      const auto [least, most] = bounds_of(object);
      diagnostics_.warning("OUT-E1407", least.span(),
                           fmt::format("{} asks for {} replicas at least and {} at most",
                                       address_of(id), least.text(), most.text()),
                           "no cluster takes it: it is taken as if it were not written");
    } else if (!target["name"].text().empty() && !scaled_by(id).exists() &&
               !objects_.all_in(objects_.space_of(id)).empty()) {
      diagnostics_.warning(
          "OUT-E1408", target.span(),
          fmt::format(
              "{} scales {}, which is in no input", address_of(id),
              kubernetes_address(objects_.space_of(id), kind_of(target), target["name"].text())),
          "it scales nothing: mend the reference, or give the input that holds it");
    }
    const bool is_told_all = nodes_ > 0 && !more_may_come_ && !are_pods_seen_;
    if (is_told_all && wants_a_node(object) && lacks(id, "nodes")) {
      diagnostics_.warning(
          "OUT-E1409", object.span(),
          fmt::format("none of the nodes that are given may hold pods of {}", address_of(id)),
          "no node wears what its selectors ask for, or it tolerates no taint of theirs: its pods "
          "are not started, or run on nodes that are not given");
    }
  }

 private:
  [[nodiscard]] const std::string& address_of(ResourceId id) const {
    return draft_.resources[id].address;
  }

  static std::string_view kind_of(Node reference) {
    return reference["kind"].exists() ? reference["kind"].text() : std::string_view("Deployment");
  }

  [[nodiscard]] ResourceId scaled_by(ResourceId scaler) const {
    const Node target = objects_.object(scaler)["spec"]["scaleTargetRef"];
    return objects_.find(objects_.space_of(scaler), kind_of(target), target["name"].text());
  }

  [[nodiscard]] bool lacks(ResourceId id, std::string_view path) const {
    const auto& references = draft_.resources[id].references;
    return std::none_of(references.begin(), references.end(),
                        [&](const auto& reference) { return reference.path == path; });
  }

  /// One pod at least that is to run all the time: those of every node may be for others than these.
  static bool wants_a_node(Node object) {
    const std::string_view kind = object["kind"].text();
    return pod_template_of(object).pod.exists() && kind != "DaemonSet" && kind != "Job" &&
           kind != "CronJob" && object["spec"]["replicas"].as_integer().value_or(1) > 0;
  }

  const KubernetesObjects& objects_;
  const Draft& draft_;
  base::Diagnostics& diagnostics_;
  std::size_t nodes_ = 0;
  bool more_may_come_ = false;  ///< nodes are started as pods ask for them
  bool are_pods_seen_ = false;  ///< on nodes: where they lie is known
};

}  // namespace

bool has_crossed_bounds(Node scaler) {
  const auto [least, most] = bounds_of(scaler);
  const auto at_least = least.as_integer();
  const auto at_most = most.as_integer();
  return scaler["spec"]["scaleTargetRef"].exists() && at_least && at_most && *at_least > *at_most;
}

bool leaves_alone(Node scaler, Node scaled) {
  return scaler["kind"].text() == "HorizontalPodAutoscaler" &&
         scaler["spec"]["minReplicas"].as_integer().value_or(1) > 0 &&
         scaled["spec"]["replicas"].as_integer() == 0;
}

void check_kubernetes(const KubernetesObjects& objects, const Draft& draft,
                      base::Diagnostics& diagnostics) {
  ClusterChecker checker(objects, draft, diagnostics);
  for (const ResourceId id : objects.all()) {
    checker.check(id);
  }
}

}  // namespace outlast::import
