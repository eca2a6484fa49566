#include "import/cloudformation_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace outlast::import {

using base::Node;
using blueprint::Draft;

namespace {

std::string stem_of(const std::string& path) {
  const std::string file = path.substr(folder_of(path).size());
  const std::string stem = file.substr(0, file.find('.'));
  return stem.empty() || stem == "-" ? "stack" : stem;
}

std::string free_name(const std::string& path, std::set<std::string>& taken) {
  std::string name = stem_of(path);
  if (taken.contains(name) && !folder_of(path).empty()) {
    const std::string folder = folder_of(path);
    const std::string parent = folder.substr(0, folder.size() - 1);
    name = parent.substr(folder_of(parent).size()) + "-" + name;
  }
  std::string free = name;
  for (int n = 2; !taken.insert(free).second; ++n) {
    free = fmt::format("{}-{}", name, n);
  }
  return free;
}

/// What the stacks of the base hold, by id: logical names of resources. Nested stacks are named
/// after theirs, and need no name of their own.
std::map<std::string, std::set<std::string_view>> stacks_of(const Draft& base) {
  std::map<std::string, std::set<std::string_view>> stacks;
  for (const auto& resource : base.resources) {
    const std::string& stack = resource.configured_by;
    if (!stack.empty() && resource.address.starts_with(stack + "/") &&
        stack.find('/') == std::string::npos) {
      stacks[stack].insert(std::string_view(resource.address).substr(stack.size() + 1));
    }
  }
  return stacks;
}

std::size_t shared(Node root, const std::set<std::string_view>& logical_names) {
  const Node resources = root["Resources"];
  std::size_t count = 0;
  for (const std::string_view name : logical_names) {
    count += resources[name].exists() ? 1U : 0U;
  }
  return count;
}

}  // namespace

std::vector<std::string> names_of_stacks(const std::vector<InputDocument>& templates,
                                         const Draft* base) {
  std::set<std::string> taken;
  std::vector<std::string> names;
  for (const InputDocument& input : templates) {
    names.push_back(free_name(input.path, taken));
  }
  auto left =
      base == nullptr ? std::map<std::string, std::set<std::string_view>>() : stacks_of(*base);
  std::vector<std::size_t> strangers;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (left.erase(names[i]) == 0) {
      strangers.push_back(i);
    }
  }
  // The pair that shares the most first; of equals the first of the inputs, then of the names.
  while (!strangers.empty() && !left.empty()) {
    std::size_t most = 0;
    auto stranger = strangers.begin();
    auto known = left.begin();
    for (auto i = strangers.begin(); i != strangers.end(); ++i) {
      for (auto one = left.begin(); one != left.end(); ++one) {
        if (const std::size_t count = shared(templates[*i].root, one->second); count > most) {
          most = count;
          stranger = i;
          known = one;
        }
      }
    }
    if (most == 0) {
      break;
    }
    names[*stranger] = known->first;
    strangers.erase(stranger);
    left.erase(known);
  }
  return names;
}

}  // namespace outlast::import
