// Who refers to whom in a Terraform plan.
//
// Problem. A plan lists instances (module.app["x"].aws_instance.web[0]) with values, of which the
// ids are not known before creation, and apart from them the configuration, where an attribute
// holds `references` such as ["aws_subnet.public", "count.index"] in the scope of its module.
//
// Method. For an attribute, take its references without those that are beginnings of others
// (Terraform lists a.b.c, a.b and a). Resolve each in the scope of the asking instance:
//   type.name[i]     the instance with that index; without one, the instance with the asker's
//                    own index if the expression uses count.index or each.key (modulo the number
//                    of instances, as element() does), else all instances
//   var.x            what the calling module passes for x, in the caller's scope
//   module.m.out     what the output refers to, in the scope of each instance of m
//   local.x          what no plan tells: a reference of its own, without targets
//   each, count, path, self            nothing
//
// It ends because a seen-set holds every (scope, reference) on the way.
// Limits: locals and the references of dynamic blocks are not in a plan.

#include "import/terraform_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "import/terraform_address.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using blueprint::Reference;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kLocal = "local";

/// "module.a[0].module.b" → "a.b": the path of names that the configuration knows.
std::string names_of(std::string_view module_address) {
  std::string names;
  const auto steps = split_address(module_address);
  for (std::size_t i = 1; i < steps.size(); i += 2) {
    names += (names.empty() ? "" : ".") + steps[i].name;
  }
  return names;
}

/// Address of the module that holds this one, and this one's own last step.
std::pair<std::string, AddressStep> parent_of(std::string_view module_address) {
  const auto steps = split_address(module_address);
  std::string parent;
  for (std::size_t i = 1; i + 2 < steps.size(); i += 2) {
    parent +=
        (parent.empty() ? "" : ".") + std::string("module.") + steps[i].name + steps[i].brackets;
  }
  return {parent, steps.back()};
}

/// Drops every reference that is the beginning of another one.
std::vector<std::string_view> maximal(Node references) {
  std::vector<std::string_view> all;
  for (std::size_t i = 0; i < references.size(); ++i) {
    all.push_back(references.at(i).text());
  }
  std::vector<std::string_view> kept;
  for (const std::string_view one : all) {
    const bool is_beginning = std::any_of(all.begin(), all.end(), [&](std::string_view other) {
      return other.size() > one.size() && other.substr(0, one.size()) == one &&
             (other[one.size()] == '.' || other[one.size()] == '[');
    });
    if (!is_beginning && std::find(kept.begin(), kept.end(), one) == kept.end()) {
      kept.push_back(one);
    }
  }
  return kept;
}

bool uses_own_index(Node references) {
  for (std::size_t i = 0; i < references.size(); ++i) {
    const std::string_view text = references.at(i).text();
    if (text.substr(0, 6) == "count." || text.substr(0, 5) == "each.") {
      return true;
    }
  }
  return false;
}

std::size_t number_or(std::string_view text, std::size_t otherwise) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

constexpr std::size_t kNoNumber = static_cast<std::size_t>(-1);

/// The one of several targets that an index picks; all of them if it picks none.
void pick(const std::vector<ResourceId>& targets, std::string_view index,
          std::vector<ResourceId>& out) {
  const std::size_t i = number_or(index, kNoNumber);
  if (i != kNoNumber && targets.size() > 1) {
    out.push_back(targets[i % targets.size()]);
    return;
  }
  out.insert(out.end(), targets.begin(), targets.end());
}

}  // namespace

TerraformConfig::TerraformConfig(Node configuration)
    : providers_(configuration["provider_config"]) {
  read_module(configuration["root_module"], "");
}

void TerraformConfig::read_module(Node module, const std::string& path) {
  if (!module.is(NodeKind::map)) {
    return;
  }
  Module& entry = modules_[path];
  entry.node = module;
  const Node resources = module["resources"];
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const Node resource = resources.at(i);
    const std::string prefix(mode_prefix(resource["mode"].text()));
    entry.resources.emplace(
        prefix + std::string(resource["type"].text()) + "." + std::string(resource["name"].text()),
        resource);
  }
  const Node calls = module["module_calls"];
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const std::string name(calls.key(i));
    read_module(calls.at(i)["module"], path.empty() ? name : fmt::format("{}.{}", path, name));
  }
}

