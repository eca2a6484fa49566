#pragma once

#include <string>

#include "engines/simulation/model.h"

namespace outlast::clock {

/// Whether chance alone fills a part that its callers then keep full by asking again.
struct Tipping {
  bool is_likely = false;    ///< within the period it is likelier than not, at the latest
  bool is_possible = false;  ///< at the soonest it happens in more than one of ten periods
  std::string told;          ///< which part, and how soon; empty where it is not possible
};

/// in   model     with its users, and groups as large as they are while these are there
///      period_s  for which they stay
[[nodiscard]] Tipping tipping_of(const engines::simulation::Model& model, double period_s);

}  // namespace outlast::clock
