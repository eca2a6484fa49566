#pragma once

#include <string>

namespace outlast::import {

/// JSON Schema (draft 2020-12) of blueprints and overlays, from the table that the reader uses.
[[nodiscard]] std::string blueprint_schema();

/// The same of scenarios.
[[nodiscard]] std::string scenario_schema();

}  // namespace outlast::import
