#pragma once

#include <vector>

#include "mef/definitions.h"
#include "mef/model.h"

namespace outlast::mef {

/// What was made, beside what the model's events have.
struct MadeExpressions {
  std::vector<ExpressionId> of_definition;  ///< absent where it has none
  std::vector<base::Span> span_of;          ///< by expression: its element
};

/// Makes the expressions of all basic events and parameters.
///
/// in      of_events  by event of the model, its definition
/// out     `expression` of each event that has one
/// errors  OUT-E1516 an element that is no expression, or a wrong number of arguments, value or
///         unit; OUT-E1512 an undefined parameter; OUT-E1517 parameters that need themselves
[[nodiscard]] MadeExpressions make_expressions(const std::vector<XmlFile>& files,
                                               Definitions& definitions,
                                               const std::vector<DefinitionId>& of_events,
                                               Model& model, Mistakes& mistakes);

}  // namespace outlast::mef
