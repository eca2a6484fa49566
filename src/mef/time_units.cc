#include "mef/time_units.h"

#include <algorithm>
#include <array>
#include <string>

#include "mef/read.h"

namespace outlast::mef {

namespace {

struct TimeUnit {
  std::string_view unit;   ///< as the format writes it
  std::string_view clock;  ///< what it counts in
};
constexpr std::array<TimeUnit, 5> kTimeUnits = {{{"hours", "hours"},
                                                 {"hours-1", "hours"},
                                                 {"years", "years"},
                                                 {"years-1", "years"},
                                                 {"fit", "thousand million hours"}}};

/// Nothing where the unit is not one of time.
std::string_view clock_of(std::string_view unit) {
  const auto* const known =
      std::find_if(kTimeUnits.begin(), kTimeUnits.end(),
                   [&](const TimeUnit& candidate) { return candidate.unit == unit; });
  return known == kTimeUnits.end() ? std::string_view() : known->clock;
}

bool uses_mission_time(const Expressions& expressions) {
  bool is_used = false;
  for (const ExpressionId id : base::ids<ExpressionId>(expressions.size())) {
    is_used = is_used || expressions.operation(id) == Operation::mission_time;
  }
  return is_used;
}

std::string in_unit(const Definition& parameter) {
  return std::string(parameter.name) + " is in " + std::string(parameter.element.attribute("unit"));
}

}  // namespace

void compare_time_units(const Definitions& definitions, const Model& model, double mission_time,
                        const base::Sources& sources, Mistakes& mistakes) {
  std::vector<DefinitionId> first_of_clock;
  for (const DefinitionId id : base::ids<DefinitionId>(definitions.size())) {
    const auto clock = [&](DefinitionId of) {
      return clock_of(definitions[of].element.attribute("unit"));
    };
    const bool is_new = definitions[id].kind == DefinitionKind::parameter && !clock(id).empty() &&
                        std::none_of(first_of_clock.begin(), first_of_clock.end(),
                                     [&](DefinitionId other) { return clock(other) == clock(id); });
    if (is_new) {
      first_of_clock.push_back(id);
    }
  }
  constexpr std::string_view kAsWritten = "; numbers are taken as they are written";
  for (std::size_t i = 1; i < first_of_clock.size(); ++i) {
    const base::Span first = definitions.span_of(first_of_clock.front());
    mistakes.warn("OUT-E1521", definitions.span_of(first_of_clock[i]),
                  in_unit(definitions[first_of_clock[i]]) + ", and " +
                      in_unit(definitions[first_of_clock.front()]) + " (" +
                      sources.path(first.source) + ":" +
                      std::to_string(sources.position(first.source, first.begin).line) + ")" +
                      std::string(kAsWritten),
                  "write all rates and times in one unit");
  }
  const bool is_unasked = mission_time == kHoursAYear && uses_mission_time(model.expressions);
  if (first_of_clock.size() == 1 && is_unasked) {
    const Definition& first = definitions[first_of_clock.front()];
    const std::string_view clock = clock_of(first.element.attribute("unit"));
    if (clock != "hours") {
      mistakes.warn("OUT-E1521", definitions.span_of(first_of_clock.front()),
                    in_unit(first) + ", and the mission time is 8760, which is a year in hours",
                    "give --mission-time in " + std::string(clock));
    }
  }
}

}  // namespace outlast::mef