void TerraformConfig::add_instance(const InstanceKey& key, const std::string& type_and_name,
                                   ResourceId id) {
  Instances& instances = instances_[key.module + "|" + type_and_name];
  instances.in_order.push_back(id);
  if (key.has_index) {
    instances.by_index.emplace(key.index, id);
  }
  for (std::string at = key.module; !at.empty() && known_modules_.insert(at).second;) {
    auto [parent, step] = parent_of(at);
    module_instances_[parent + "|" + step.name].push_back(at);
    at = std::move(parent);
  }
}

const TerraformConfig::Module* TerraformConfig::module(std::string_view instance_address) const {
  const auto found = modules_.find(names_of(instance_address));
  return found == modules_.end() ? nullptr : &found->second;
}

Node TerraformConfig::resource(const std::string& module_address,
                               const std::string& type_and_name) const {
  const Module* scope = module(module_address);
  if (scope == nullptr) {
    return {};
  }
  const auto found = scope->resources.find(type_and_name);
  return found == scope->resources.end() ? Node() : found->second;
}

std::string_view TerraformConfig::provider_key(Node resource) const {
  const std::string_view key = resource["provider_config_key"].text();
  const std::string_view of_root = key.substr(key.rfind(':') + 1);
  if (providers_[key].exists() || of_root.size() == key.size()) {
    return key;
  }
  // A module without configurations of its own has its caller's: the one of the same name, unless
  // it was handed another, which old plans do not tell.
  const std::string alias = std::string(of_root) + ".";
  for (std::size_t i = 0; i < providers_.size(); ++i) {
    if (providers_.key(i).starts_with(alias)) {
      return key;
    }
  }
  return of_root;
}

Node TerraformConfig::provider(Node resource) const {
  return providers_[provider_key(resource)];
}

std::vector<Reference> TerraformConfig::references(const InstanceKey& source, Node resource) const {
  std::vector<Reference> out;
  const Node expressions = resource["expressions"];
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    walk(expressions.at(i), std::string(expressions.key(i)), source, out);
  }
  // What its provider is configured with: the cluster that something is installed on.
  const Node settings = provider(resource);
  Reference of_provider = {"provider", {}};
  std::vector<Reference> all;
  for (std::size_t i = 0; i < settings["expressions"].size(); ++i) {
    walk(settings["expressions"].at(i), "", {std::string(settings["module_address"].text()), ""},
         all);
  }
  for (const Reference& one : all) {
    of_provider.targets.insert(of_provider.targets.end(), one.targets.begin(), one.targets.end());
  }
  if (!of_provider.targets.empty()) {
    out.push_back(std::move(of_provider));
  }
  if (const Node first = resource["depends_on"]; first.is(NodeKind::list)) {
    Seen seen;
    Targets targets = resolve(first, {source.module, source.index, false}, seen);
    if (!targets.empty()) {
      out.push_back({"depends_on", std::move(targets)});
    }
  }
  return out;
}

void TerraformConfig::walk(Node expression, const std::string& path, const InstanceKey& source,
                           std::vector<Reference>& out) const {
  if (const Node references = expression["references"]; references.is(NodeKind::list)) {
    Seen seen;
    const Question question{source.module, source.index, uses_own_index(references)};
    Targets targets = resolve(references, question, seen);
    if (!targets.empty()) {
      out.push_back({path, std::move(targets)});
    }
    if (seen.contains(std::string(kLocal))) {
      out.push_back({path, {}});
    }
    return;
  }
  for (std::size_t i = 0; i < expression.size(); ++i) {
    if (expression.is(NodeKind::list)) {
      walk(expression.at(i), path + "[" + std::to_string(i) + "]", source, out);
    } else if (expression.is(NodeKind::map) && expression.key(i) != "constant_value") {
      walk(expression.at(i), path + "." + std::string(expression.key(i)), source, out);
    }
  }
}

