#pragma once

#include <map>
#include <string>

#include "base/diagnostics.h"
#include "blueprint/attributes.h"
#include "import/trace_calls.h"

/// Where what traces show contradicts itself, or what the owners state.
namespace outlast::import {

/// Tells where one file of traces shows more than double of what another shows: how long a service
/// works on a request, or how often it calls another for one.
///
/// errors  warnings, one for the two files that are furthest apart in each of the two questions, of
///         services and calls alike; of too few requests to tell more than chance there is none
/// cost    n log n in the requests; sorts the times of each file
void tell_disagreements(std::map<std::string, TracedService>& services,
                        const base::Sources& sources, base::Diagnostics& diagnostics);

/// Tells where traces show more than double, or less than half, of every load that is stated: a
/// warning, for what is stated counts.
///
/// in   users       with a stated number of users now
///      per_minute  requests of one of them
void tell_other_load(const blueprint::Users& users, double per_minute, const TracedLoad& load,
                     base::Diagnostics& diagnostics);

}  // namespace outlast::import
