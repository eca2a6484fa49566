#pragma once

#include "blueprint/blueprint.h"
#include "blueprint/draft.h"
#include "blueprint/own_prices.h"
#include "catalog/catalog.h"
#include "findings/evaluation.h"
#include "pipeline/analyse.h"

namespace outlast::pipeline {

/// The bill of a month, held against the budget.
///
/// in   draft  as it was validated
/// out  per use what users' requests lead to, where the blueprint says how many users there are and
///      how much they ask; a budget is met only where nothing is left unpriced or open
[[nodiscard]] findings::Cost cost_of(const blueprint::Draft& draft, const blueprint::Blueprint& bp,
                                     const catalog::Catalog& catalog,
                                     const blueprint::OwnPrices& own);

/// What outages are expected to cost in a year: of each journey with a value, the share of the time
/// that it is down, at that value an hour. And what each worst case costs when it happens.
/// in  study  with its availability and its bill
void add_losses(const blueprint::Blueprint& bp, Study& study);

/// Tells of own amounts and use that are of nothing here, and so do not count.
void tell_unused_prices(const blueprint::OwnPrices& own, const findings::Cost& cost,
                        const blueprint::Blueprint& bp, base::Diagnostics& diagnostics);

}  // namespace outlast::pipeline
