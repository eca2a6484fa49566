#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "explain/explain.h"

namespace outlast::explain {

/// What an id means.
struct Meaning {
  enum class Kind { availability, number, journey, row, finding, component, place };
  Kind kind = Kind::availability;
  std::size_t index =
      0;  ///< of `report_numbers`, journeys, survival rows, findings, components, fate groups
};

/// All that is called so; nothing where nothing is.
[[nodiscard]] std::vector<Meaning> meanings_of(const Subject& subject, std::string_view id);

/// "zone.destroyed", "server": how a row of the survival table is asked for.
[[nodiscard]] std::string id_of(const findings::SurvivalRow& row);

}  // namespace outlast::explain
