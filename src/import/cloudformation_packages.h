#pragma once

#include <optional>
#include <string>

#include "import/cloudformation_sam.h"

namespace outlast::import {

/// What the helper scripts of a machine are told to install (`AWS::CloudFormation::Init`), as a
/// resource beside it that names it; nothing where they install nothing.
[[nodiscard]] std::optional<TemplateResource> packages_of(const TemplateResource& machine,
                                                          const std::string& address);

}  // namespace outlast::import
