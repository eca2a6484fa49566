#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostics.h"
#include "base/document.h"
#include "catalog/tables.h"

namespace outlast::incidents {

/// How users come over a day where a blueprint does not say.
struct UsualDay {
  std::array<double, 24> shares{};            ///< of the busiest hour, by hours of the local clock
  std::map<std::string, double> hours_ahead;  ///< of UTC, by how a region's name begins
  std::string source;
  std::string date;
  catalog::Trust trust = catalog::Trust::estimate;
};

/// Hours that the clocks of a region are ahead of UTC; absent where that is not known.
[[nodiscard]] std::optional<double> hours_ahead(const UsualDay& day, std::string_view region);

/// in  root  of data/incidents/usual_day.yaml
[[nodiscard]] UsualDay read_usual_day(base::Node root, base::Diagnostics& diagnostics);

}  // namespace outlast::incidents
