#pragma once

#include <optional>

#include "base/diagnostics.h"
#include "base/document.h"
#include "reproduction/reproduction.h"

namespace outlast::reproduction {

/// Reads one reproduction and tells all that is wrong with it at once.
///
/// in      root  of a YAML document
/// errors  OUT-I001 … OUT-I008 to `diagnostics`, each with its place and a remedy; then nothing is
///         returned
[[nodiscard]] std::optional<Reproduction> read_reproduction(base::Node root,
                                                            base::Diagnostics& diagnostics);

}  // namespace outlast::reproduction
