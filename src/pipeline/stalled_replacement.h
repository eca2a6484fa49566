#pragma once

#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "failure/impact.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// By path: share of time that it is down because an event stops replacement while replicas of
/// something the path cannot do without go on failing.
///
/// out     (event, share), by event: w E[∫₀ᴰ P(Bin(n, e^(−λs)) < k) ds] over the time D that
///         replacement is stopped, with n replicas of rate λ of which k must be alive; summed over
///         the components on the path
/// assumes all are good when it begins; components that another one stands in for are left out
/// source  SEMANTICS, buffered needs: startup and control needs
[[nodiscard]] std::vector<std::vector<std::pair<failure::EventId, double>>> stalled_replacement(
    const blueprint::Blueprint& bp, const Cases& cases, const std::vector<failure::Path>& paths);

/// ∫₀ᵗ P(Bin(n, e^(−λs)) < k) ds
/// in      rate λ a second; 1 ≤ k ≤ n
/// cost    eight binomial tails
[[nodiscard]] double time_below(std::size_t k, std::size_t n, double per_second, double t_s);

}  // namespace outlast::pipeline
