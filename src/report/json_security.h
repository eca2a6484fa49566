#pragma once

#include "base/json_writer.h"
#include "base/source.h"
#include "findings/attack.h"

namespace outlast::report {

/// Writes the member "security": ways from the internet to data, what closes them, and what each
/// credential and each component that the internet reaches opens.
void write_security(base::JsonWriter& json, const base::Sources& sources,
                    const findings::Security& security);

}  // namespace outlast::report
