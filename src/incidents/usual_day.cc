#include "incidents/usual_day.h"

#include "incidents/fields.h"

namespace outlast::incidents {

std::optional<double> hours_ahead(const UsualDay& day, std::string_view region) {
  std::optional<double> hours;
  std::size_t longest = 0;
  for (const auto& [beginning, ahead] : day.hours_ahead) {
    if (region.starts_with(beginning) && beginning.size() >= longest) {
      hours = ahead;
      longest = beginning.size();
    }
  }
  return hours;
}

UsualDay read_usual_day(base::Node root, base::Diagnostics& diagnostics) {
  static constexpr std::string_view kKeys[] = {"shares", "source", "date", "trust", "hours_ahead"};
  Fields fields(root["usual_day"], "a usual day", kKeys, diagnostics);
  UsualDay day;
  const base::Node shares = fields.node("shares");
  if (!shares.is(base::NodeKind::list) || shares.size() != day.shares.size()) {
    fields.wrong("OUT-I004", fields.span(), "a usual day has a share for each of its 24 hours");
    return day;
  }
  for (std::size_t hour = 0; hour < day.shares.size(); ++hour) {
    day.shares[hour] = shares.at(hour).as_number().value_or(0);
    if (day.shares[hour] <= 0 || day.shares[hour] > 1) {
      fields.wrong("OUT-I003", shares.at(hour).span(), "expected a share of the busiest hour",
                   "write it such as 0.8");
    }
  }
  const base::Node ahead = fields.node("hours_ahead");
  for (std::size_t i = 0; ahead.is(base::NodeKind::map) && i < ahead.size(); ++i) {
    day.hours_ahead[std::string(ahead.key(i))] = ahead.at(i).as_number().value_or(0);
  }
  day.source = fields.text("source");
  day.date = fields.text("date");
  const std::string trust = fields.text("trust");
  day.trust = trust == "V"   ? catalog::Trust::verified
              : trust == "M" ? catalog::Trust::memory
                             : catalog::Trust::estimate;
  return day;
}

}  // namespace outlast::incidents
