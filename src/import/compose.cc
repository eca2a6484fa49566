#include "import/compose.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "base/units.h"
#include "import/compose_calls.h"
#include "import/compose_checks.h"
#include "import/compose_project.h"
#include "import/compose_swarm.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kFormat = "compose";
constexpr std::string_view kJob = "compose job";

void add_text(ValueTree& map, std::string_view key, std::string text, base::Span span) {
  map.members.emplace_back(std::string(key), text_value(std::move(text), span));
}

std::string_view text_at(const ValueTree* value, std::string_view key) {
  const ValueTree* member = value == nullptr ? nullptr : value->member(key);
  return member == nullptr ? std::string_view() : std::string_view(member->text);
}

/// Runs until it has done its work: others wait for its end, or its mode says so.
bool is_job(const ComposeProject& project, const std::string& name) {
  const auto is_waited_for = [&](const auto& other) {
    const ValueTree* needs = other.second.member("depends_on");
    const ValueTree* how = needs == nullptr ? nullptr : needs->member(name);
    return text_at(how, "condition") == "service_completed_successfully";
  };
  return text_at(project.services.at(name).member("deploy"), "mode").ends_with("-job") ||
         std::any_of(project.services.begin(), project.services.end(), is_waited_for);
}

bool is_own_machine(const ValueTree& port) {
  const ValueTree* address = port.member("host_ip");
  return address != nullptr && (address->text.starts_with("127.") || address->text == "localhost" ||
                                address->text == "[::1]");
}

/// Marks the ports that are published at other addresses than the host's own, and tells whether
/// there are any: "everywhere", "loopback"; empty where none is published at all.
std::string mark_published(ValueTree& service) {
  std::string at;
  for (auto& [key, ports] : service.members) {
    for (std::size_t i = 0; key == "ports" && i < ports.items.size(); ++i) {
      const bool is_own = is_own_machine(ports.items[i]);
      if (!is_own) {
        add_text(ports.items[i], "open_to", "0.0.0.0/0", ports.items[i].span);
      }
      at = is_own && at.empty() ? "loopback" : is_own ? at : "everywhere";
    }
  }
  return at;
}

/// How long until a health check that fails is noticed; empty where it is not told.
std::string noticed_after(const ValueTree& service) {
  const ValueTree* check = service.member("healthcheck");
  const ValueTree* interval = check == nullptr ? nullptr : check->member("interval");
  const ValueTree* retries = check == nullptr ? nullptr : check->member("retries");
  const auto seconds = interval == nullptr ? base::Result<base::Seconds>(base::Seconds{30})
                                           : base::parse_duration(interval->text);
  if (check == nullptr || !seconds) {
    return "";
  }
  constexpr std::string_view kStandardRetries = "3";
  const std::string_view times =
      retries == nullptr ? kStandardRetries : std::string_view(retries->text);
  const auto count = times.size() == 1 && times[0] >= '1' && times[0] <= '9' ? times[0] - '0' : 3;
  return base::format_number(seconds->value * count);
}

/// One that all containers of a service mount; a volume without a name is each container's own.
bool has_named_volume(const ValueTree& service) {
  const ValueTree* volumes = service.member("volumes");
  return volumes != nullptr &&
         std::any_of(volumes->items.begin(), volumes->items.end(), [](const ValueTree& volume) {
           return text_at(&volume, "type") == "volume" && !text_at(&volume, "source").empty();
         });
}

class ServiceAdder {
 public:
  ServiceAdder(const ComposeProject& project, std::string prefix,
               const std::map<std::string, ResourceId>& places, Desk& desk)
      : project_(project),
        prefix_(std::move(prefix)),
        places_(places),
        desk_(desk),
        is_swarm_(is_for_a_swarm(project)) {}

  void add() {
    if (project_.services.empty()) {
      return;
    }
    check_compose(project_, is_swarm_, desk_);
    if (!is_swarm_) {
      add_host();
    }
    for (const auto& [name, service] : project_.services) {
      ids_.emplace(name, add_service(name, service));
    }
    add_compose_calls(project_, ids_, desk_);
    mark_clients();
    for (const Node file : project_.files) {
      add_remarks(file);
    }
  }

 private:
  /// Who publishes nothing, is called by nobody and calls only what is published comes in as users
  /// do: a load generator, a probe. An order of starting (`depends_on`) is no call.
  void mark_clients() {
    std::set<ResourceId> called;
    for (const auto& [name, id] : ids_) {
      for (const auto& call : desk_.draft.resources[id].calls) {
        called.insert(call.targets.begin(), call.targets.end());
      }
    }
    const auto is_published = [&](ResourceId id) {
      return desk_.draft.resources[id].attributes["published_at"].exists();
    };
    for (const auto& [name, id] : ids_) {
      DraftResource& service = desk_.draft.resources[id];
      const ValueTree* order = project_.services.at(name).member("depends_on");
      const auto is_order_only = [&](const auto& call) {
        return order != nullptr &&
               std::any_of(order->members.begin(), order->members.end(), [&](const auto& member) {
                 return member.second.span.begin == call.evidence.span.begin;
               });
      };
      std::size_t calls = 0;
      bool calls_entries_only = true;
      for (const auto& call : service.calls) {
        if (!is_order_only(call)) {
          ++calls;
          calls_entries_only = calls_entries_only &&
                               std::any_of(call.targets.begin(), call.targets.end(), is_published);
        }
      }
      service.has_no_address =
          service.has_no_address ||
          (calls > 0 && calls_entries_only && !is_published(id) && !called.contains(id));
    }
  }

