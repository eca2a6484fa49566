#include "import/terraform_docker.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/compose.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::DraftCall;
using blueprint::DraftResource;
using blueprint::Reference;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kContainer = "docker_container";
constexpr std::string_view kService = "docker_service";
constexpr std::string_view kVolume = "docker_volume";
constexpr std::string_view kSettings = "settings";

/// A block that stands once, as a plan and a file tell it.
Node once(Node within, std::string_view name) {
  const Node found = within[name];
  return found.is(NodeKind::list) ? found.at(0) : found;
}

/// The blocks of a name; one that a file tells without a list is one.
std::vector<Node> blocks(Node within, std::string_view name) {
  const Node found = within[name];
  std::vector<Node> all;
  for (std::size_t i = 0; found.is(NodeKind::list) && i < found.size(); ++i) {
    all.push_back(found.at(i));
  }
  if (found.is(NodeKind::map)) {
    all.push_back(found);
  }
  return all;
}

bool is_said(Node value) {
  return value.exists() && !value.is(NodeKind::null) &&
         !(value.is(NodeKind::string) && value.text().empty()) &&
         !(value.is(NodeKind::list) && value.size() == 0);
}

void put(ValueTree& map, std::string_view key, ValueTree value) {
  map.members.emplace_back(std::string(key), std::move(value));
}

void copy(ValueTree& to, std::string_view key, Node value) {
  if (is_said(value)) {
    put(to, key, copy_of(value));
  }
}

ValueTree list_at(base::Span span) {
  return list_value({}, span);
}

class Maker {
 public:
  explicit Maker(Desk& desk) : desk_(desk), draft_(desk.draft) {}

  void make() {
    for (const ResourceId id : base::ids<ResourceId>(draft_.resources.size())) {
      const DraftResource& resource = draft_.resources[id];
      const bool is_service = resource.type == kService;
      if (resource.format == "terraform" && !resource.is_context &&
          (is_service || resource.type == kContainer)) {
        Machines& machines = all_[{resource.configured_by, is_service}];
        const ValueTree made = is_service ? service_of(id) : container_of(id);
        machines.project.services.emplace(resource.address, made);
        machines.places.emplace(resource.address, id);
      }
    }
    for (auto& [key, machines] : all_) {
      const std::string name = key.first.empty() ? "docker" : key.first;
      machines.project.name = name;
      for (const auto& [address, id] : machines.places) {
        keep_references(id);
      }
      add_compose_services(machines.project, name + "/", machines.places, desk_);
      for (const auto& [address, id] : machines.places) {
        tell_settings(id);
      }
    }
  }

 private:
  /// What one configuration of the provider leads to: a machine, or the swarm that it manages.
  struct Machines {
    ComposeProject project;
    std::map<std::string, ResourceId> places;
  };

  ValueTree container_of(ResourceId id) {
    const DraftResource& resource = draft_.resources[id];
    const Node from = resource.attributes;
    ValueTree to = map_at(resource.evidence.span);
    copy(to, "container_name", from["name"]);
    for (const std::string_view same : {"hostname", "command", "entrypoint", "restart",
                                        "network_mode", "read_only", "privileged", "user"}) {
      copy(to, same, from[same]);
    }
    put_image(to, id, from["image"], "image");
    put_variables(to, from["env"]);
    put_check(to, once(from, "healthcheck"));
    put_labels(to, from);
    put_ports(to, blocks(from, "ports"), "internal", "external");
    put_networks(to, id, from);
    put_mounts(to, from);
    // One that is waited for, or that nobody is to keep running, does its work and ends.
    if (from["must_run"].as_bool() == false || from["attach"].as_bool() == true) {
      ValueTree deploy = map_at(to.span);
      put(deploy, "mode", text_value("replicated-job", to.span));
      put(to, "deploy", std::move(deploy));
    }
    return to;
  }

