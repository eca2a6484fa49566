#pragma once

#include "base/diagnostics.h"
#include "base/document.h"
#include "blueprint/draft.h"

namespace outlast::import {

/// True if the document looks like a state: `terraform.tfstate` of any version, encrypted or not,
/// or `terraform show -json` of one.
[[nodiscard]] bool is_terraform_state(base::Node root);

/// Reads a state into the draft's resources: `terraform.tfstate` of versions 3 and 4, and states
/// as JSON. Objects that are only left to be destroyed are not resources; tainted ones are.
///
/// An attribute that is absent is unset: in a state nothing is unknown. What a resource depends on
/// becomes a reference at "depends_on", for no attribute is told with it.
/// Resources that the draft holds already (from a plan, which knows more) are left out, and told.
/// errors  a version that is too old or too new, an encrypted state, resources without type or
///         name: each with its place and what to give instead
void read_terraform_state(base::Node root, blueprint::Draft& draft, base::Diagnostics& diagnostics);

}  // namespace outlast::import
