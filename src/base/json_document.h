#pragma once

#include "base/json_writer.h"

namespace outlast::base {

/// Begins a document of ours: {"schema_version": …, "tool": {"name", "version"}, and what follows.
void begin_document(JsonWriter& json, int schema_version);

}  // namespace outlast::base
