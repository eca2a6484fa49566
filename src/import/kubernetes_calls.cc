// Whom a workload calls stands nowhere in a manifest; it shows in what it is told.
//
// Problem    a setting such as CART_ADDR = "cartservice:7070" names a service, one such as
//            LEVEL = "info" does not, and both are texts.
// Method     every host in a value is looked up among the services of its namespace, by the rules
//            of the cluster's names (name, name.namespace, name.namespace.svc…, pod.name…). What
//            stands in a URL or beside a port is a host by its form; a bare word is one only where
//            the setting is called as such settings are, and where it is all of the value.
// Not found  a bare name beside a port, or one that ends as names inside the cluster do, is
//            dangling; other names lie outside. In files of configuration unknown names are
//            passed over: they hold too much that only looks like a host.

#include "import/kubernetes_calls.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/host_names.h"
#include "base/text.h"
#include "import/secret_shapes.h"

namespace outlast::import {

using base::HostName;
using base::Node;
using base::NodeKind;
using blueprint::Confidence;
using blueprint::Draft;
using blueprint::DraftCall;
using blueprint::ResourceId;
using blueprint::Strength;
using blueprint::Value;

namespace {

using Form = HostName::Form;

/// What a text is to those who run it.
enum class Role {
  setting,  ///< a value that a name belongs to
  command,  ///< an argument or a line of a script
  waiting,  ///< a script that ends once what it waits for is there
  file      ///< a file of configuration
};

bool is_cluster_name(std::string_view host) {
  return host.ends_with(".svc") || host.ends_with(".cluster.local") ||
         host.find(".svc.") != std::string_view::npos;
}

class CallFinder {
 public:
  CallFinder(const KubernetesObjects& objects, Draft& draft) : objects_(objects), draft_(draft) {}

  void find(ResourceId id) {
    caller_ = id;
    space_ = &objects_.space_of(id);
    const Node object = objects_.object(id);
    const std::string_view kind = object["kind"].text();
    if (const Node pod = pod_template_of(object).spec(); pod.exists()) {
      read_containers(pod["containers"], false);
      read_containers(pod["initContainers"], true);
      read_files(pod["volumes"]);
    } else if (kind == "Ingress") {
      read_ingress(object["spec"]);
    } else if (kind.ends_with("Route")) {
      read_route(object["spec"]["rules"]);
    } else if (kind == "VirtualService") {
      read_virtual_service(object["spec"]);
    } else if (kind == "NetworkPolicy") {
      read_policy(object["spec"]);
    }
  }

 private:
  void read_containers(Node containers, bool is_init) {
    for (std::size_t i = 0; i < containers.size(); ++i) {
      const Node container = containers.at(i);
      const Node env = container["env"];
      for (std::size_t k = 0; k < env.size(); ++k) {
        const std::string_view name = env.at(k)["name"].text();
        read_text(name, env.at(k)["value"], is_init ? Role::waiting : Role::setting);
        read_source(name, env.at(k)["valueFrom"], is_init ? Role::waiting : Role::setting);
      }
      read_sources(container["envFrom"]);
      read_command(container["command"], is_init);
      read_command(container["args"], is_init);
    }
  }

  /// `--redis-host mysql`: the word before says what the value is.
  void read_command(Node words, bool is_init) {
    std::string_view before;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string_view word = words.at(i).text();
      const auto equals = word.find('=');
      const bool is_option = equals != std::string_view::npos && word.starts_with('-');
      read_text(is_option ? word.substr(0, equals) : before, words.at(i),
                is_init ? Role::waiting : Role::command);
      before = word.starts_with('-') ? word : std::string_view();
    }
  }

  /// One value of a config map or a secret, whose `data` is base64.
  void read_source(std::string_view name, Node source, Role role) {
    for (const auto& [reference, kind] :
         {std::pair{"configMapKeyRef", "ConfigMap"}, std::pair{"secretKeyRef", "Secret"}}) {
      const Node key = source[reference];
      const ResourceId holder = objects_.find(*space_, kind, key["name"].text());
      const Node object = holder.exists() ? objects_.object(holder) : Node();
      read_text(name, object["stringData"][key["key"].text()], role);
      read_text(name, object["data"][key["key"].text()], role, kind == std::string_view("Secret"));
    }
  }

