#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "blueprint/value.h"
#include "import/terraform_module.h"

namespace outlast::import {

/// How the providers of a folder's modules are configured, and which configuration a block uses.
///
/// A block names one (`provider = aws.eu`) or means the one without an alias. A module has its own,
/// those its caller hands down by another name (`providers = { aws = aws.eu }`), and of the rest
/// its caller's.
/// source  the Terraform language: "The Module providers Meta-Argument"
class TerraformProviders {
 public:
  /// One configuration, and where its expressions are evaluated.
  struct Configuration {
    TerraformModule* module = nullptr;  ///< null: none is written
    const HclNode* block = nullptr;

    [[nodiscard]] bool exists() const { return block != nullptr; }
    /// "aws", "module.eu.aws.second"; empty where none is written.
    [[nodiscard]] std::string name() const;
    /// Empty for the account of a configuration without alias; another may stand for another
    /// account only if it signs in differently.
    [[nodiscard]] std::string account() const;
  };

  void declare(TerraformModule& module, const HclNode& block);

  /// in  block  of a resource or data source
  [[nodiscard]] Configuration used_by(const TerraformModule& module, const HclNode& block) const;

 private:
  [[nodiscard]] Configuration find(const TerraformModule& module, std::string name) const;

  /// By module and name: "aws", "aws.eu".
  std::map<std::pair<const TerraformModule*, std::string>, Configuration> configurations_;
};

}  // namespace outlast::import
