#include "import/kubernetes_priorities.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace outlast::import {

using base::Node;
using blueprint::Draft;
using blueprint::ResourceId;

namespace {

class Ranking {
 public:
  Ranking(const KubernetesObjects& objects, Draft& draft) : objects_(objects), draft_(draft) {
    for (const ResourceId id : objects.all()) {
      const Node object = objects.object(id);
      if (object["kind"].text() == "PriorityClass" && object["globalDefault"].text() == "true") {
        standard_ = object;
      }
    }
  }

  void compare() {
    std::vector<ResourceId> jobs;
    for (const ResourceId id : objects_.all()) {
      const std::string_view kind = objects_.object(id)["kind"].text();
      if ((kind == "Job" || kind == "CronJob") && preempts(id)) {
        jobs.push_back(id);
      }
    }
    for (const ResourceId id : objects_.all()) {
      const bool is_called = pod_of(id).exists() && !draft_.resources[id].has_no_address;
      if (is_called && !jobs.empty()) {
        refer(id, jobs);
      }
    }
  }

 private:
  [[nodiscard]] Node pod_of(ResourceId id) const {
    return pod_template_of(objects_.object(id)).spec();
  }

  /// The class of a pod: the one that it names, else the cluster's own; none may exist.
  [[nodiscard]] Node class_of(Node pod) const {
    const std::string_view name = pod["priorityClassName"].text();
    const ResourceId named = objects_.find("", "PriorityClass", name);
    return name.empty() ? standard_ : named.exists() ? objects_.object(named) : Node();
  }

  [[nodiscard]] std::optional<std::int64_t> rank_of(ResourceId id) const {
    const Node pod = pod_of(id);
    const Node own = class_of(pod);
    if (pod["priority"].exists()) {
      return pod["priority"].as_integer();
    }
    const bool is_of_no_class = pod["priorityClassName"].text().empty() && !own.exists();
    return is_of_no_class ? std::optional<std::int64_t>(0) : own["value"].as_integer();
  }

  [[nodiscard]] bool preempts(ResourceId id) const {
    const Node told = pod_of(id)["preemptionPolicy"];
    return (told.exists() ? told : class_of(pod_of(id))["preemptionPolicy"]).text() != "Never";
  }

  void refer(ResourceId id, const std::vector<ResourceId>& jobs) {
    const auto own = rank_of(id);
    std::vector<ResourceId> above;
    for (const ResourceId job : jobs) {
      const auto rank = rank_of(job);
      if (own && rank && *rank > *own) {
        above.push_back(job);
      }
    }
    if (!above.empty()) {
      draft_.resources[id].references.push_back({"outranked_by", std::move(above)});
    }
  }

  const KubernetesObjects& objects_;
  Draft& draft_;
  Node standard_;  ///< the class of pods that name none
};

}  // namespace

void add_kubernetes_priorities(const KubernetesObjects& objects, Draft& draft) {
  Ranking(objects, draft).compare();
}

}  // namespace outlast::import