TerraformConfig::Targets TerraformConfig::resolve(Node references, const Question& from,
                                                  Seen& seen) const {
  Targets out;
  for (const std::string_view reference : maximal(references)) {
    resolve_one(reference, from, seen, out);
  }
  std::vector<ResourceId> unique;
  std::set<ResourceId> known;
  for (const ResourceId id : out) {
    if (known.insert(id).second) {
      unique.push_back(id);
    }
  }
  return unique;
}

void TerraformConfig::resolve_one(std::string_view reference, const Question& from, Seen& seen,
                                  Targets& out) const {
  const auto dot = reference.find('.');
  const std::string_view head = reference.substr(0, dot);
  if (head == kLocal) {
    seen.insert(std::string(kLocal));
    return;
  }
  if (head == "each" || head == "count" || head == "path" || head == "self" ||
      head == "terraform") {
    return;
  }
  if (head == "var" || head == "module") {
    if (dot == std::string_view::npos ||
        !seen.insert(from.module + "|" + std::string(reference)).second) {
      return;
    }
    if (head == "var") {
      resolve_variable(split_address(reference).at(1).name, from, seen, out);
    } else {
      resolve_output(reference, from, seen, out);
    }
    return;
  }
  resolve_resource(reference, from, out);
}

void TerraformConfig::resolve_resource(std::string_view reference, const Question& from,
                                       Targets& out) const {
  const auto steps = split_address(reference);
  const std::string prefix(mode_prefix(steps[0].name));
  const std::size_t name_at = prefix.empty() ? 1 : 2;
  if (steps.size() <= name_at) {
    return;
  }
  const AddressStep& named = steps[name_at];
  const std::string type_and_name = prefix + steps[name_at - 1].name + "." + named.name;
  const auto found = instances_.find(from.module + "|" + type_and_name);
  if (found == instances_.end()) {
    return;
  }
  const Instances& instances = found->second;
  const bool has_literal = named.has_index && instances.by_index.contains(named.index);
  if (has_literal || (from.follows_index && instances.by_index.contains(from.index))) {
    out.push_back(instances.by_index.at(has_literal ? named.index : from.index));
    return;
  }
  pick(instances.in_order, from.follows_index ? from.index : "", out);
}

/// What an expression refers to, at any depth.
void TerraformConfig::collect(Node expression, const Question& from, Seen& seen,
                              Targets& out) const {
  if (const Node references = expression["references"]; references.is(NodeKind::list)) {
    Question inner = from;
    inner.follows_index = uses_own_index(references);
    const Targets targets = resolve(references, inner, seen);
    out.insert(out.end(), targets.begin(), targets.end());
    return;
  }
  for (std::size_t i = 0; i < expression.size(); ++i) {
    collect(expression.at(i), from, seen, out);
  }
}

void TerraformConfig::resolve_variable(const std::string& name, const Question& from, Seen& seen,
                                       Targets& out) const {
  if (from.module.empty()) {
    return;
  }
  const auto [parent, step] = parent_of(from.module);
  const Module* caller = module(parent);
  if (caller == nullptr) {
    return;
  }
  const Node passed = caller->node["module_calls"][step.name]["expressions"][name];
  Targets targets;
  collect(passed, {parent, step.index, false}, seen, targets);
  pick(targets, from.follows_index ? from.index : "", out);
}

void TerraformConfig::resolve_output(std::string_view reference, const Question& from, Seen& seen,
                                     Targets& out) const {
  const auto steps = split_address(reference);
  const auto found = module_instances_.find(from.module + "|" + steps.at(1).name);
  if (found == module_instances_.end()) {
    return;
  }
  const AddressStep output = steps.size() > 2 ? steps[2] : AddressStep();
  Targets targets;
  for (const std::string& instance : found->second) {
    const AddressStep own = parent_of(instance).second;
    const bool wanted = steps[1].has_index                    ? own.index == steps[1].index
                        : from.follows_index && own.has_index ? own.index == from.index
                                                              : true;
    const Module* scope = module(instance);
    if (!wanted || scope == nullptr) {
      continue;
    }
    const Node outputs = scope->node["outputs"];
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      if (output.name.empty() || outputs.key(i) == output.name) {
        collect(outputs.at(i)["expression"], {instance, "", false}, seen, targets);
      }
    }
  }
  pick(targets, output.has_index ? output.index : from.follows_index ? from.index : "", out);
}

}  // namespace outlast::import
