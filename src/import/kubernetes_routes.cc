#include "import/kubernetes_routes.h"

#include <string>
#include <utility>

#include "import/kubernetes_hosts.h"

namespace outlast::import {

using base::Node;
using blueprint::Confidence;
using blueprint::Draft;
using blueprint::DraftCall;
using blueprint::ResourceId;

namespace {

class RouteFinder {
 public:
  RouteFinder(const KubernetesObjects& objects, Draft& draft) : objects_(objects), draft_(draft) {}

  void find(ResourceId id) {
    caller_ = id;
    space_ = &objects_.space_of(id);
    const Node object = objects_.object(id);
    const std::string_view kind = object["kind"].text();
    if (pod_template_of(object).spec().exists()) {
      return;
    }
    if (kind == "Ingress") {
      read_ingress(object["spec"]);
    } else if (kind.ends_with("Route") || kind == "IngressRouteTCP" || kind == "HTTPProxy") {
      read_route(object["spec"]["rules"]);
      read_controllers_route(object["spec"]);
    } else if (kind == "VirtualService") {
      read_virtual_service(object["spec"]);
    } else if (kind == "NetworkPolicy") {
      read_policy(object["spec"]);
    }
  }

 private:
  /// in  port  of the service, by number or name; does not exist where none is told
  void add_route(std::string_view space, std::string_view service, std::string route, Node at,
                 Node port = {}) {
    if (service.empty()) {
      return;
    }
    DraftCall call;
    call.route = std::move(route);
    call.host = service;
    call.is_local = true;
    call.confidence = Confidence::stated;
    call.evidence = {draft_.resources[caller_].address, at.span(), ""};
    if (const ResourceId target = objects_.service(space, service); target.exists()) {
      aim_at(objects_, target, call);
      if (!call.targets.empty() && port.exists() && !objects_.opens(target, port.text())) {
        add_call(draft_.resources[caller_].calls, in_vain(call, port.text()));
      }
    }
    add_call(draft_.resources[caller_].calls, std::move(call));
  }

  /// The namespace of what a route names: its own where it names none.
  [[nodiscard]] std::string_view space_named_in(Node named) const {
    const std::string_view other = named["namespace"].text();
    return other.empty() ? std::string_view(*space_) : other;
  }

  void add_backend(Node backend, const std::string& route) {
    const Node service = backend["service"]["name"];
    const Node old = backend["serviceName"];
    const Node named = service.exists() ? service : old;
    const Node port = backend["service"]["port"];
    if (port["name"].text() == "use-annotation") {
      return;  // what AWS' controller is to do instead: an answer of its own, another address
    }
    const Node told = port["number"].exists() ? port["number"] : port["name"];
    add_route(*space_, named.text(), route, named, told.exists() ? told : backend["servicePort"]);
  }

  void read_ingress(Node spec) {
    add_backend(spec["defaultBackend"], "/");
    add_backend(spec["backend"], "/");
    const Node rules = spec["rules"];
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Node paths = rules.at(i)["http"]["paths"];
      for (std::size_t k = 0; k < paths.size(); ++k) {
        add_backend(paths.at(k)["backend"], std::string(rules.at(i)["host"].text()) +
                                                std::string(paths.at(k)["path"].text()));
      }
    }
  }

  /// Is a share of the requests asked for that is none?
  static bool gets_nothing(Node route) { return route["weight"].as_integer() == 0; }

