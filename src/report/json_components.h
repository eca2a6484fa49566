#pragma once

#include "base/json_writer.h"
#include "blueprint/blueprint.h"
#include "report/addresses.h"

namespace outlast::report {

/// The member "components": each with its place, its needs and where it is written.
void write_components(base::JsonWriter& json, const blueprint::Blueprint& bp, LineFinder& lines);

/// The member "journeys": what users come for, and where they come in.
void write_journeys(base::JsonWriter& json, const blueprint::Blueprint& bp);

}  // namespace outlast::report
