#pragma once

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "findings/evaluation.h"
#include "pipeline/analyse.h"

namespace outlast::pipeline {

/// What providers are expected to pay back in a year, by their agreements on service.
///
/// in   workings  of the analysis; with its bill
/// out  `cost->credits`: of each component that is priced, its price of a month times the expected
///      credit: outages of its region and of its service that are longer than a step allows,
///      one of them a month at most
/// assumes credits are claimed, and that an outage falls within one month
void add_credits(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                 const Workings& workings, findings::Analysis& analysis);

}  // namespace outlast::pipeline