  ValueTree service_of(ResourceId id) {
    const DraftResource& resource = draft_.resources[id];
    const Node task = once(resource.attributes, "task_spec");
    const Node from = once(task, "container_spec");
    ValueTree to = map_at(resource.evidence.span);
    copy(to, "container_name", resource.attributes["name"]);
    copy(to, "hostname", from["hostname"]);
    copy(to, "entrypoint", from["command"]);
    copy(to, "command", from["args"]);
    put_image(to, id, from["image"], "task_spec[0].container_spec[0].image");
    put_variables(to, from["env"]);
    put_check(to, once(from, "healthcheck"));
    put_labels(to, resource.attributes);
    put_ports(to, blocks(once(resource.attributes, "endpoint_spec"), "ports"), "target_port",
              "published_port");
    put_networks(to, id, task);
    put_mounts(to, from);

    const Node mode = once(resource.attributes, "mode");
    ValueTree deploy = map_at(to.span);
    put(deploy, "mode",
        text_value(mode["global"].as_bool() == true ? "global" : "replicated", to.span));
    copy(deploy, "replicas", once(mode, "replicated")["replicas"]);
    copy(deploy, "update_config", once(resource.attributes, "update_config"));
    copy(deploy, "restart_policy", once(task, "restart_policy"));
    // Said even where it is empty: services of a swarm are not bound to one machine.
    const Node placement = once(task, "placement");
    put(deploy, "placement", is_said(placement) ? copy_of(placement) : map_at(to.span));
    put(to, "deploy", std::move(deploy));
    return to;
  }

  /// An image is mostly told by the id that another resource gives it; that one knows its name.
  void put_image(ValueTree& to, ResourceId id, Node image, std::string_view path) const {
    constexpr int kMostSteps = 3;  // an image, of a tag, of what a registry holds
    ResourceId at = id;
    std::string_view asked = path;
    for (int step = 0; step < kMostSteps && at.exists(); ++step) {
      at = referred_to(at, asked);
      const Node name = at.exists() ? draft_.resources[at].attributes["name"] : Node();
      if (name.is(NodeKind::string)) {
        put(to, "image", moved_to(copy_of(name), image.exists() ? image.span() : to.span));
        return;
      }
      asked = "name";
    }
    copy(to, "image", image);
  }

  [[nodiscard]] ResourceId referred_to(ResourceId id, std::string_view path) const {
    for (const Reference& reference : draft_.resources[id].references) {
      if (reference.path == path && !reference.targets.empty()) {
        return reference.targets.front();
      }
    }
    return {};
  }

