#pragma once

#include <string>

/// Small architectures of nobody's provider, in which nothing fails but what is told.
namespace outlast::support {

/// Share of time that a `part` is down: MTTF 60 d, MTTR 1 h.
inline constexpr double kQ = 1.0 / (60 * 24 + 1);

inline std::string lab(const std::string& components,
                       const std::string& journeys = "main: {enters: A}") {
  return "outlast: 1\nname: lab\njourneys: {" + journeys + "}\ncomponents:\n" + components;
}

/// A component that fails on its own and with nothing else.
inline std::string part(const std::string& name, const std::string& rest) {
  return "  " + name + ": {kind: compute, scope: region, failure: {every: 60d, repair: 1h}, " +
         rest + "}\n";
}

}  // namespace outlast::support
