#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "import/desk.h"
#include "import/terraform_module.h"

namespace outlast::import {

/// How many there are of what a block makes where nobody can tell: then none of it may be there.
class TerraformConditions {
 public:
  TerraformConditions(Desk& desk, TerraformEvaluator& evaluator)
      : desk_(desk), evaluator_(evaluator) {}

  /// The condition of a block whose count or for_each is not known, as `made_if` has it: one for all
  /// blocks of the module that say it alike. It goes to the draft, with the variables that decide it.
  [[nodiscard]] std::string of(TerraformModule& module, const HclNode& block);

 private:
  void add_deciders(TerraformModule& module, const HclExpression& e, std::size_t depth,
                    std::vector<std::string>& out);
  void add_decider(TerraformModule& module, const std::string& variable, base::Span span,
                   std::size_t depth, std::vector<std::string>& out);

  Desk& desk_;
  TerraformEvaluator& evaluator_;
};

}  // namespace outlast::import