  /// "KEY=value" of a container, a map of a service.
  static void put_variables(ValueTree& to, Node variables) {
    if (variables.is(NodeKind::map)) {
      copy(to, "environment", variables);
    }
    if (!variables.is(NodeKind::list)) {
      return;
    }
    ValueTree map = map_at(variables.span());
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const ValueTree line = copy_of(variables.at(i));
      const auto sign = line.text.find('=');
      if (line.is_text() && sign != std::string::npos) {
        put(map, line.text.substr(0, sign), text_value(line.text.substr(sign + 1), line.span));
      }
    }
    put(to, "environment", std::move(map));
  }

  /// Zero is how the provider spells what is left to Docker.
  static void put_check(ValueTree& to, Node check) {
    if (!is_said(check)) {
      return;
    }
    ValueTree map = map_at(check.span());
    copy(map, "test", check["test"]);
    if (check["interval"].text() != "0s") {
      copy(map, "interval", check["interval"]);
    }
    if (check["retries"].as_integer() != 0) {
      copy(map, "retries", check["retries"]);
    }
    put(to, "healthcheck", std::move(map));
  }

  static void put_labels(ValueTree& to, Node from) {
    ValueTree map = map_at(to.span);
    for (const Node label : blocks(from, "labels")) {
      if (is_said(label["label"])) {
        copy(map, label["label"].text(), label["value"]);
      }
    }
    if (!map.members.empty()) {
      put(to, "labels", std::move(map));
    }
  }

  static void put_ports(ValueTree& to, const std::vector<Node>& ports, std::string_view inside,
                        std::string_view outside) {
    ValueTree list = list_at(to.span);
    for (const Node port : ports) {
      ValueTree one = map_at(port.span());
      copy(one, "target", port[inside]);
      copy(one, "published", port[outside]);
      copy(one, "protocol", port["protocol"]);
      copy(one, "host_ip", port["ip"]);
      list.items.push_back(std::move(one));
    }
    if (!list.items.empty()) {
      put(to, "ports", std::move(list));
    }
  }

  /// Networks by name; one that is known only once it is made, by whose it is.
  void put_networks(ValueTree& to, ResourceId id, Node from) const {
    ValueTree map = map_at(to.span);
    const std::vector<Node> named = blocks(from, "networks_advanced");
    for (std::size_t i = 0; i < named.size(); ++i) {
      ValueTree how = map_at(named[i].span());
      copy(how, "aliases", named[i]["aliases"]);
      put(map, network_of(id, named[i]["name"], fmt::format("networks_advanced[{}].name", i)),
          std::move(how));
    }
    const Node plain = from["networks"];
    for (std::size_t i = 0; i < plain.size(); ++i) {
      put(map, network_of(id, plain.at(i), fmt::format("networks[{}]", i)), map_at(to.span));
    }
    if (!map.members.empty()) {
      put(to, "networks", std::move(map));
    }
  }

  [[nodiscard]] std::string network_of(ResourceId id, Node name, std::string_view path) const {
    for (const Reference& reference : draft_.resources[id].references) {
      if (reference.path.ends_with(path) && reference.targets.size() == 1) {
        return draft_.resources[reference.targets.front()].address;
      }
    }
    return std::string(name.text());
  }

  void put_mounts(ValueTree& to, Node from) {
    ValueTree list = list_at(to.span);
    for (const Node mount : blocks(from, "volumes")) {
      const bool is_path = is_said(mount["host_path"]);
      ValueTree one = map_at(mount.span());
      put(one, "type", text_value(is_path ? "bind" : "volume", mount.span()));
      copy(one, "source", mount[is_path ? "host_path" : "volume_name"]);
      list.items.push_back(std::move(one));
    }
    for (const Node mount : blocks(from, "mounts")) {
      ValueTree one = map_at(mount.span());
      copy(one, "type", mount["type"]);
      copy(one, "source", mount["source"]);
      list.items.push_back(std::move(one));
    }
    if (!list.items.empty()) {
      put(to, "volumes", std::move(list));
    }
  }

  /// Volumes by the names that mounts call them.
  void declare_volumes(const Reference& reference, ComposeProject& project) const {
    for (const ResourceId target : reference.targets) {
      const DraftResource& volume = draft_.resources[target];
      if (volume.type == kVolume && volume.attributes["name"].is(NodeKind::string)) {
        ValueTree how = map_at(volume.evidence.span);
        copy(how, "driver", volume.attributes["driver"]);
        copy(how, "driver_opts", volume.attributes["driver_opts"]);
        project.volumes.emplace(volume.attributes["name"].text(), std::move(how));
      }
    }
  }

  /// An order of making is no need, and settings are told apart once all are services.
  void keep_references(ResourceId id) {
    DraftResource& resource = draft_.resources[id];
    Machines& machines = all_[{resource.configured_by, resource.type == kService}];
    for (const Reference& reference : resource.references) {
      declare_volumes(reference, machines.project);
    }
    std::erase_if(resource.references,
                  [](const Reference& reference) { return reference.path == "depends_on"; });
  }

  static bool is_setting(std::string_view path) {
    constexpr std::array<std::string_view, 4> kTold = {"env", "command", "entrypoint", "args"};
    constexpr std::string_view kOfService = "task_spec[0].container_spec[0].";
    const std::string_view own =
        path.starts_with(kOfService) ? path.substr(kOfService.size()) : path;
    const std::string_view name = own.substr(0, own.find_first_of(".["));
    return std::find(kTold.begin(), kTold.end(), name) != kTold.end();
  }

  /// Whom settings name by a reference, where what they come to is not known before it is made.
  void tell_settings(ResourceId id) {
    DraftResource& resource = draft_.resources[id];
    std::vector<ResourceId> others;
    for (const Reference& reference : resource.references) {
      for (const ResourceId target : reference.targets) {
        if (!is_setting(reference.path) || target == id) {
          continue;
        }
        if (draft_.resources[target].format != "compose") {
          others.push_back(target);
        } else if (!is_called(resource, target)) {
          DraftCall call;
          call.targets = {target};
          call.evidence = resource.evidence;
          resource.calls.push_back(std::move(call));
        }
      }
    }
    if (!others.empty()) {
      resource.references.push_back({std::string(kSettings), std::move(others)});
    }
  }

  static bool is_called(const DraftResource& caller, ResourceId target) {
    return std::any_of(caller.calls.begin(), caller.calls.end(), [&](const DraftCall& call) {
      return std::find(call.targets.begin(), call.targets.end(), target) != call.targets.end();
    });
  }

  Desk& desk_;
  Draft& draft_;
  std::map<std::pair<std::string, bool>, Machines> all_;
};

}  // namespace

void make_compose_of_terraform(Desk& desk) {
  Maker(desk).make();
}

}  // namespace outlast::import
