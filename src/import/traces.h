#pragma once

#include <vector>

#include "base/document.h"
#include "import/desk.h"

namespace outlast::import {

/// True for traces of Jaeger, Zipkin (version 2) or OpenTelemetry as JSON, and for lists of
/// dependencies of the first two.
[[nodiscard]] bool is_traces(base::Node root);

/// Reads the traces of all inputs: who was seen to call whom, how often, for how long, with how
/// many errors.
///
/// in      desk  whose draft holds the resources of all other inputs and what blueprints declare:
///               what these name and traces name alike is one thing, and keeps their address or id
/// out     calls of those resources, and resources of their own for what no other input holds;
///         databases and queues by the attributes of spans or by the names of their operations;
///         strength async for messages, hard or soft where at least three calls failed and it
///         shows what that did to the caller
/// errors  spans without an id or a service, inputs that disagree with each other or with the load
///         that is stated: warnings
/// cost    linear in the spans, but for sorting their durations
void read_traces(const std::vector<InputDocument>& inputs, Desk& desk);

}  // namespace outlast::import
