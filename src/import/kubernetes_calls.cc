// Whom a workload calls stands nowhere in a manifest; it shows in what it is told.
//
// Problem    a setting such as CART_ADDR = "cartservice:7070" names a service, one such as
//            LEVEL = "info" does not, and both are texts.
// Method     every host in a value is looked up among the services of its namespace, by the rules
//            of the cluster's names (name, name.namespace, name.namespace.svc…, pod.name…). What
//            stands in a URL or beside a port is a host by its form; a bare word is one only where
//            the setting is called as such settings are, and where it is all of the value.
// Not found  a bare name beside a port in a setting that is called so, or in a URL of the web, a name
//            that ends as names inside the cluster do, and a service without pods are dangling; other
//            names lie outside. In files of configuration unknown names are passed over: they hold too
//            much that only looks like a host.

#include "import/kubernetes_calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/host_names.h"
#include "base/text.h"
#include "import/kubernetes_hosts.h"
#include "import/kubernetes_variables.h"
#include "import/secret_shapes.h"

namespace outlast::import {

using base::HostName;
using base::Node;
using base::NodeKind;
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

class CallFinder {
 public:
  CallFinder(const KubernetesObjects& objects, Draft& draft)
      : objects_(objects), draft_(draft), variables_(objects) {}

  void find(ResourceId id) {
    caller_ = id;
    space_ = &objects_.space_of(id);
    const Node object = objects_.object(id);
    if (const Node pod = pod_template_of(object).spec(); pod.exists()) {
      read_containers(pod["containers"], false);
      read_containers(pod["initContainers"], true);
      read_files(pod["volumes"]);
    }
  }

 private:
  void read_containers(Node containers, bool is_init) {
    for (std::size_t i = 0; i < containers.size(); ++i) {
      const Node container = containers.at(i);
      const Node env = container["env"];
      variables_.begin(*space_);
      for_each_source(container["envFrom"], [&](Node data, bool is_base64) {
        for (std::size_t k = 0; data.is(NodeKind::map) && k < data.size(); ++k) {
          variables_.tell(data.key(k), text_of(data.at(k), is_base64));
        }
      });
      for (std::size_t k = 0; k < env.size(); ++k) {
        const std::string_view name = env.at(k)["name"].text();
        const Node value = env.at(k)["value"];
        const Node source = env.at(k)["valueFrom"];
        read_expanded(name, value, value.text(), is_init ? Role::waiting : Role::setting);
        if (!source.exists() || source["fieldRef"].exists() ||
            source["resourceFieldRef"].exists()) {
          variables_.tell(name, variables_.expand(value.text()).text);
        }
        read_source(name, source, is_init ? Role::waiting : Role::setting);
      }
      for_each_source(container["envFrom"], [&](Node data, bool is_base64) {
        read_data(data, Role::setting, is_base64);
      });
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
      read_expanded(is_option ? word.substr(0, equals) : before, words.at(i), word,
                    is_init ? Role::waiting : Role::command);
      before = word.starts_with('-') ? word : std::string_view();
    }
  }

  /// One value of a config map or a secret, whose `data` is base64.
  /// Where no input holds it, and the setting is called as hosts are, it is not known whom it names.
  void read_source(std::string_view name, Node source, Role role) {
    for (const auto& [reference, kind] :
         {std::pair{"configMapKeyRef", "ConfigMap"}, std::pair{"secretKeyRef", "Secret"}}) {
      const Node key = source[reference];
      const ResourceId holder = objects_.find(*space_, kind, key["name"].text());
      const Node object = holder.exists() ? objects_.object(holder) : Node();
      const Node plain = object["stringData"][key["key"].text()];
      const Node value = object["data"][key["key"].text()];
      const bool is_base64 = kind == std::string_view("Secret");
      read_text(name, plain, role);
      read_text(name, value, role, is_base64);
      if (plain.exists() || value.exists()) {
        variables_.tell(name,
                        plain.exists() ? std::string(plain.text()) : text_of(value, is_base64));
      }
      if (key.exists() && !plain.exists() && !value.exists() && base::names_a_host(name)) {
        note_unknown(name);
      }
    }
  }

  /// The maps of `envFrom`, and whether their values are base64.
  template <typename Each>
  void for_each_source(Node sources, Each&& each) const {
    const auto of = [&](std::string_view kind, std::string_view name, std::string_view member) {
      const ResourceId holder = objects_.find(*space_, kind, name);
      return holder.exists() ? objects_.object(holder)[member] : Node();
    };
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const std::string_view map = sources.at(i)["configMapRef"]["name"].text();
      const std::string_view secret = sources.at(i)["secretRef"]["name"].text();
      each(of("ConfigMap", map, "data"), false);
      each(of("Secret", secret, "stringData"), false);
      each(of("Secret", secret, "data"), true);
    }
  }

  void read_files(Node volumes) {
    for (std::size_t i = 0; i < volumes.size(); ++i) {
      read_file(volumes.at(i)["configMap"]["name"]);
      const Node sources = volumes.at(i)["projected"]["sources"];
      for (std::size_t k = 0; k < sources.size(); ++k) {
        read_file(sources.at(k)["configMap"]["name"]);
      }
    }
  }

