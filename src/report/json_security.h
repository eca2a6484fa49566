#pragma once

#include "base/json_writer.h"
#include "findings/attack.h"
#include "report/addresses.h"

namespace outlast::report {

/// Writes the member "security": ways from the internet to data, what closes them, and what each
/// credential and each component that the internet reaches opens.
void write_security(base::JsonWriter& json, LineFinder& lines, const findings::Security& security);

}  // namespace outlast::report
