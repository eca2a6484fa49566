#include "import/terraform_instance.h"

#include <fmt/format.h>

#include <utility>

#include "import/terraform_address.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

void list_module(Node module, const std::string& pointer, std::vector<ListedResource>& out) {
  const std::string_view own = module["address"].text();
  const Node resources = module["resources"];
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const Node entry = resources.at(i);
    if (entry["deposed_key"].exists()) {
      continue;
    }
    // Terraform 0.12 writes the addresses of a prior state without module and index.
    std::string address(entry["address"].text());
    if (!address.empty() && !split_address(address).back().has_index) {
      address += brackets_of(entry["index"]);
    }
    const bool is_whole =
        own.empty() || address.empty() || address.compare(0, own.size(), own) == 0;
    if (!is_whole) {
      address = fmt::format("{}.{}", own, address);
    }
    out.push_back(
        {entry, std::move(address), fmt::format("{}/resources/{}", pointer, i), !is_whole});
  }
  const Node children = module["child_modules"];
  for (std::size_t i = 0; i < children.size(); ++i) {
    list_module(children.at(i), fmt::format("{}/child_modules/{}", pointer, i), out);
  }
}

}  // namespace

std::string_view mode_prefix(std::string_view mode) {
  return mode == "data" ? "data." : mode == "ephemeral" ? "ephemeral." : "";
}

TerraformInstance instance_at(std::string address, std::string_view mode, std::string_view type) {
  TerraformInstance instance;
  instance.address = std::move(address);
  instance.type = type;
  instance.is_managed = mode_prefix(mode).empty();
  const auto steps = split_address(instance.address);
  const AddressStep& last = steps.back();
  instance.key.index = last.index;
  instance.key.has_index = last.has_index;
  instance.type_and_name = std::string(mode_prefix(mode)) + instance.type + "." + last.name;
  instance.group = instance.address.substr(0, instance.address.size() - last.brackets.size());
  const std::size_t own = instance.type_and_name.size();
  if (instance.group.size() > own) {
    instance.key.module = instance.group.substr(0, instance.group.size() - own - 1);
  }
  return instance;
}

std::string brackets_of(Node index) {
  if (index.is(NodeKind::number)) {
    return fmt::format("[{}]", index.text());
  }
  if (!index.is(NodeKind::string)) {
    return "";
  }
  std::string quoted;
  for (const char c : index.text()) {
    quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  return fmt::format("[\"{}\"]", quoted);
}

std::vector<ListedResource> list_values(Node root_module, const std::string& pointer) {
  std::vector<ListedResource> out;
  list_module(root_module, pointer, out);
  return out;
}

}  // namespace outlast::import
