#include "import/terraform_kubernetes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "import/kubernetes_objects.h"
#include "import/kubernetes_of_blocks.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::Reference;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kSettings = "settings";

/// Where a container is told something.
bool is_setting(std::string_view path) {
  return path.find(".env[") != std::string_view::npos ||
         path.find(".args") != std::string_view::npos ||
         path.find(".command") != std::string_view::npos;
}

/// A path without the positions of blocks that stand once: plans and files tell them differently.
std::string without_firsts(std::string_view path) {
  std::string out(path);
  constexpr std::string_view kFirst = "[0]";
  for (auto at = out.find(kFirst); at != std::string::npos; at = out.find(kFirst, at)) {
    out.erase(at, kFirst.size());
  }
  return out;
}

/// A block that stands once, as a plan and a file tell it; of two names one in the other.
Node block(Node within, std::string_view name, std::string_view inner = "") {
  const Node found = within[name].is(NodeKind::list) ? within[name].at(0) : within[name];
  return inner.empty() ? found : block(found, inner);
}

Node metadata_of(Node attributes) {
  const Node of_manifest = attributes["manifest"]["metadata"];
  return of_manifest.exists() ? of_manifest : block(attributes, "metadata");
}

/// Where a config map or a secret keeps what it tells.
bool is_content(std::string_view path) {
  return path.starts_with("data") || path.starts_with("stringData");
}

class Maker {
 public:
  explicit Maker(Desk& desk) : desk_(desk), draft_(desk.draft) {}

  bool make() {
    std::vector<Made> all;
    bool runs_any = false;
    for (const ResourceId id : base::ids<ResourceId>(draft_.resources.size())) {
      const DraftResource& resource = draft_.resources[id];
      const bool is_ours = resource.format == "terraform" && !resource.is_context;
      if (is_ours && resource.type == "helm_release") {
        tell_chart(resource);
      }
      const Node object = is_ours ? object_of(resource) : Node();
      if (object["kind"].exists() && !object["metadata"]["name"].text().empty()) {
        runs_any = runs_any || pod_template_of(object).pod.exists();
        all.push_back({id, object, kind_of_object(resource.type)});
      }
    }
    if (!runs_any) {
      return false;
    }
    for (const Made& made : all) {
      become(made);
    }
    const KubernetesObjects objects(draft_);
    for (const Made& made : all) {
      tell_settings(objects, made.id);
    }
    return true;
  }

 private:
  struct Made {
    ResourceId id;
    Node object;
    const KindOfObject* kind = nullptr;  ///< null: it was written as a manifest already
  };

  /// The object that a resource makes; one without a kind where it makes none.
  Node object_of(const DraftResource& resource) {
    const Node attributes = resource.attributes;
    if (const KindOfObject* kind = kind_of_object(resource.type)) {
      draft_.documents.push_back(
          object_of_blocks(*kind, attributes, [&](std::string_view path, std::string_view key) {
            return taken_from_another(resource, path, key);
          }));
      return draft_.documents.back().root();
    }
    if (resource.type == "kubernetes_manifest") {
      return attributes["manifest"];
    }
    const Node text = attributes["yaml_body"];
    return resource.type == "kubectl_manifest" && text.is(NodeKind::string)
               ? parsed(resource, std::string(text.text()))
               : Node();
  }

  /// What a chart installs does not stand where it is installed.
  void tell_chart(const DraftResource& release) {
    draft_.coverage.unknown_attributes.push_back(
        fmt::format("{}: what the chart {} installs (helm template writes it)", release.address,
                    release.attributes["chart"].text()));
  }

  /// A name, a namespace or a label that one object has from another.
  [[nodiscard]] std::string taken_from_another(const DraftResource& resource, std::string_view path,
                                               std::string_view key) const {
    // A plan tells of a map as a whole, a file of each of its keys.
    const std::string of_map = without_firsts(path);
    const std::string of_key = fmt::format("{}.{}", of_map, key);
    for (const Reference& reference : resource.references) {
      const std::string told = without_firsts(reference.path);
      const bool is_it = told == of_map || told == of_key;
      if (!is_it || reference.targets.size() != 1) {
        continue;
      }
      const DraftResource& other = draft_.resources[reference.targets.front()];
      const Node metadata = metadata_of(other.attributes);
      const Node of_pods = block(block(other.attributes, "spec"), "template", "metadata");
      const Node own = metadata["labels"][key];
      const std::string_view label = (own.exists() ? own : of_pods["labels"][key]).text();
      const bool is_namespace = other.type.starts_with("kubernetes_namespace");
      if (key == "namespace" && !is_namespace) {
        return std::string(metadata["namespace"].text());
      }
      if (!label.empty() || base::to_lower(key).find("name") == std::string::npos) {
        return std::string(label);
      }
      return std::string(metadata["name"].text());
    }
    return "";
  }

