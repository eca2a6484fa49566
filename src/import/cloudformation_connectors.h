#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "import/cloudformation_sam.h"
#include "import/cloudformation_stack.h"

namespace outlast::import {

/// Connectors of SAM: who may work with what, told beside both.
///
/// A connector of its own names its source, and one that a resource holds (`Connectors`) means that
/// resource. What one lets its source do are the policies that SAM has names for. Those whose source
/// acts as nobody (a rule, a topic, a bucket) only let a call in that is told elsewhere.
/// source  AWS SAM developer guide, connector reference: permission types by source and destination
class Connectors {
 public:
  Connectors(Stack& stack, Stacks& stacks);

  /// Gives a resource what its connectors let it do: policies of its own where SAM makes its role, else
  /// a policy of the role that it names, to stand beside it.
  [[nodiscard]] std::optional<TemplateResource> give_policies(TemplateResource& resource) const;

 private:
  void add(const std::string& source, const ValueTree& connector, base::Node resources);
  void add_one(const std::string& source, const ValueTree& destination,
               const ValueTree& permissions, base::Node resources);

  const Stack& stack_;
  std::map<std::string, std::vector<ValueTree>> policies_;  ///< by the logical id of the source
};

}  // namespace outlast::import
