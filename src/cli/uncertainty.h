#pragma once

#include "cli/commands.h"
#include "cli/faulttree_answer.h"
#include "crew/membership.h"
#include "engines/faulttree/solution.h"
#include "mef/model.h"

namespace outlast::cli {

/// The probability under drawn parameters; of a bounded solution the upper end.
///
/// in      solution  of one top of `model`
///         options   how many trials, and the seed
/// out     the same for any number of threads and members of the crew, which share the trials
[[nodiscard]] Uncertainty draw_parameters(const mef::Model& model,
                                          const engines::faulttree::Solution& solution,
                                          const FaultTreeOptions& options,
                                          const crew::Membership& crew);

}  // namespace outlast::cli
