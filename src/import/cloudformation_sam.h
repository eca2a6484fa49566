#pragma once

#include <string>
#include <vector>

#include "import/value_tree.h"

namespace outlast::import {

/// A resource with its properties evaluated.
struct TemplateResource {
  std::string logical;
  std::string type;
  ValueTree properties;
};

/// What SAM makes beside a serverless resource: interfaces, mappings and subscriptions of events.
///
/// in   function  of type AWS::Serverless::Function; `name` stands for it in other values
///      stack     id of its stack
/// out  resources of CloudFormation's own types; the interface of events that name none is called
///      ServerlessRestApi or ServerlessHttpApi, as SAM calls it
[[nodiscard]] std::vector<TemplateResource> resources_of_events(const TemplateResource& function,
                                                                const std::string& stack);

/// Fills what a serverless resource leaves open with the template's Globals.
void apply_globals(const ValueTree& globals, TemplateResource& resource);

}  // namespace outlast::import
