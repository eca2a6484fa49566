#include "import/terraform_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/text.h"
#include "import/plan_shape.h"
#include "import/secrets.h"
#include "import/terraform_dependencies.h"
#include "import/terraform_flatmap.h"
#include "import/terraform_instance.h"
#include "import/terraform_sensitive.h"

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kShowState = "write it as JSON: terraform show -json > state.json";

/// A resource instance as the state shows it.
struct Object {
  TerraformInstance instance;
  Node entry;
  std::string pointer;  ///< of the entry
  Node attributes;      ///< a tree, or flat
  std::string attributes_pointer;
  bool is_flat = false;
  Node sensitive;        ///< the same shape as the attributes, true where not to be shown
  Node sensitive_paths;  ///< or a list of paths to those attributes
  Node dependencies;
  bool is_relative = false;  ///< the dependencies are written as inside the module
  std::string provider;
};

/// "root", "a", "b" → "module.a.module.b".
std::string module_address(Node path) {
  std::string address;
  for (std::size_t i = 1; i < path.size(); ++i) {
    address += (address.empty() ? "module." : ".module.") + std::string(path.at(i).text());
  }
  return address;
}

/// The key of a resource in version 3 as an address: "aws_instance.web.0" → "aws_instance.web[0]".
std::string address_of_key(std::string_view key) {
  const auto steps = base::split(key, '.');
  const std::size_t whole = !steps.empty() && steps[0] == "data" ? 3 : 2;
  std::string address;
  for (std::size_t i = 0; i < std::min(steps.size(), whole); ++i) {
    address += (i == 0 ? "" : ".") + std::string(steps[i]);
  }
  return steps.size() > whole ? fmt::format("{}[{}]", address, steps[whole]) : address;
}

std::string in_module(std::string_view module, const std::string& address) {
  return module.empty() ? address : fmt::format("{}.{}", module, address);
}

class StateReader {
 public:
  StateReader(Node root, Draft& draft, Diagnostics& diagnostics)
      : root_(root), draft_(draft), diagnostics_(diagnostics) {}

  void read();

 private:
  [[nodiscard]] bool collect();
  void read_resources(Node resources);
  void read_modules(Node modules);
  void read_values(Node root_module);
  void add(std::string address, std::string_view mode, Node type, Object object);
  void leave_out_known();
  void make_resources();
  void link_dependencies();
  [[nodiscard]] DraftResource resource_of(const Object& object, Node tree) const;
  void note_secrets(const Object& object, Node tree, Node sensitive);

  Node root_;
  Draft& draft_;
  Diagnostics& diagnostics_;
  std::vector<Object> objects_;
  std::unordered_set<std::string> known_;
  std::size_t first_ = 0;  ///< of our resources in the draft
};

/// Reads what there is into objects_; false if the state cannot be read at all.
bool StateReader::collect() {
  if (root_["encrypted_data"].exists()) {
    diagnostics_.error(
        "OUT-E1303", root_["encryption_version"].span(), "the state is encrypted",
        "write it as JSON where the key is configured: tofu show -json > state.json");
    return false;
  }
  const Node version = root_["version"];
  const auto number = version.as_integer().value_or(0);
  const bool is_shown = root_["values"].exists();
  if ((is_shown || number == 3 || number == 4) && !check_state_shape(root_, diagnostics_)) {
    return false;
  }
  if (is_shown) {
    read_values(root_["values"]["root_module"]);
    return true;
  }
  if (number == 4) {
    read_resources(root_["resources"]);
  } else if (number == 3) {
    read_modules(root_["modules"]);
  } else {
    diagnostics_.error("OUT-E1303", version.span(),
                       fmt::format("version {} of Terraform states is {}", version.text(),
                                   number > 4 ? "newer than this program" : "not read"),
                       std::string(kShowState));
    return false;
  }
  return true;
}

void StateReader::add(std::string address, std::string_view mode, Node type, Object object) {
  if (address.empty() || type.text().empty()) {
    diagnostics_.error("OUT-E1302", object.entry.span(),
                       "a resource of the state has no name or type",
                       "was the file changed by hand? terraform state pull writes a new one");
    draft_.is_incomplete = true;
    return;
  }
  if (known_.insert(address).second) {
    object.instance = instance_at(std::move(address), mode, type.text());
    objects_.push_back(std::move(object));
  }
}

/// Version 4: configured resources with their instances.
void StateReader::read_resources(Node resources) {
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const Node resource = resources.at(i);
    const std::string_view mode = resource["mode"].text();
    const std::string_view name = resource["name"].text();
    const std::string local =
        name.empty() ? ""
                     : fmt::format("{}{}.{}", mode_prefix(mode), resource["type"].text(), name);
    const Node instances = resource["instances"];
    for (std::size_t k = 0; k < instances.size(); ++k) {
      const Node entry = instances.at(k);
      if (entry["deposed"].exists()) {
        continue;
      }
      Object object;
      object.entry = entry;
      object.pointer = fmt::format("/resources/{}/instances/{}", i, k);
      object.is_flat = !entry["attributes"].exists() && entry["attributes_flat"].exists();
      object.attributes = entry[object.is_flat ? "attributes_flat" : "attributes"];
      object.attributes_pointer = object.pointer + "/attributes";
      object.sensitive_paths = entry["sensitive_attributes"];
      object.is_relative = !entry["dependencies"].exists();
      object.dependencies = entry[object.is_relative ? "depends_on" : "dependencies"];
      object.provider = resource["provider"].text();
      const std::string address = local.empty() ? ""
                                                : in_module(resource["module"].text(), local) +
                                                      brackets_of(entry["index_key"]);
      add(address, mode, resource["type"], std::move(object));
    }
  }
}

