#pragma once

#include "mef/definitions.h"
#include "mef/make_expressions.h"
#include "mef/mistakes.h"
#include "mef/model.h"

namespace outlast::mef {

/// Fills in the probabilities of the model's events, deviates at their means; of all that the files
/// define, used or not, it is told what has no value or is no probability.
///
/// errors  OUT-E1518 a probability outside [0, 1]; OUT-E1519 an event without one among others that
///         have; OUT-E1520 an expression without a value: a negative rate, an error factor below 1
void fill_probabilities(const Definitions& definitions, const MadeExpressions& made,
                        double mission_time, Model& model, Mistakes& mistakes);

}  // namespace outlast::mef
