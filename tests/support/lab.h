#pragma once

#include <string>

#include "findings/evaluation.h"

/// Small architectures for closed forms: components of nobody's provider, which fail on their own
/// and with nothing else.
namespace outlast::support {

/// Unavailability of such a component where no other figures are wanted: MTTF 60 d, MTTR 1 h.
inline constexpr double kQ = 1.0 / (60 * 24 + 1);

inline std::string lab(const std::string& components,
                       const std::string& journeys = "main: {enters: A}") {
  return "outlast: 1\nname: lab\njourneys: {" + journeys + "}\ncomponents:\n" + components;
}

inline std::string part(const std::string& name, const std::string& rest) {
  return "  " + name + ": {kind: compute, scope: region, failure: {every: 60d, repair: 1h}, " +
         rest + "}\n";
}

inline double down(const findings::Analysis& analysis) {
  return 1 - analysis.availability->value;
}

}  // namespace outlast::support
