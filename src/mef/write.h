#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/gates.h"
#include "mef/model.h"

namespace outlast::mef {

/// A model in the Open-PSA Model Exchange Format: what `read_model` reads back as the same gates.
/// Names that are no identifiers of the format become such, and are kept as labels. Gates below the
/// tops are called g1, g2, …, or with more g's where an event or top has such a name; probabilities
/// are written with all their digits.
///
/// in      events       names by variable, all different
///         probability  by variable; empty: none is written
///         tops         their names differ from each other and from the events'
[[nodiscard]] std::string write_model(const base::Gates& gates, std::span<const Top> tops,
                                      const std::vector<std::string>& events,
                                      std::span<const double> probability);

}  // namespace outlast::mef
