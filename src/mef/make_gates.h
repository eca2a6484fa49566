#pragma once

#include <vector>

#include "mef/model.h"
#include "mef/terms.h"

namespace outlast::mef {

/// Makes gates, events and tops of a model from what was read.
///
/// in      wanted  names of the gates asked about; empty: every gate that no other gate uses
/// out     by event of the model, its definition
/// errors  OUT-E1514 gates that need themselves; OUT-E1515 no gate, or not the one wanted
[[nodiscard]] std::vector<DefinitionId> make_gates(const Terms& terms, Definitions& definitions,
                                                   const std::vector<std::string>& wanted,
                                                   Model& model, Mistakes& mistakes);

}  // namespace outlast::mef
