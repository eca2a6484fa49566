#pragma once

#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"
#include "blueprint/draft.h"

namespace outlast::import {

/// True for traces of Jaeger, Zipkin (version 2) or OpenTelemetry as JSON, and for lists of
/// dependencies of the first two.
[[nodiscard]] bool is_traces(base::Node root);

/// Reads the traces of all inputs: who was seen to call whom, how often, for how long, with how
/// many errors.
///
/// in      draft  with the resources of all other inputs: what they name and traces name alike is
///                one thing
/// out     calls of those resources, and resources of their own for what no other input holds;
///         databases and queues by the attributes of spans or by the names of their operations;
///         strength async for messages, hard or soft where at least three calls failed and it
///         shows what that did to the caller
/// errors  spans without an id or a service: warnings
/// cost    linear in the spans, but for sorting their durations
void read_traces(const std::vector<base::Node>& roots, blueprint::Draft& draft,
                 base::Diagnostics& diagnostics);

}  // namespace outlast::import
