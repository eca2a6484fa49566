#pragma once

#include "base/diagnostics.h"
#include "base/document.h"
#include "blueprint/draft.h"

namespace outlast::import {

/// True if the document looks like `terraform show -json` of a plan, of any version.
[[nodiscard]] bool is_terraform_plan(base::Node root);

/// Reads a plan as JSON, formats 0.1 to 1.x, into the draft's resources: the state after the plan
/// was applied, of everything it knows, not only of what changes; data sources and ephemeral
/// resources as context.
///
/// An attribute that is not known until creation is `unknown` where the configuration gives it a
/// value, and unset where the configuration is silent: then the provider chooses.
/// errors  a format that is too new, resources without address or type: each with its place;
///         warnings: planning ended with an error or is not complete, and what was changed outside
///         of Terraform (that is told, and is no change)
void read_terraform_plan(base::Node root, blueprint::Draft& draft, base::Diagnostics& diagnostics);

}  // namespace outlast::import
