#pragma once

#include <vector>

#include "findings/evaluation.h"
#include "import/terraform_source.h"

namespace outlast::pipeline {

/// Lets the evidence of findings point at the Terraform file that declares the resource instead of
/// the plan: at the line of the attribute that the plan's pointer names, if the block has it,
/// else at the block's first line. What is declared nowhere keeps its place in the plan.
void point_at_source(const import::TerraformSource& source, const base::Sources& sources,
                     std::vector<findings::Finding>& findings);

}  // namespace outlast::pipeline
