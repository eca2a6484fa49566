#pragma once

#include "blueprint/blueprint.h"
#include "blueprint/draft.h"
#include "blueprint/own_prices.h"
#include "catalog/catalog.h"
#include "pipeline/analyse.h"

namespace outlast::pipeline {

/// Finds what is paid for and idle, what it saves to go without, and what that would cost in
/// availability, for which the architecture without it is evaluated again.
///
/// in      study  of `bp`, with its bill
/// out     findings of the cost goal among those of the study, and `cost->idle`, dearest first
/// assumes nothing outside of the inputs uses what they hold
/// cost    a bill for each of the 16 dearest components that could run fewer replicas, and an
///         analysis for each change that could be felt, at most four: the dearest
void find_waste(const blueprint::Draft& draft, const blueprint::Blueprint& bp,
                const catalog::Catalog& catalog, const blueprint::OwnPrices& own,
                const AnalysisOptions& how, Study& study);

}  // namespace outlast::pipeline