  /// Routes of the Gateway API: several services of one rule share its requests.
  void read_route(Node rules) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Node backends = rules.at(i)["backendRefs"];
      const Node path = rules.at(i)["matches"].at(0)["path"]["value"];
      for (std::size_t k = 0; k < backends.size(); ++k) {
        const Node name = backends.at(k)["name"];
        if (!gets_nothing(backends.at(k))) {
          add_route(space_named_in(backends.at(k)), name.text(), std::string(path.text()), name,
                    backends.at(k)["port"]);
        }
      }
    }
  }

  /// Routes of controllers of their own: Traefik's and Contour's `routes` with `services`, and
  /// OpenShift's, which lead `to` one service and perhaps others beside it.
  void read_controllers_route(Node spec) {
    add_services(spec["routes"]);
    add_services(spec["tcpproxy"]);
    if (!gets_nothing(spec["to"])) {
      add_route(*space_, spec["to"]["name"].text(), "", spec["to"]);
    }
    const Node others = spec["alternateBackends"];
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (!gets_nothing(others.at(i))) {
        add_route(*space_, others.at(i)["name"].text(), "", others.at(i));
      }
    }
  }

  /// Of each route, what it says of its requests stands for it.
  void add_services(Node routes) {
    const bool is_one = routes.is(base::NodeKind::map);
    for (std::size_t i = 0; i < (is_one ? 1 : routes.size()); ++i) {
      const Node route = is_one ? routes : routes.at(i);
      const Node match = route["match"];
      const Node told = match.exists() ? match : route["conditions"].at(0)["prefix"];
      for (std::size_t k = 0; k < route["services"].size(); ++k) {
        if (!gets_nothing(route["services"].at(k))) {
          add_service(route["services"].at(k), std::string(told.text()), kDeepest);
        }
      }
    }
  }

  /// A service, or one of Traefik's own that divides its requests among others or among more of its
  /// own. What is mirrored answers nobody.
  void add_service(Node named, const std::string& route, int depth) {  // NOLINT(misc-no-recursion)
    const std::string_view space = space_named_in(named);
    const std::string_view name = named["name"].text();
    const ResourceId divides = named["kind"].text() == "TraefikService"
                                   ? objects_.find(space, "TraefikService", name)
                                   : ResourceId();
    if (!divides.exists()) {
      add_route(space, name, route, named, named["port"]);
      return;
    }
    const Node spec = objects_.object(divides)["spec"];
    const Node weighted = spec["weighted"]["services"];
    for (std::size_t i = 0; depth > 0 && i < weighted.size(); ++i) {
      if (!gets_nothing(weighted.at(i))) {
        add_service(weighted.at(i), route, depth - 1);
      }
    }
    if (depth > 0 && spec["mirroring"]["name"].exists()) {
      add_service(spec["mirroring"], route, depth - 1);
    }
  }

  /// Istio's routes lead in where they belong to a gateway; inside the mesh they only divide.
  void read_virtual_service(Node spec) {
    const Node gateways = spec["gateways"];
    bool leads_in = false;
    for (std::size_t i = 0; i < gateways.size(); ++i) {
      leads_in = leads_in || gateways.at(i).text() != "mesh";
    }
    for (const std::string_view protocol : {"http", "tls", "tcp"}) {
      const Node rules = spec[protocol];
      for (std::size_t i = 0; leads_in && i < rules.size(); ++i) {
        const Node routes = rules.at(i)["route"];
        for (std::size_t k = 0; k < routes.size(); ++k) {
          if (gets_nothing(routes.at(k))) {
            continue;
          }
          const Node host = routes.at(k)["destination"]["host"];
          const Node port = routes.at(k)["destination"]["port"]["number"];
          if (const auto services = answering(objects_, *space_, host.text())) {
            const Node service = objects_.object(services->front());
            add_route(objects_.space_of(services->front()), service["metadata"]["name"].text(), "",
                      host, port);
          } else if (is_cluster_name(host.text()) || host.text().find('.') == host.text().npos) {
            add_route(*space_, host.text(), "", host);  // nobody answers to it: dangling
          }
        }
      }
    }
  }

  /// Whom a policy lets in may call those it protects.
  void read_policy(Node spec) {
    const auto protected_ones = objects_.selected(*space_, spec["podSelector"]);
    const Node rules = spec["ingress"];
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Node peers = rules.at(i)["from"];
      for (std::size_t k = 0; k < peers.size(); ++k) {
        const Node peer = peers.at(k);
        const bool is_exact =
            peer["podSelector"]["matchLabels"].size() > 0 && !peer["namespaceSelector"].exists();
        if (is_exact) {
          for (const ResourceId from : objects_.selected(*space_, peer["podSelector"])) {
            add_allowed(from, protected_ones, peer);
          }
        }
      }
    }
  }

  void add_allowed(ResourceId from, const std::vector<ResourceId>& to, Node peer) {
    const ResourceId policy = std::exchange(caller_, from);
    for (const ResourceId target : to) {
      if (target != from) {
        DraftCall call;
        call.targets = {target};
        call.confidence = Confidence::inferred;
        call.evidence = {draft_.resources[policy].address, peer.span(), ""};
        add_call(draft_.resources[caller_].calls, std::move(call));
      }
    }
    caller_ = policy;
  }

  static constexpr int kDeepest = 8;  ///< they may name each other in a circle

  const KubernetesObjects& objects_;
  Draft& draft_;
  ResourceId caller_;
  const std::string* space_ = nullptr;
};

}  // namespace

void add_kubernetes_routes(const KubernetesObjects& objects, Draft& draft) {
  RouteFinder finder(objects, draft);
  for (const ResourceId id : objects.all()) {
    finder.find(id);
  }
}

}  // namespace outlast::import