  /// The machine, and the place that it and all that it runs lie in.
  void add_host() {
    const base::Span span = project_.services.begin()->second.span;
    const std::string name = project_.services.contains("host") ? "compose host" : "host";
    ValueTree site;
    site.kind = NodeKind::map;
    site.span = span;
    site_ = add_resource("compose site", prefix_ + "site", site, span);
    ValueTree host = site;
    host_ = add_resource("compose host", prefix_ + name, host, span);
    desk_.draft.resources[host_].references.push_back({"site", {site_}});
    desk_.draft.assumptions.push_back(
        {fmt::format("where {} runs", project_.name), "one host",
         "Compose runs a project on one machine; nothing here is made for a swarm"});
  }

  ResourceId add_service(const std::string& name, const ValueTree& service) {
    ValueTree attributes = service;
    if (const std::string at = mark_published(attributes); !at.empty()) {
      add_text(attributes, "published_at", at, service.span);
    }
    if (const std::string after = noticed_after(service); !after.empty()) {
      add_text(attributes, "noticed_after", after, service.span);
    }
    if (text_at(service.member("deploy"), "mode") == "global" && only_node_of(service).empty()) {
      add_text(attributes, "on_each_node", "true", service.span);
    }
    const DataPlace data = data_place_of(project_, service);
    const std::string type =
        is_job(project_, name)
            ? std::string(kJob)
            : fmt::format("compose {}{}", is_swarm_ ? "swarm " : "",
                          data == DataPlace::none ? "service" : "service with volume");
    const auto place = places_.find(name);
    const bool is_new = place == places_.end();
    const ResourceId id = is_new ? add_resource(type, prefix_ + name, attributes, service.span)
                                 : make_of(place->second, type, attributes, service.span);
    DraftResource& added = desk_.draft.resources[id];
    const std::string_view container = text_at(&service, "container_name");
    added.name = is_new || container.empty() ? name : std::string(container);
    added.names = {added.name};
    added.has_no_address = type == kJob;
    if (!is_swarm_ && has_named_volume(service)) {
      added.references.push_back({"one_volume", {id}});  // all of its containers mount the same
    }
    if (!is_swarm_) {
      added.references.push_back({"host", {host_}});
      added.only_machine = desk_.draft.resources[host_].address;
      added.references.push_back({"site", {site_}});
    } else {
      bind(service, data, added);
    }
    if (is_new) {  // else its own reader has noted them
      note_secrets(service, added);
    }
    return id;
  }

  /// What constraints leave one node, or keeps its data on the disk of one, starts nowhere else.
  static void bind(const ValueTree& service, DataPlace data, DraftResource& added) {
    added.only_machine = only_node_of(service);
    added.keeps_data_there = data == DataPlace::its_machine;
    added.is_bound = !added.only_machine.empty() || added.keeps_data_there;
  }

  Node built(const ValueTree& attributes, base::Span span) {
    base::DocumentBuilder builder(span.source);
    std::vector<std::pair<std::string, std::vector<std::string>>> references;
    const std::uint32_t root = build_value(attributes, project_.name, builder, references);
    desk_.draft.documents.push_back(builder.finish(root));
    return desk_.draft.documents.back().root();
  }

  ResourceId add_resource(const std::string& type, const std::string& address,
                          const ValueTree& attributes, base::Span span) {
    DraftResource resource;
    resource.format = kFormat;
    resource.address = address;
    resource.group = address;
    resource.type = type;
    resource.attributes = built(attributes, span);
    resource.evidence = {address, span, ""};
    return desk_.draft.resources.push_back(std::move(resource));
  }

  /// Makes a service of what another format holds; it keeps its address and its place.
  ResourceId make_of(ResourceId id, const std::string& type, const ValueTree& attributes,
                     base::Span span) {
    DraftResource& resource = desk_.draft.resources[id];
    resource.format = kFormat;
    resource.type = type;
    resource.attributes = built(attributes, span);
    resource.attributes_pointer.clear();
    resource.account.clear();
    resource.configured_by.clear();
    resource.region = {};
    resource.zone = {};
    return id;
  }

