#include "import/terraform_dependencies.h"

#include <algorithm>
#include <set>

#include "import/terraform_address.h"

namespace outlast::import {

using base::Node;
using blueprint::ResourceId;

namespace {

constexpr std::size_t kMostTargets = 64;

/// "aws_instance.web.0" → "aws_instance.web" and "0", "aws_subnet.a.*" → "aws_subnet.a" and "":
/// how Terraform up to 0.11 wrote the instances of a count.
std::pair<std::string_view, std::string_view> without_count(std::string_view name) {
  const auto dot = name.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? "" : name.substr(dot + 1);
  if (last == "*") {
    return {name.substr(0, dot), ""};
  }
  const bool is_number = !last.empty() && std::all_of(last.begin(), last.end(),
                                                      [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? std::pair{name.substr(0, dot), last} : std::pair{name, std::string_view()};
}

std::vector<std::string> steps_of(std::string_view module_address) {
  std::vector<std::string> steps;
  if (!module_address.empty()) {
    for (const AddressStep& step : split_address(module_address)) {
      steps.push_back(step.name + step.brackets);
    }
  }
  return steps;
}

}  // namespace

void TerraformDependencies::add_instance(const TerraformInstance& instance, ResourceId id) {
  by_name_[without_indexes(instance.group)].push_back(
      {id, instance.key.module, instance.key.index});
  if (!steps_.contains(instance.key.module)) {
    steps_.emplace(instance.key.module, steps_of(instance.key.module));
  }
}

const std::vector<TerraformDependencies::Target>* TerraformDependencies::named(
    std::string_view name, const std::string& module, bool is_relative) const {
  const std::string whole = without_indexes(name);
  const std::string inside = module.empty() ? whole : without_indexes(module) + "." + whole;
  for (const std::string& one : {is_relative ? inside : whole, is_relative ? whole : inside}) {
    if (const auto found = by_name_.find(one); found != by_name_.end()) {
      return &found->second;
    }
  }
  return nullptr;
}

std::size_t TerraformDependencies::shared_steps(const std::string& a, const std::string& b) const {
  const std::vector<std::string>& one = steps_.at(a);
  const std::vector<std::string>& other = steps_.at(b);
  const auto end = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  return static_cast<std::size_t>(end.first - one.begin());
}

std::vector<ResourceId> TerraformDependencies::resolve(Node names, const std::string& module,
                                                       bool is_relative) const {
  std::set<ResourceId> found;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto [name, index] = without_count(names.at(i).text());
    const std::vector<Target>* targets = named(name, module, is_relative);
    if (targets == nullptr || !steps_.contains(module)) {
      continue;
    }
    std::size_t most_shared = 0;
    for (const Target& target : *targets) {
      most_shared = std::max(most_shared, shared_steps(module, target.module));
    }
    std::vector<ResourceId> meant;
    for (const Target& target : *targets) {
      if (shared_steps(module, target.module) == most_shared &&
          (index.empty() || index == target.index)) {
        meant.push_back(target.id);
      }
    }
    if (meant.size() <= kMostTargets) {
      found.insert(meant.begin(), meant.end());
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace outlast::import
