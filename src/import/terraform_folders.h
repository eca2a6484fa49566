#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "import/desk.h"
#include "import/terraform_module.h"
#include "import/terraform_parts.h"

namespace outlast::import {

/// The folders of an input, and those of the modules that they call: local ones, and others where
/// `terraform init` has put them (`.terraform/modules/modules.json`).
class TerraformFolders {
 public:
  TerraformFolders(const std::vector<TerraformFile>& files, Desk& desk);

  /// Folders given that no other one calls; of those that call each other in a circle the first.
  [[nodiscard]] std::vector<std::string> roots() const;
  [[nodiscard]] const TerraformParts& at(const std::string& folder) const {
    return folders_.at(folder);
  }
  /// The folder of the module that a block of another one calls; none where its files are not
  /// here. Reads them where nobody has yet.
  [[nodiscard]] std::optional<std::string> called(const TerraformModule& module,
                                                  const HclNode& call);

 private:
  [[nodiscard]] bool read(const std::string& folder);
  [[nodiscard]] std::optional<std::string> installed(const TerraformModule& module,
                                                     const std::string& name);
  using Installed = std::map<std::string, std::string>;  ///< folders by key: "vpc", "vpc.flow_logs"
  [[nodiscard]] const Installed& installed_below(const std::string& root);

  Desk& desk_;
  std::map<std::string, TerraformParts> folders_;
  std::map<std::string, Installed> installed_;  ///< by root
};

/// Modules whose files are not here.
class AbsentModules {
 public:
  /// in  address  "module.network", with the modules it lies in
  void note(std::string address, const HclNode& call);
  /// Tells each source once, with its version, and what is not known of it: the outputs that others
  /// ask for, by the address of the call.
  void tell(const std::map<std::string, std::set<std::string>>& asked, Desk& desk) const;

 private:
  struct Calls {
    std::vector<std::string> addresses;
    base::Span span;  ///< of the first
  };
  std::map<std::string, Calls> by_source_;  ///< "terraform-aws-modules/vpc/aws 5.1.0"
};

}  // namespace outlast::import