  void read_file(Node map) {
    const ResourceId holder = objects_.find(*space_, "ConfigMap", map.text());
    read_data(holder.exists() ? objects_.object(holder)["data"] : Node(), Role::file, false);
  }

  void read_data(Node data, Role role, bool is_base64) {
    for (std::size_t i = 0; data.is(NodeKind::map) && i < data.size(); ++i) {
      read_text(data.key(i), data.at(i), role, is_base64);
    }
  }

  /// Of a variable that nobody tells, and that is called as hosts are, it is not known whom it names.
  void read_expanded(std::string_view name, Node value, std::string_view text, Role role) {
    const auto [expanded, lacks] = variables_.expand(text);
    read_words(name, expanded, value, role);
    if (!lacks.empty() && (base::names_a_host(lacks) || base::names_a_host(name))) {
      note_unknown(name.empty() ? std::string_view(lacks) : name);
    }
  }

  void note_unknown(std::string_view setting) {
    draft_.coverage.unknown_attributes.push_back(
        fmt::format("{}: what answers at {}", draft_.resources[caller_].address, setting));
  }

  void read_text(std::string_view name, Node value, Role role, bool is_base64 = false) {
    read_words(name, text_of(value, is_base64), value, role);
  }

  static std::string text_of(Node value, bool is_base64) {
    return is_base64 ? text_of_base64(value.text()) : std::string(value.text());
  }

  void read_words(std::string_view name, std::string_view text, Node value, Role role) {
    for (const HostName& found : base::host_names_in(text)) {
      take(name, found, found.host.size() == base::trim(text).size(), value, role);
    }
    if (text.find('\n') != std::string_view::npos) {
      read_lines(text, value, role);
    }
    for (const HostName& found : base::host_names_in_options(text)) {
      if (answering(objects_, *space_, found.host)) {
        take("host", found, true, value, role == Role::file ? Role::setting : role);
      }
    }
  }

  /// "host: db" or "redis.host=cache" of a file: a setting by its last word, where something of the
  /// inputs answers to it. Files hold many words that name nothing here.
  void read_lines(std::string_view text, Node value, Role role) {
    constexpr std::string_view kAround = " \t\r\"',{}";
    const auto bare = [&](std::string_view word) {
      const auto first = word.find_first_not_of(kAround);
      const auto last = word.find_last_not_of(kAround);
      return first == std::string_view::npos ? word.substr(0, 0)
                                             : word.substr(first, last + 1 - first);
    };
    for (const std::string_view line : base::split(text, '\n')) {
      const auto middle = line.find_first_of(":=");
      const std::string_view key = bare(line.substr(0, middle));
      if (middle == std::string_view::npos || !base::names_a_host(key)) {
        continue;
      }
      const std::string_view said = bare(line.substr(middle + 1));
      for (const HostName& found : base::host_names_in(said)) {
        if (found.host.size() == said.size() && answering(objects_, *space_, found.host)) {
          take(key, found, true, value, role == Role::file ? Role::setting : role);
        }
      }
    }
  }

  void take(std::string_view name, const HostName& found, bool is_whole, Node value, Role role) {
    const std::string host = meant_by(objects_, *space_, found.host);
    const auto services = answering(objects_, *space_, host);
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
    call.host = host;
    if (role == Role::waiting) {
      call.strength = Value<Strength>::of(Strength::startup, blueprint::Provenance::inferred);
    }
    if (services) {
      aim_at(objects_, services->front(), call);
      call.port = objects_.port_behind(services->front(), found.port);
      tell_shut_port(services->front(), found, call);
      add_call(draft_.resources[caller_].calls, std::move(call));
      return;
    }
    const bool is_bare = host.find('.') == std::string::npos;
    call.is_local = is_cluster_name(host) || is_bare || names_a_pod(host);
    const bool is_ours = (is_cluster_name(host) && holds_some_of_space(host)) || names_a_pod(host);
    const bool is_of_web =
        is_bare && found.form == Form::url && value.text().find("http") != std::string::npos;
    const bool is_telling = is_setting && (is_named_so || is_of_web || !call.is_local || is_ours);
    if (is_telling && (found.form != Form::plain || is_named_so || is_ours)) {
      add_call(draft_.resources[caller_].calls, std::move(call));
    }
  }

  /// One of its pods, called by its own name, opens what it likes.
  void tell_shut_port(ResourceId service, const HostName& found, const DraftCall& call) {
    const bool is_itself = std::string_view(call.host).substr(0, call.host.find('.')) ==
                           objects_.object(service)["metadata"]["name"].text();
    const std::string port = std::to_string(found.port);
    if (found.port != 0 && is_itself && !call.targets.empty() && !objects_.opens(service, port)) {
      add_call(draft_.resources[caller_].calls, in_vain(call, port));
    }
  }

  /// Do the inputs hold anything of the namespace in "name.namespace.svc…"? Of others they may
  /// simply not be all.
  [[nodiscard]] bool holds_some_of_space(std::string_view host) const {
    const auto labels = base::split(host.substr(0, host.find(".svc")), '.');
    return labels.size() > 1 && !objects_.all_in(std::string(labels.back())).empty();
  }

  const KubernetesObjects& objects_;
  Draft& draft_;
  KubernetesVariables variables_;
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
