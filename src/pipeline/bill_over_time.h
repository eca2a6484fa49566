#pragma once

#include <vector>

#include "clock/surge.h"
#include "findings/simulated.h"
#include "findings/surge.h"
#include "pipeline/pipeline.h"

namespace outlast::pipeline {

/// What an hour costs over the time of a run: the bill of the replicas that work of what grows by
/// itself, of all else as it stands, and of the requests that are taken.
///
/// in      evaluation  with a blueprint
///         parts       replicas that work, and requests that they take, whatever comes of them; of
///                     what is not in it as many as users are answered
///         served      requests a second of all users, over the same time
/// out     USD, as long as `served`, of what is priced; empty where nothing is
/// cost    a bill for each different number of replicas, of which so many moments are told that
///         there are no more than 64
/// assumes A-191
[[nodiscard]] std::vector<double> usd_per_hour_over(const Evaluation& evaluation,
                                                    const catalog::Catalog& catalog,
                                                    const clock::PartsOverTime& parts,
                                                    const std::vector<double>& served);

/// Adds it to an answer; to a run also what it costs in all, and what the requests that it lost were
/// worth.
void price_over_time(const Evaluation& evaluation, const catalog::Catalog& catalog,
                     findings::Surge& surge);
void price_over_time(const Evaluation& evaluation, const catalog::Catalog& catalog,
                     findings::Simulated& simulated);

}  // namespace outlast::pipeline
