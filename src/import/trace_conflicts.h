#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "blueprint/attributes.h"
#include "import/trace_spans.h"
#include "import/trace_work.h"

/// Where what traces show contradicts itself, or what the owners state.
namespace outlast::import {

/// Traces of one file. Several documents may stand in one.
struct TracesOfInput {
  std::string path;
  Traces traces;
};

/// Tells where one file of traces shows more than double of what another shows: how long a service
/// works on a request, or how often it calls another for one.
///
/// errors  warnings, one for the two files that are furthest apart in each of the two questions, of
///         services and calls alike; of too few requests to tell more than chance there is none
/// cost    finding the calls of each file by itself
void tell_disagreements(const std::vector<TracesOfInput>& inputs, base::Diagnostics& diagnostics);

/// Tells where traces show more than double, or less than half, of every load that is stated: a
/// warning, for what is stated counts.
///
/// in   users       with a stated number of users now
///      per_minute  requests of one of them
void tell_other_load(const blueprint::Users& users, double per_minute, const TracedLoad& load,
                     base::Diagnostics& diagnostics);

}  // namespace outlast::import
