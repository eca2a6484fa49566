#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/document.h"
#include "blueprint/draft.h"
#include "import/terraform_instance.h"

namespace outlast::import {

/// What a state says of who depends on whom: configured resources by name, without the attribute
/// that refers to them and, since Terraform 0.13, with those that they depend on themselves.
class TerraformDependencies {
 public:
  /// Makes an instance known as a possible target.
  void add_instance(const TerraformInstance& instance, blueprint::ResourceId id);

  /// The instances that `names` may mean to an instance of the module at `module`: of several
  /// modules of one name those it shares most with. A name of more than 64 says too little of any
  /// one of them and is left out, as is one of a whole module.
  ///
  /// in  names       list of addresses without indexes, or with that of a count
  ///     is_relative the names were written inside the module (Terraform up to 0.12)
  [[nodiscard]] std::vector<blueprint::ResourceId> resolve(base::Node names,
                                                           const std::string& module,
                                                           bool is_relative) const;

 private:
  struct Target {
    blueprint::ResourceId id;
    std::string module;
    std::string index;
  };
  [[nodiscard]] const std::vector<Target>* named(std::string_view name, const std::string& module,
                                                 bool is_relative) const;
  [[nodiscard]] std::size_t shared_steps(const std::string& a, const std::string& b) const;

  std::unordered_map<std::string, std::vector<Target>> by_name_;
  std::map<std::string, std::vector<std::string>> steps_;  ///< of every module address
};

}  // namespace outlast::import
