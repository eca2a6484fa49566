#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"

namespace outlast::import {

/// One configured resource or module, as instances refer to it.
struct InstanceKey {
  std::string module;  ///< address of its module instance; empty: the root
  std::string index;   ///< of count or for_each; empty if it has none
  bool has_index = false;
};

/// A resource instance by its address.
struct TerraformInstance {
  std::string address;
  std::string group;  ///< the address without its own index
  std::string type;
  std::string type_and_name;  ///< "aws_instance.web", "data.aws_ami.base"
  InstanceKey key;
  bool is_managed = true;  ///< false: only read (a data source), or there for a while (ephemeral)
};

/// What stands before the type in addresses of a mode: "data.", "ephemeral.", nothing.
[[nodiscard]] std::string_view mode_prefix(std::string_view mode);

/// Takes a whole address apart; mode and type tell where the module's ends.
[[nodiscard]] TerraformInstance instance_at(std::string address, std::string_view mode,
                                            std::string_view type);

/// The index of an instance as addresses write it: `[0]`, `["a.b"]`; empty if there is none.
[[nodiscard]] std::string brackets_of(base::Node index);

/// A resource as states list it by its values.
struct ListedResource {
  base::Node entry;
  std::string address;           ///< whole
  std::string pointer;           ///< of the entry
  bool lies_in_module_of_entry;  ///< Terraform 0.12: addresses in it are those inside its module
};

/// Every resource of a module and those below it, as in `terraform show -json` of a state;
/// objects that are only left to be destroyed are not listed.
[[nodiscard]] std::vector<ListedResource> list_values(base::Node root_module,
                                                      const std::string& pointer);

}  // namespace outlast::import
