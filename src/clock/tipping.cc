#include "clock/tipping.h"

#include <fmt/format.h>

#include "base/units.h"
#include "engines/simulation/escape.h"

namespace outlast::clock {

namespace {

/// Beyond a year the number says nothing any more.
std::string soon(double seconds) {
  constexpr double kLong_s = 365.25 * 86'400;
  return seconds > kLong_s ? "years" : base::format_duration({seconds});
}

}  // namespace

Tipping tipping_of(const engines::simulation::Model& model, double period_s) {
  const auto escape = engines::simulation::escape_of(model);
  Tipping out;
  constexpr double kLikely = 0.5;
  constexpr double kPossible = 0.1;
  if (!escape || escape->at_most_within(period_s) <= kPossible) {
    return out;
  }
  out.is_possible = true;
  out.is_likely = escape->surely_within(period_s) > kLikely;
  out.told = fmt::format(
      "chance alone fills {}, in the mean after {} to {}, and retries keep it full",
      model.stations[escape->station].name, soon(escape->soonest_s), soon(escape->latest_s));
  return out;
}

}  // namespace outlast::clock