/// Version 3: modules with their resources, attributes flat.
void StateReader::read_modules(Node modules) {
  for (std::size_t i = 0; i < modules.size(); ++i) {
    const std::string module = module_address(modules.at(i)["path"]);
    const Node resources = modules.at(i)["resources"];
    for (std::size_t k = 0; resources.is(NodeKind::map) && k < resources.size(); ++k) {
      const Node entry = resources.at(k);
      const std::string_view key = resources.key(k);
      if (!entry["primary"].is(NodeKind::map)) {
        continue;  // only deposed ones are left
      }
      Object object;
      object.entry = entry;
      object.pointer = fmt::format("/modules/{}/resources/{}", i, key);
      object.is_flat = true;
      object.attributes = entry["primary"]["attributes"];
      object.is_relative = true;
      object.dependencies = entry["depends_on"];
      object.provider = entry["provider"].text();
      add(in_module(module, address_of_key(key)), key.starts_with("data.") ? "data" : "managed",
          entry["type"], std::move(object));
    }
  }
}

/// The output of `terraform show -json`.
void StateReader::read_values(Node root_module) {
  for (ListedResource& listed : list_values(root_module, "/values/root_module")) {
    Object object;
    object.entry = listed.entry;
    object.attributes = listed.entry["values"];
    object.attributes_pointer = listed.pointer + "/values";
    object.pointer = std::move(listed.pointer);
    object.sensitive = listed.entry["sensitive_values"];
    object.dependencies = listed.entry["depends_on"];
    object.is_relative = listed.lies_in_module_of_entry;
    object.provider = listed.entry["provider_name"].text();
    add(std::move(listed.address), listed.entry["mode"].text(), listed.entry["type"],
        std::move(object));
  }
}

/// A plan given beside its state knows of the same resources, and what becomes of them.
void StateReader::leave_out_known() {
  std::unordered_set<std::string_view> there;
  for (const DraftResource& resource : draft_.resources) {
    there.insert(resource.address);
  }
  const std::size_t all = objects_.size();
  std::erase_if(objects_,
                [&](const Object& object) { return there.contains(object.instance.address); });
  if (objects_.size() < all) {
    diagnostics_.warning(
        "OUT-E1304", root_.span(),
        fmt::format("{} of {} resources of this state are in another input already, which is "
                    "taken instead",
                    all - objects_.size(), all),
        "a plan holds its state too: give the plan alone");
  }
}

DraftResource StateReader::resource_of(const Object& object, Node tree) const {
  DraftResource resource;
  resource.address = object.instance.address;
  resource.type = object.instance.type;
  resource.group = object.instance.group;
  resource.configured_by = object.provider;
  resource.is_context = !object.instance.is_managed;
  resource.attributes = tree;
  resource.evidence = {object.instance.address, object.entry.span(), object.pointer};
  resource.attributes_pointer = object.is_flat ? "" : object.attributes_pointer;
  return resource;
}

void StateReader::note_secrets(const Object& object, Node tree, Node sensitive) {
  if (!object.instance.is_managed) {
    return;
  }
  const std::size_t before = draft_.secrets.size();
  find_secrets(tree, sensitive,
               {object.instance.address, object.entry.span(), object.attributes_pointer},
               draft_.secrets);
  for (std::size_t i = before; object.is_flat && i < draft_.secrets.size(); ++i) {
    draft_.secrets[i].evidence.pointer.clear();  // the tree's places are none of the file's
  }
}

void StateReader::make_resources() {
  base::DocumentBuilder builder(root_.span().source);
  std::vector<std::uint32_t> made;  // per object: unflattened attributes, marks of secrets
  for (const Object& object : objects_) {
    made.push_back(object.is_flat ? append_unflattened(object.attributes, builder)
                                  : builder.map({}, 0, 0));
    made.push_back(append_sensitive(object.attributes, object.sensitive_paths, builder));
  }
  draft_.documents.push_back(builder.finish(builder.list(made, 0, 0)));
  const Node all = draft_.documents.back().root();
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    const Object& object = objects_[i];
    const Node tree = object.is_flat ? all.at(2 * i) : object.attributes;
    draft_.resources.push_back(resource_of(object, tree));
    note_secrets(object, tree, object.sensitive.exists() ? object.sensitive : all.at(2 * i + 1));
  }
}

void StateReader::link_dependencies() {
  TerraformDependencies dependencies;
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    dependencies.add_instance(objects_[i].instance, ResourceId(first_ + i));
  }
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    const Object& object = objects_[i];
    auto targets =
        dependencies.resolve(object.dependencies, object.instance.key.module, object.is_relative);
    if (!targets.empty()) {
      draft_.resources[ResourceId(first_ + i)].references.push_back(
          {"depends_on", std::move(targets)});
    }
  }
}

void StateReader::read() {
  if (!collect()) {
    draft_.is_incomplete = true;
    return;
  }
  leave_out_known();
  first_ = draft_.resources.size();
  make_resources();
  link_dependencies();
}

}  // namespace

bool is_terraform_state(Node root) {
  if (!root.is(NodeKind::map)) {
    return false;
  }
  if (root["format_version"].exists()) {
    return root["values"].is(NodeKind::map);
  }
  if (root["encrypted_data"].exists()) {
    return root["encryption_version"].exists();
  }
  const bool is_kept =
      root["lineage"].exists() || root["serial"].exists() || root["terraform_version"].exists() ||
      root["resources"].at(0)["instances"].exists() || root["modules"].at(0)["path"].exists();
  return root["version"].is(NodeKind::number) && is_kept;
}

void read_terraform_state(Node root, Draft& draft, Diagnostics& diagnostics) {
  StateReader(root, draft, diagnostics).read();
}

}  // namespace outlast::import