  Node parsed(const DraftResource& resource, std::string text) {
    const base::SourceId source = desk_.sources.add(resource.address, std::move(text), "");
    auto documents = base::parse_yaml(desk_.sources, source, desk_.diagnostics, desk_.limits);
    if (!documents || documents->empty()) {
      return {};
    }
    draft_.documents.push_back(std::move(documents->front()));
    return draft_.documents.back().root();
  }

  void become(const Made& made) {
    DraftResource& resource = draft_.resources[made.id];
    const std::string_view version = made.object["apiVersion"].text();
    const std::string_view kind = made.object["kind"].text();
    const auto slash = version.find('/');
    resource.format = kKubernetes;
    resource.name = made.object["metadata"]["name"].text();
    resource.address = kubernetes_address(namespace_of(made.object), kind, resource.name);
    resource.group = resource.address;
    resource.type = slash == std::string_view::npos
                        ? std::string(kind)
                        : std::string(version.substr(0, slash + 1)) + std::string(kind);
    resource.attributes = made.object;
    resource.attributes_pointer.clear();
    resource.evidence.address = resource.address;
    resource.account.clear();
    resource.configured_by.clear();
    resource.region = {};
    resource.zone = {};
    std::erase_if(resource.references,
                  [](const Reference& reference) { return reference.path == "depends_on"; });
    for (Reference& reference : resource.references) {
      if (made.kind != nullptr) {
        reference.path = path_of_blocks(*made.kind, reference.path);
      }
    }
  }

  /// What is told to containers names what they use.
  void tell_settings(const KubernetesObjects& objects, ResourceId id) {
    const Node pod = pod_template_of(objects.object(id)).spec();
    if (!pod.exists()) {
      return;
    }
    std::vector<ResourceId> named;
    take(id, is_setting, named);
    const std::string& space = objects.space_of(id);
    for (const std::string_view list : {"containers", "initContainers"}) {
      for (std::size_t i = 0; i < pod[list].size(); ++i) {
        read_sources(objects, space, pod[list].at(i), named);
      }
    }
    const Node volumes = pod["volumes"];
    for (std::size_t i = 0; i < volumes.size(); ++i) {
      take_from(objects.find(space, "ConfigMap", volumes.at(i)["configMap"]["name"].text()), named);
      take_from(objects.find(space, "Secret", volumes.at(i)["secret"]["secretName"].text()), named);
    }
    if (!named.empty()) {
      draft_.resources[id].references.push_back({std::string(kSettings), std::move(named)});
    }
  }

  void read_sources(const KubernetesObjects& objects, const std::string& space, Node container,
                    std::vector<ResourceId>& named) const {
    const auto take_named = [&](Node source, std::string_view map, std::string_view secret) {
      take_from(objects.find(space, "ConfigMap", source[map]["name"].text()), named);
      take_from(objects.find(space, "Secret", source[secret]["name"].text()), named);
    };
    for (std::size_t i = 0; i < container["env"].size(); ++i) {
      take_named(container["env"].at(i)["valueFrom"], "configMapKeyRef", "secretKeyRef");
    }
    for (std::size_t i = 0; i < container["envFrom"].size(); ++i) {
      take_named(container["envFrom"].at(i), "configMapRef", "secretRef");
    }
  }

  void take_from(ResourceId holder, std::vector<ResourceId>& named) const {
    if (holder.exists()) {
      take(holder, is_content, named);
    }
  }

  /// What else than objects of Kubernetes a resource refers to at such places.
  void take(ResourceId id, bool (*is_there)(std::string_view), std::vector<ResourceId>& to) const {
    for (const Reference& reference : draft_.resources[id].references) {
      for (const ResourceId target : reference.targets) {
        const bool is_new = std::find(to.begin(), to.end(), target) == to.end();
        if (is_there(reference.path) && is_new && draft_.resources[target].format != kKubernetes) {
          to.push_back(target);
        }
      }
    }
  }

  Desk& desk_;
  Draft& draft_;
};

}  // namespace

bool make_kubernetes_of_terraform(Desk& desk) {
  return Maker(desk).make();
}

}  // namespace outlast::import
