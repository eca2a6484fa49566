#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engines/montecarlo/years.h"

namespace outlast::engines::montecarlo {

/// One of several things that alone make a top true: a cause's variable, and perhaps only where the
/// cause strikes a chance.
struct CauseTerm {
  base::VariableId variable;
  std::size_t chance = kNoChance;  ///< index in the model's
  static constexpr std::size_t kNoChance = static_cast<std::size_t>(-1);
};

/// A top as such terms; nothing where it is more than that.
/// in  cause_of  by variable: index of its cause; `no_cause` where it belongs to none
[[nodiscard]] std::optional<std::vector<CauseTerm>> cause_terms_of(
    const YearModel& model, base::GateId top, const std::vector<std::size_t>& cause_of,
    std::size_t no_cause);

/// Years of tops that are true as soon as any of their terms is, all of them at once.
///
/// in    tops   their indexes in the model: only those are written to `out`
///       terms  [tops]
/// cost  once per change of a variable and top that it is in; nothing is evaluated
void sample_series_years(const YearModel& model, const std::vector<std::size_t>& tops,
                         const std::vector<std::vector<CauseTerm>>& terms,
                         const YearOptions& options, Years& out);

}  // namespace outlast::engines::montecarlo
