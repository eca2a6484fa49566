#include "import/kubernetes_mesh.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "base/units.h"

namespace outlast::import {

using base::Node;
using base::Seconds;
using blueprint::CallPolicy;
using blueprint::Draft;
using blueprint::DraftCall;
using blueprint::Provenance;
using blueprint::ResourceId;
using blueprint::Value;

namespace {

/// Tries follow each other after at least so long, with jitter, doubling (Envoy's default).
constexpr double kBackoff_s = 0.025;
constexpr double kMostBackoff_s = 0.25;
/// How often a mesh looks for replicas that fail, where a rule does not say.
constexpr double kLooks_s = 10;

Value<Seconds> duration_in(Node node) {
  const auto seconds = base::parse_duration(node.text());
  return node.exists() && seconds ? Value<Seconds>::of(*seconds, Provenance::stated, node.span())
                                  : Value<Seconds>();
}

/// Of a rule of HTTP routes.
CallPolicy policy_of(Node rule) {
  CallPolicy policy;
  const Node retries = rule["retries"];
  policy.timeout = duration_in(retries["perTryTimeout"]);
  policy.timeout.fill(duration_in(rule["timeout"]));
  const Node attempts = retries["attempts"];
  if (const auto count = attempts.as_integer()) {
    policy.retries = Value<std::int64_t>::of(*count, Provenance::stated, attempts.span());
    const auto standard = [](double seconds) {
      return Value<Seconds>::of({seconds}, Provenance::catalog);
    };
    policy.backoff_min = standard(kBackoff_s);
    policy.backoff_max = standard(kMostBackoff_s);
    policy.jitter = Value<bool>::of(true, Provenance::catalog);
  }
  return policy;
}

/// Of a rule of the Gateway API.
CallPolicy policy_of_gateway(Node rule) {
  CallPolicy policy;
  policy.timeout = duration_in(rule["timeouts"]["backendRequest"]);
  policy.timeout.fill(duration_in(rule["timeouts"]["request"]));
  const Node attempts = rule["retry"]["attempts"];
  if (const auto count = attempts.as_integer()) {
    policy.retries = Value<std::int64_t>::of(*count, Provenance::stated, attempts.span());
    policy.backoff_min = duration_in(rule["retry"]["backoff"]);
  }
  return policy;
}

bool is_same(const CallPolicy& a, const CallPolicy& b) {
  const auto same = [](const auto& x, const auto& y) {
    return x.is_known() == y.is_known() && (!x.is_known() || *x == *y);
  };
  return a.timeout.is_known() == b.timeout.is_known() &&
         a.timeout.value_or({}).value == b.timeout.value_or({}).value && same(a.retries, b.retries);
}

class MeshReader {
 public:
  MeshReader(const KubernetesObjects& objects, Draft& draft, base::Diagnostics& diagnostics)
      : objects_(objects), draft_(draft), diagnostics_(diagnostics) {
    for (const ResourceId id : objects.all()) {
      const Node hosts = draft.resources[id].type == "networking.istio.io/ServiceEntry"
                             ? objects.object(id)["spec"]["hosts"]
                             : Node();
      for (std::size_t i = 0; i < hosts.size(); ++i) {
        entries_.insert(hosts.at(i).text());
      }
    }
  }

  void read() {
    for (const ResourceId id : objects_.all()) {
      const std::string& type = draft_.resources[id].type;
      if (type == "networking.istio.io/VirtualService") {
        read_routes(id);
      } else if (type.starts_with("gateway.networking.k8s.io/") && type.ends_with("Route")) {
        read_gateway_routes(id);
      } else if (type == "networking.istio.io/DestinationRule") {
        read_destination(id);
      }
    }
    for (const ResourceId id : objects_.all()) {
      apply(of_mesh_, id);
    }
  }

 private:
  struct OfService {
    CallPolicy policy;
    bool is_ambiguous = false;
  };
  using Policies = std::map<ResourceId, OfService>;  ///< by service
  /// What each caller has of connections to a service.
  struct Pool {
    Value<std::int64_t> connections;
    Value<std::int64_t> waiting;
  };

  [[nodiscard]] ResourceId service_at(ResourceId rule, std::string_view host) const {
    return service_meant(objects_, rule, host);
  }

  /// Names of the cluster, or bare ones, that nothing in the inputs answers to. A namespace of which
  /// the inputs hold nothing may have them.
  void tell_ghost(ResourceId rule, Node host) const {
    const auto labels = base::split(host.text(), '.');
    const bool is_local = labels.size() == 1 ||
                          host.text().find(".svc") != std::string_view::npos ||
                          host.text().ends_with(".cluster.local");
    const bool is_meant = !host.text().empty() && is_local && !entries_.contains(host.text()) &&
                          host.text().find('*') == std::string_view::npos;
    const std::string space = labels.size() > 1 ? std::string(labels[1]) : objects_.space_of(rule);
    if (is_meant && !service_at(rule, host.text()).exists() && !objects_.all_in(space).empty()) {
      diagnostics_.warning(
          "OUT-E1404", host.span(),
          fmt::format("{} is for {}, and no Service or ServiceEntry is that",
                      draft_.resources[rule].address, host.text()),
          "the rule has no effect: mend the name, or give the input that holds it");
    }
  }

  static bool has(Node names, std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names.at(i).text() == name) {
        return true;
      }
    }
    return false;
  }

