#pragma once

#include <optional>
#include <string>
#include <vector>

#include "import/cloudformation_sam.h"

namespace outlast::import {

/// The role that SAM makes for a function or state machine that tells policies and no role.
///
/// in      resource  of a type of SAM, its Globals applied; from here on it names the role as its own
///         stack     id of its stack
/// out     an AWS::IAM::Role called after the resource, with managed policies by their ARN, inline ones
///         and SAM's policy templates as statements; nothing where no policies are told, or a role is
/// source  SAM policy templates, AWS SAM developer guide; a template that is not known grants nothing
[[nodiscard]] std::optional<TemplateResource> take_role(TemplateResource& resource,
                                                        const std::string& stack);

/// The statements that policies of SAM stand for: `{SQSSendMessagePolicy: {QueueName: …}}`.
[[nodiscard]] ValueTree statements_of(const std::vector<ValueTree>& policies, base::Span span);

}  // namespace outlast::import
