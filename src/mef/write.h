#pragma once

#include <string>

#include "mef/model.h"

namespace outlast::mef {

/// A model in the Open-PSA Model Exchange Format: what `read_model` reads back as the same gates,
/// probabilities at any mission time, and draws of what is uncertain.
/// Labels and attributes of tops and events are kept; of other gates, house events and parameters there
/// is nothing left, see `Model::left_out`.
/// Names that are no identifiers of the format become such, and are kept as labels. Gates below the
/// tops are called g1, g2, …, or with more g's where an event or top has such a name, parameters p1,
/// p2, …; numbers are written with all their digits.
///
/// in  model  names of tops and events all differ
[[nodiscard]] std::string write_model(const Model& model);

}  // namespace outlast::mef
