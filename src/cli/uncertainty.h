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
///         is_exact  at the model's own probabilities: else all trials together take a few times the
///                   work of one answer, and the upper ends are the further off the more there are
///         options   how many trials, and the seed
/// out     the same for any number of threads and members of the crew, which share the trials
[[nodiscard]] Uncertainty draw_parameters(const mef::Model& model,
                                          const engines::faulttree::Solution& solution,
                                          bool is_exact, const FaultTreeOptions& options,
                                          const crew::Membership& crew);

}  // namespace outlast::cli