  void read_routes(ResourceId id) {
    const Node spec = objects_.object(id)["spec"];
    const Node gateways = spec["gateways"];
    const bool is_of_mesh = gateways.size() == 0 || has(gateways, "mesh");
    const Node rules = spec["http"];
    Policies own;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Node routes = rules.at(i)["route"];
      for (std::size_t k = 0; k < routes.size(); ++k) {
        const Node host = routes.at(k)["destination"]["host"];
        const ResourceId service = service_at(id, host.text());
        if (is_of_mesh) {  // at a gateway it is a call, and dangling as such
          tell_ghost(id, host);
        }
        if (service.exists()) {
          note(service, policy_of(rules.at(i)), own);
          if (is_of_mesh) {
            note(service, policy_of(rules.at(i)), of_mesh_);
          }
        }
      }
    }
    apply(own, id);
  }

  /// They hold for what comes in by them; the mesh does not know of them.
  void read_gateway_routes(ResourceId id) {
    const Node rules = objects_.object(id)["spec"]["rules"];
    Policies own;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Node backends = rules.at(i)["backendRefs"];
      for (std::size_t k = 0; k < backends.size(); ++k) {
        const std::string_view space = backends.at(k)["namespace"].text();
        const ResourceId service =
            objects_.service(space.empty() ? std::string_view(objects_.space_of(id)) : space,
                             backends.at(k)["name"].text());
        if (service.exists()) {
          note(service, policy_of_gateway(rules.at(i)), own);
        }
      }
    }
    apply(own, id);
  }

  static void note(ResourceId service, const CallPolicy& policy, Policies& to) {
    const auto [known, is_new] = to.try_emplace(service, OfService{policy, false});
    known->second.is_ambiguous =
        known->second.is_ambiguous || (!is_new && !is_same(known->second.policy, policy));
  }

  void read_destination(ResourceId id) {
    const Node spec = objects_.object(id)["spec"];
    const Node policy = spec["trafficPolicy"];
    const ResourceId service = service_at(id, spec["host"].text());
    tell_ghost(id, spec["host"]);
    if (service.exists()) {
      read_outliers(policy["outlierDetection"], service);
      read_pool(policy["connectionPool"], service);
    }
  }

  /// Over HTTP/1 a connection carries one request at a time; over HTTP/2 only requests are counted.
  void read_pool(Node pool, ResourceId service) {
    const Node connections = pool["tcp"]["maxConnections"];
    const Node requests = pool["http"]["http2MaxRequests"];
    const Node waiting = pool["http"]["http1MaxPendingRequests"];
    Pool& known = pools_[service];
    const bool is_of_requests = pool["http"]["h2UpgradePolicy"].text() == "UPGRADE" ||
                                speaks_http2(objects_.object(service)["spec"]["ports"]);
    if (!is_of_requests) {
      known.connections.fill(number_in(connections));
    }
    const auto most = number_in(requests);
    if (most.is_known() && (!known.connections.is_known() || *most < *known.connections)) {
      known.connections = most;
    }
    known.waiting.fill(number_in(waiting));
  }

  static bool speaks_http2(Node ports) {
    for (std::size_t i = 0; i < ports.size(); ++i) {
      const std::string_view name = ports.at(i)["name"].text();
      const std::string_view told = ports.at(i)["appProtocol"].text();
      if (name.starts_with("grpc") || name.starts_with("http2") || told == "grpc" ||
          told == "http2" || told == "kubernetes.io/h2c") {
        return true;
      }
    }
    return false;
  }

  static Value<std::int64_t> number_in(Node node) {
    const auto number = node.as_integer();
    return number && *number >= 0
               ? Value<std::int64_t>::of(*number, Provenance::stated, node.span())
               : Value<std::int64_t>();
  }

  /// A service that fails so often is left out after the next look at it.
  void read_outliers(Node outliers, ResourceId service) {
    if (!outliers.exists()) {
      return;
    }
    const double looks_s = duration_in(outliers["interval"]).value_or({kLooks_s}).value;
    for (const auto& reference : draft_.resources[service].references) {
      for (const ResourceId pod :
           reference.path == "pods" ? reference.targets : std::vector<ResourceId>()) {
        auto& noticed = draft_.resources[pod].noticed_after;
        if (!noticed.is_known() || noticed->value > looks_s) {
          noticed = Value<Seconds>::of({looks_s}, Provenance::stated, outliers.span());
        }
      }
    }
  }

  void apply(const Policies& policies, ResourceId caller) {
    for (DraftCall& call : draft_.resources[caller].calls) {
      const auto pool = call.targets.size() == 1 ? pools_.find(call.targets.front()) : pools_.end();
      if (pool != pools_.end()) {
        call.policy.connections = pool->second.connections;
        call.policy.waiting = pool->second.waiting;
      }
      const auto found =
          call.targets.size() == 1 ? policies.find(call.targets.front()) : policies.end();
      if (found != policies.end() && !found->second.is_ambiguous &&
          !call.policy.timeout.is_known() && !call.policy.retries.is_known()) {
        CallPolicy policy = found->second.policy;
        policy.connections = call.policy.connections;
        policy.waiting = call.policy.waiting;
        call.policy = policy;
      }
    }
  }

  const KubernetesObjects& objects_;
  Draft& draft_;
  base::Diagnostics& diagnostics_;
  std::set<std::string_view> entries_;  ///< hosts of ServiceEntries
  Policies of_mesh_;
  std::map<ResourceId, Pool> pools_;  ///< by service
};

}  // namespace

ResourceId service_meant(const KubernetesObjects& objects, ResourceId rule, std::string_view host) {
  const auto labels = base::split(host, '.');
  return labels.size() == 1 ? objects.service(objects.space_of(rule), labels[0])
                            : objects.service(labels[1], labels[0]);
}

void add_kubernetes_mesh(const KubernetesObjects& objects, Draft& draft,
                         base::Diagnostics& diagnostics) {
  MeshReader(objects, draft, diagnostics).read();
}

}  // namespace outlast::import
