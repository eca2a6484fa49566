#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "import/value_tree.h"

namespace outlast::import {

/// A resource with its properties evaluated.
struct TemplateResource {
  std::string logical;
  std::string type;
  ValueTree properties;
};

/// What SAM makes beside a resource of its own: the role of one that tells policies; the interfaces,
/// mappings and subscriptions of a function's events, and its own address; who proves the identity
/// of an interface's callers, as it tells under Auth.
///
/// in   resource  its Globals applied; from here on it names such a role as its own
///      stack     id of its stack
/// out  resources of CloudFormation's own types; none beside what is none of SAM's. The interface of
///      events that name none is called ServerlessRestApi or ServerlessHttpApi, as SAM calls it
[[nodiscard]] std::vector<TemplateResource> resources_beside(TemplateResource& resource,
                                                             const std::string& stack);

/// May SAM make something called `name` beside a resource of its own: its role, version, alias,
/// permissions, stages?
[[nodiscard]] bool is_made_beside(std::string_view name, std::string_view logical,
                                  std::string_view type);
/// Is this what SAM calls the interface of events that name none?
[[nodiscard]] bool is_interface_of_sam(std::string_view name);
/// Is this what SAM calls the means by which it deploys?
[[nodiscard]] bool is_deployment_of_sam(std::string_view name);

/// Fills what a serverless resource leaves open with the template's Globals.
void apply_globals(const ValueTree& globals, TemplateResource& resource);

}  // namespace outlast::import
