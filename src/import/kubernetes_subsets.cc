#include "import/kubernetes_subsets.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "import/kubernetes_mesh.h"

namespace outlast::import {

using base::Node;
using blueprint::Draft;
using blueprint::ResourceId;

namespace {

/// Whom calls of a service mean, by service.
using Meant = std::map<ResourceId, ResourceId>;

bool wears_all(Node worn, Node labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!worn[labels.key(i)].exists() || worn[labels.key(i)].text() != labels.at(i).text()) {
      return false;
    }
  }
  return true;
}

class SubsetReader {
 public:
  SubsetReader(const KubernetesObjects& objects, Draft& draft, base::Diagnostics& diagnostics)
      : objects_(objects), draft_(draft), diagnostics_(diagnostics) {
    for (const ResourceId id : objects.all()) {
      const Node spec = objects.object(id)["spec"];
      const Node subsets = is_of_istio(id, "DestinationRule") ? spec["subsets"] : Node();
      for (std::size_t i = 0; i < subsets.size(); ++i) {
        labels_[service_meant(objects, id, spec["host"].text())].emplace(
            subsets.at(i)["name"].text(), subsets.at(i)["labels"]);
      }
    }
  }

  void read() {
    for (const ResourceId id : objects_.all()) {
      if (is_of_istio(id, "VirtualService")) {
        read_routes(id);
      }
    }
    for (const ResourceId id : objects_.all()) {
      if (pod_template_of(objects_.object(id)).pod.exists()) {
        aim(of_mesh_, id);
      }
    }
  }

 private:
  [[nodiscard]] bool is_of_istio(ResourceId id, std::string_view kind) const {
    const std::string_view type = draft_.resources[id].type;
    return type.starts_with("networking.istio.io/") && type.ends_with(kind);
  }

  static bool is_for_mesh(Node gateways) {
    bool is_named = gateways.size() == 0;
    for (std::size_t i = 0; i < gateways.size(); ++i) {
      is_named = is_named || gateways.at(i).text() == "mesh";
    }
    return is_named;
  }

  void read_routes(ResourceId id) {
    const Node spec = objects_.object(id)["spec"];
    std::map<ResourceId, std::set<ResourceId>> led_to;
    for (const std::string_view protocol : {"http", "tls", "tcp"}) {
      for (std::size_t i = 0; i < spec[protocol].size(); ++i) {
        const Node routes = spec[protocol].at(i)["route"];
        for (std::size_t k = 0; k < routes.size(); ++k) {
          add_route(id, routes.at(k), led_to);
        }
      }
    }
    Meant own;
    for (const auto& [service, pods] : led_to) {
      const bool is_narrow = pods.size() == 1 && pods_of(service).size() > 1;
      if (is_narrow) {
        own.emplace(service, *pods.begin());
      }
      if (is_for_mesh(spec["gateways"])) {
        const bool is_first = told_.insert(service).second;
        of_mesh_.erase(service);
        if (is_first && is_narrow) {
          of_mesh_.emplace(service, *pods.begin());
        }
      }
    }
    aim(own, id);
  }

  void add_route(ResourceId rule, Node route, std::map<ResourceId, std::set<ResourceId>>& led_to) {
    const Node subset = route["destination"]["subset"];
    const ResourceId service = service_meant(objects_, rule, route["destination"]["host"].text());
    if (!service.exists()) {
      return;
    }
    const auto defined = labels_.find(service);
    const bool is_there = defined != labels_.end() && defined->second.contains(subset.text());
    if (!subset.text().empty() && !is_there) {
      diagnostics_.warning(
          "OUT-E1412", subset.span(),
          fmt::format("{} leads to the subset {} of {}, which no DestinationRule defines",
                      draft_.resources[rule].address, subset.text(),
                      draft_.resources[service].address),
          "requests to it fail: define it, or give the input that holds it");
    }
    if (route["weight"].as_integer() == 0) {
      return;
    }
    for (const ResourceId pod : pods_of(service)) {
      const Node worn = pod_template_of(objects_.object(pod)).labels();
      if (!is_there || wears_all(worn, defined->second.at(subset.text()))) {
        led_to[service].insert(pod);
      }
    }
  }

  [[nodiscard]] std::vector<ResourceId> pods_of(ResourceId service) const {
    for (const auto& reference : draft_.resources[service].references) {
      if (reference.path == "pods") {
        return reference.targets;
      }
    }
    return {};
  }

  void aim(const Meant& meant, ResourceId caller) {
    for (auto& call : draft_.resources[caller].calls) {
      const auto found = call.targets.size() == 1 ? meant.find(call.targets.front()) : meant.end();
      if (found != meant.end() && found->second != caller) {
        call.targets = {found->second};
      }
    }
  }

  const KubernetesObjects& objects_;
  Draft& draft_;
  base::Diagnostics& diagnostics_;
  std::map<ResourceId, std::map<std::string_view, Node>> labels_;  ///< by service and subset
  Meant of_mesh_;
  std::set<ResourceId> told_;  ///< services that a VirtualService of the mesh is for
};

}  // namespace

void add_kubernetes_subsets(const KubernetesObjects& objects, Draft& draft,
                            base::Diagnostics& diagnostics) {
  SubsetReader(objects, draft, diagnostics).read();
}

}  // namespace outlast::import
