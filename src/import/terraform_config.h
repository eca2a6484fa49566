#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/document.h"
#include "blueprint/draft.h"
#include "import/terraform_instance.h"

namespace outlast::import {

/// The `configuration` of a plan: answers which resource instances an attribute refers to,
/// through variables, modules and outputs. Locals are not in a plan; they end the way.
class TerraformConfig {
 public:
  /// in  configuration  the plan's member of that name; may not exist
  explicit TerraformConfig(base::Node configuration);

  /// Makes an instance known as a possible target.
  void add_instance(const InstanceKey& key, const std::string& type_and_name,
                    blueprint::ResourceId id);

  /// The configuration of a resource; does not exist where there is none.
  [[nodiscard]] base::Node resource(const std::string& module_address,
                                    const std::string& type_and_name) const;

  /// Every attribute of the instance that refers to known instances, with those.
  /// cost  linear in the expressions and the instances referred to
  [[nodiscard]] std::vector<blueprint::Reference> references(const InstanceKey& source,
                                                             base::Node resource) const;

  /// The provider configuration that a resource uses; may not exist.
  [[nodiscard]] base::Node provider(base::Node resource) const;
  /// Its key among the configurations: "aws.west"; a module without one of its own has its
  /// caller's.
  [[nodiscard]] std::string_view provider_key(base::Node resource) const;

 private:
  struct Module {
    base::Node node;                                        ///< of the configuration
    std::unordered_map<std::string, base::Node> resources;  ///< by "type.name"
  };
  struct Instances {
    std::vector<blueprint::ResourceId> in_order;
    std::unordered_map<std::string, blueprint::ResourceId> by_index;
  };
  struct Question {
    std::string module;          ///< instance address in whose scope the references stand
    std::string index;           ///< of the instance that asks
    bool follows_index = false;  ///< the expression uses count.index or each.key
  };
  using Targets = std::vector<blueprint::ResourceId>;
  using Seen = std::set<std::string>;

  void read_module(base::Node module, const std::string& path);
  [[nodiscard]] const Module* module(std::string_view instance_address) const;
  void walk(base::Node expression, const std::string& path, const InstanceKey& source,
            std::vector<blueprint::Reference>& out) const;
  [[nodiscard]] Targets resolve(base::Node references, const Question& from, Seen& seen) const;
  void resolve_one(std::string_view reference, const Question& from, Seen& seen,
                   Targets& out) const;
  void resolve_resource(std::string_view reference, const Question& from, Targets& out) const;
  void resolve_variable(const std::string& name, const Question& from, Seen& seen,
                        Targets& out) const;
  void resolve_output(std::string_view reference, const Question& from, Seen& seen,
                      Targets& out) const;
  void collect(base::Node expression, const Question& from, Seen& seen, Targets& out) const;

  base::Node providers_;
  std::map<std::string, Module> modules_;  ///< by path of names: "", "vpc", "vpc.nat"
  std::unordered_map<std::string, Instances> instances_;  ///< "module address|type.name"
  std::unordered_set<std::string> known_modules_;
  /// Instances of a module call, by "address of the calling module|name".
  std::unordered_map<std::string, std::vector<std::string>> module_instances_;
};

}  // namespace outlast::import
