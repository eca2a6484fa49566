#pragma once

#include <vector>

#include "base/diagnostics.h"
#include "blueprint/own_record.h"
#include "failure/events.h"
#include "findings/evaluation.h"

namespace outlast::pipeline {

/// Lets the owners' own records move the rates of events: gamma(α, β) becomes gamma(α + n, β + T).
///
/// The prior has the catalog's rate as its mean and the spread of its trust (`FactDraws`). Of
/// several records that mean an event the most particular counts: a component or place, then the
/// longest type. Durations stay as they are.
///
/// in      events  of `failure::list_events`; updated in place, with the shape of what is left
/// out     every record that moved something, with the rates before and after
/// source  SEMANTICS, events; conjugate prior of a Poisson process
[[nodiscard]] std::vector<findings::UpdatedRate> update_rates(
    const std::vector<blueprint::OwnRecord>& records, const blueprint::Blueprint& bp,
    base::IdVector<failure::EventId, failure::Event>& events);

/// A record that means nothing of the architecture: told with what is near.
void tell_unused_records(const std::vector<blueprint::OwnRecord>& records,
                         const std::vector<findings::UpdatedRate>& updated,
                         const blueprint::Blueprint& bp, base::Diagnostics& diagnostics);

}  // namespace outlast::pipeline
