#pragma once

#include <string>

#include "blueprint/draft.h"

namespace outlast::blueprint {

/// A draft in the format that blueprints are written in, so that reading it gives the same
/// architecture: components, needs, journeys, objectives, operators.
///
/// in   draft  completed; what the catalog filled in or assumed is left out, for it does so again
/// out  YAML, components and journeys in their order
/// Left out: needs that are only inferred; tables of firewall rules, grants and supplies, for which
/// the format has no words; operations that a journey excludes.
[[nodiscard]] std::string blueprint_text(const Draft& draft);

}  // namespace outlast::blueprint
