#pragma once

#include <cstdint>
#include <vector>

#include "base/distribution.h"
#include "base/gates.h"

namespace outlast::engines::montecarlo {

/// Something that happens again and again, and makes variables true for a while.
struct Cause {
  std::uint64_t stream = 0;  ///< key of its own random numbers
  double between_s = 0;      ///< mean time from when it is over until it happens (exponential)
  /// Lengths are the means of the parts times one draw of this over its own mean; what is
  /// unbounded here but not there counts as exponential.
  base::Duration length;
  bool lasts = false;        ///< what it does stays for the rest of the year
  bool has_chances = false;  ///< it strikes each `Chance` or spares it
  struct Part {
    base::VariableId variable;
    double mean_s = 0;   ///< once it happens; where the variable is not hit counts as 0
    double present = 1;  ///< how often the variable is hit at all
  };
  std::vector<Part> parts;  ///< all begin together
};

/// A variable that says whether a cause strikes something, drawn each time it happens.
struct Chance {
  base::VariableId variable;
  double probability = 1;
  std::uint64_t stream = 0;
};

/// What a cause costs one top gate where that stays false: the moment until it is masked.
struct Moment {
  std::size_t cause = 0;
  double seconds = 0;
};

struct YearModel {
  const base::Gates& gates;
  std::vector<base::GateId> tops;
  std::vector<Cause> causes;
  std::vector<Chance> chances;
  std::vector<std::vector<Moment>> moments;  ///< [tops]; ascending by cause
};

struct YearOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;  ///< 0: as many as the machine has; the result does not depend on it
};

/// Years that start with nothing going on, each of its own luck.
struct Years {
  std::size_t count = 0;
  std::vector<std::vector<double>> down_s;    ///< [tops][count]: top true, and moments
  std::vector<std::vector<bool>> has_outage;  ///< [tops][count]: was the top true at all?
};

/// How many years can be sampled within the usual budget of changes: 256 to 2,048.
[[nodiscard]] std::size_t years_within_budget(const YearModel& model);

/// Samples the causes as alternating renewals over years, and what they add up to.
///
/// cost    about 0.1 µs for each time a variable changes, per top gate that depends on it
/// source  Barlow & Proschan 1965 (alternating renewal processes)
[[nodiscard]] Years sample_years(const YearModel& model, std::size_t years,
                                 const YearOptions& options);

}  // namespace outlast::engines::montecarlo
