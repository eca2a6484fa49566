#pragma once

#include <deque>
#include <string>

#include "import/desk.h"
#include "import/hcl_syntax.h"

namespace outlast::import {

/// Finds secrets that stand in clear beside a module's resources: defaults of variables, locals,
/// settings of providers, of the place of the state and of its encryption. Only literals count: what
/// names something else is told there.
///
/// in  prefix  of the module: "module.shop."
void find_secrets_beside_resources(const std::deque<HclBody>& bodies, const std::string& prefix,
                                   Desk& desk);

}  // namespace outlast::import