  void read_sources(Node sources) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const std::string_view map = sources.at(i)["configMapRef"]["name"].text();
      const std::string_view secret = sources.at(i)["secretRef"]["name"].text();
      read_data(objects_.find(*space_, "ConfigMap", map), "data", Role::setting, false);
      read_data(objects_.find(*space_, "Secret", secret), "stringData", Role::setting, false);
      read_data(objects_.find(*space_, "Secret", secret), "data", Role::setting, true);
    }
  }

  void read_files(Node volumes) {
    for (std::size_t i = 0; i < volumes.size(); ++i) {
      const std::string_view name = volumes.at(i)["configMap"]["name"].text();
      read_data(objects_.find(*space_, "ConfigMap", name), "data", Role::file, false);
    }
  }

  void read_data(ResourceId holder, std::string_view member, Role role, bool is_base64) {
    const Node data = holder.exists() ? objects_.object(holder)[member] : Node();
    for (std::size_t i = 0; data.is(NodeKind::map) && i < data.size(); ++i) {
      read_text(data.key(i), data.at(i), role, is_base64);
    }
  }

  void read_text(std::string_view name, Node value, Role role, bool is_base64 = false) {
    const std::string decoded = is_base64 ? text_of_base64(value.text()) : std::string();
    const std::string_view text = is_base64 ? std::string_view(decoded) : value.text();
    for (const HostName& found : base::host_names_in(text)) {
      take(name, found, found.host.size() == base::trim(text).size(), value, role);
    }
  }

  void take(std::string_view name, const HostName& found, bool is_whole, Node value, Role role) {
    const std::optional<std::vector<ResourceId>> services = answering(found.host);
    const bool is_setting = role == Role::setting || role == Role::command;
    const bool is_named_so = base::names_a_host(name);
    const bool is_option = role == Role::command && name.starts_with('-');
    if (found.form == Form::plain) {
      const bool is_meant = is_cluster_name(found.host) || role == Role::waiting ||
                            (is_setting && is_named_so && (is_whole || is_option));
      if (!is_meant) {
        return;
      }
    }
    DraftCall call;
    call.evidence = {draft_.resources[caller_].address, value.span(), ""};
    call.host = found.host;
    if (role == Role::waiting) {
      call.strength = Value<Strength>::of(Strength::startup, blueprint::Provenance::inferred);
    }
    if (services) {
      call.targets = *services;
      call.port = objects_.port_behind(services->front(), found.port);
      add(std::move(call));
      return;
    }
    const bool is_bare = found.host.find('.') == std::string::npos;
    call.is_local = is_cluster_name(found.host) || is_bare;
    const bool is_ours = is_cluster_name(found.host) && holds_some_of_space(found.host);
    const bool is_telling = is_setting && (is_named_so || !call.is_local || is_ours);
    if (is_telling && (found.form != Form::plain || is_named_so || is_ours)) {
      add(std::move(call));
    }
  }

  /// Do the inputs hold anything of the namespace in "name.namespace.svc…"? Of others they may
  /// simply not be all.
  [[nodiscard]] bool holds_some_of_space(std::string_view host) const {
    const auto labels = base::split(host.substr(0, host.find(".svc")), '.');
    return labels.size() > 1 && !objects_.all_in(std::string(labels.back())).empty();
  }

  /// The service that a host is the name of; nothing if there is none.
  [[nodiscard]] std::optional<std::vector<ResourceId>> answering(std::string_view host) const {
    for (const std::string_view ending : {".cluster.local", ".svc"}) {
      if (host.ends_with(ending)) {
        host.remove_suffix(ending.size());
      }
    }
    const auto labels = base::split(host, '.');
    ResourceId service;
    const auto look_up = [&](std::string_view space, std::string_view name) {
      service = service.exists() ? service : objects_.service(space, name);
    };
    constexpr std::size_t kWithPod = 3;
    if (labels.size() == 1) {
      look_up(*space_, labels[0]);
    } else if (labels.size() == 2) {
      look_up(labels[1], labels[0]);
      look_up(*space_, labels[1]);  // one pod of a headless service
    } else if (labels.size() == kWithPod) {
      look_up(labels[2], labels[1]);
    }
    return service.exists() ? std::optional(std::vector{service}) : std::nullopt;
  }

  /// One call per target: a need outright counts before one that is only for the start.
  void add(DraftCall call) {
    auto& calls = draft_.resources[caller_].calls;
    const auto same = std::find_if(calls.begin(), calls.end(), [&](const DraftCall& known) {
      return known.targets == call.targets && known.route == call.route &&
             (!call.targets.empty() || known.host == call.host);
    });
    if (same == calls.end()) {
      calls.push_back(std::move(call));
    } else if (call.confidence < same->confidence ||
               (call.confidence == same->confidence && call.strength.is_unset())) {
      *same = std::move(call);
    }
  }

  void add_route(std::string_view space, std::string_view service, std::string route, Node at) {
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
      call.targets = {target};
    }
    add(std::move(call));
  }

  void add_backend(Node backend, const std::string& route) {
    const Node service = backend["service"]["name"];
    const Node old = backend["serviceName"];
    const Node named = service.exists() ? service : old;
    add_route(*space_, named.text(), route, named);
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

  /// Routes of the Gateway API: several services of one rule share its requests.
  void read_route(Node rules) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Node backends = rules.at(i)["backendRefs"];
      const Node path = rules.at(i)["matches"].at(0)["path"]["value"];
      for (std::size_t k = 0; k < backends.size(); ++k) {
        const std::string_view other = backends.at(k)["namespace"].text();
        const Node name = backends.at(k)["name"];
        add_route(other.empty() ? std::string_view(*space_) : other, name.text(),
                  std::string(path.text()), name);
      }
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
          const Node host = routes.at(k)["destination"]["host"];
          if (const auto services = answering(host.text())) {
            const Node service = objects_.object(services->front());
            add_route(objects_.space_of(services->front()), service["metadata"]["name"].text(), "",
                      host);
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
        add(std::move(call));
      }
    }
    caller_ = policy;
  }

  const KubernetesObjects& objects_;
  Draft& draft_;
  ResourceId caller_;
  const std::string* space_ = nullptr;
};

}  // namespace

void add_kubernetes_calls(const KubernetesObjects& objects, Draft& draft) {
  CallFinder finder(objects, draft);
  for (const ResourceId id : objects.all()) {
    finder.find(id);
  }
}

}  // namespace outlast::import