  /// Settings written here; what variables fill in stands elsewhere.
  void note_secrets(const ValueTree& service, const DraftResource& resource) {
    const ValueTree* settings = service.member("environment");
    if (settings == nullptr) {
      return;
    }
    ValueTree written = *settings;
    std::erase_if(written.members, [](const auto& setting) { return setting.second.is_computed; });
    base::DocumentBuilder builder(service.span.source);
    std::vector<std::pair<std::string, std::vector<std::string>>> references;
    const std::uint32_t root = build_value(written, "", builder, references);
    desk_.draft.documents.push_back(builder.finish(root));
    find_secrets_by_line(desk_.draft.documents.back().root(), resource.evidence, desk_);
  }

  void add_remarks(Node file) {
    const Node services = file["services"];
    for (std::size_t i = 0; i < services.size(); ++i) {
      const Node notes = services.at(i)["x-outlast"]["ignore"];
      for (std::size_t j = 0; j < notes.size(); ++j) {
        desk_.remarks.push_back(
            remark_of_ignore(prefix_ + std::string(services.key(i)), notes.at(j)));
      }
    }
  }

  const ComposeProject& project_;
  std::string prefix_;
  const std::map<std::string, ResourceId>& places_;
  Desk& desk_;
  bool is_swarm_;
  ResourceId site_;
  ResourceId host_;
  std::map<std::string, ResourceId> ids_;
};

/// Files that others of the same folder are laid over come first.
bool is_base_file(const std::string& path) {
  const std::string file = path.substr(folder_of(path).size());
  return file == "compose.yaml" || file == "compose.yml" || file == "docker-compose.yml" ||
         file == "docker-compose.yaml";
}

/// The files that one includes, or whose services its own extend.
std::set<std::string> named_by(const InputDocument& file) {
  std::set<std::string> named;
  const auto add = [&](Node path) {
    if (!path.text().empty()) {
      named.insert(path_below(folder_of(file.path), path.text()));
    }
  };
  const Node includes = file.root["include"];
  for (std::size_t i = 0; i < includes.size(); ++i) {
    const Node item = includes.at(i);
    const Node paths = item.is(NodeKind::map) ? item["path"] : item;
    add(paths);
    for (std::size_t k = 0; k < paths.size(); ++k) {
      add(paths.at(k));
    }
  }
  const Node services = file.root["services"];
  for (std::size_t i = 0; services.is(NodeKind::map) && i < services.size(); ++i) {
    const Node extended = services.at(i)["extends"];
    add(extended.is(NodeKind::map) ? extended["file"] : Node());
  }
  return named;
}

/// What others include or extend is read as a part of these; of a circle all stay, which is told.
std::vector<InputDocument> without_parts(const std::vector<InputDocument>& files) {
  std::set<std::string> parts;
  for (const InputDocument& file : files) {
    std::set<std::string> named = named_by(file);
    named.erase(path_below("", file.path));
    parts.merge(named);
  }
  std::vector<InputDocument> whole;
  std::copy_if(
      files.begin(), files.end(), std::back_inserter(whole),
      [&](const InputDocument& file) { return !parts.contains(path_below("", file.path)); });
  return whole.empty() ? files : whole;
}

}  // namespace

bool is_compose(Node root) {
  const Node services = root["services"];
  bool has_services = false;
  for (std::size_t i = 0; services.is(NodeKind::map) && i < services.size(); ++i) {
    has_services = has_services || services.at(i).is(NodeKind::map);
  }
  const bool is_other = root["apiVersion"].exists() || root["outlast"].exists();
  return root.is(NodeKind::map) && !is_other &&
         (has_services || (root["include"].is(NodeKind::list) && !root["components"].exists()));
}

void read_compose(const std::vector<InputDocument>& files, Desk& desk) {
  std::vector<std::pair<std::string, std::vector<InputDocument>>> projects;
  for (const InputDocument& file : without_parts(files)) {
    const std::string folder = folder_of(file.path);
    auto known = std::find_if(projects.begin(), projects.end(),
                              [&](const auto& project) { return project.first == folder; });
    if (known == projects.end()) {
      projects.emplace_back(folder, std::vector<InputDocument>());
      known = projects.end() - 1;
    }
    known->second.push_back(file);
  }
  for (auto& [folder, documents] : projects) {
    std::stable_partition(documents.begin(), documents.end(), [](const InputDocument& document) {
      return is_base_file(document.path);
    });
    ComposeProject project = read_compose_project(documents, desk);
    if (project.name.empty()) {
      const std::string plain = folder.empty() ? "" : folder.substr(0, folder.size() - 1);
      project.name = plain.empty() ? "project" : plain.substr(folder_of(plain).size());
    }
    add_compose_services(project, projects.size() > 1 ? project.name + "/" : "", {}, desk);
  }
}

void add_compose_services(const ComposeProject& project, const std::string& prefix,
                          const std::map<std::string, ResourceId>& places, Desk& desk) {
  ServiceAdder(project, prefix, places, desk).add();
}

}  // namespace outlast::import
