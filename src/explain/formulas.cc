#include "explain/formulas.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/as_printed.h"
#include "base/units.h"
#include "explain/tell.h"
#include "failure/structure.h"
#include "pipeline/resilience_of.h"

namespace outlast::explain {

using findings::Formula;
using findings::JourneyAvailability;
using findings::SurvivalRow;

namespace {

/// Of what is proven, rounded outwards.
std::string ends(double low, double high) {
  const bool is_exact = !(low < high);
  return fmt::format("[{}, {}]", number(is_exact ? low : base::printed_at_most(low, kDigits)),
                     number(is_exact ? high : base::printed_at_least(high, kDigits)));
}

std::string duration(double seconds) {
  return std::isinf(seconds) ? "unbounded" : base::format_duration({seconds});
}

/// Downtime is a small number beside 1: told as such, the sum can be followed.
Formula sum_of_journeys(const findings::Availability& whole) {
  Formula formula{"availability", "1 − Σ share of users × share of time not served", "1 − (", ""};
  for (const JourneyAvailability& journey : whole.journeys) {
    const bool is_first = &journey == &whole.journeys.front();
    formula.numbers += fmt::format("{}{} × {}", is_first ? "" : " + ", number(journey.weight),
                                   number(1 - journey.value));
  }
  formula.numbers += ")";
  formula.result =
      fmt::format("{}, {} down", base::format_availability(whole.value), a_year(1 - whole.value));
  return formula;
}

/// How the rate differs from the published one, where that counts what takes its place down too.
void add_rate(const failure::Event& event, std::vector<Formula>& out) {
  if (event.fact == nullptr || event.fact->every_years <= 0) {
    return;
  }
  const double published = 1 / event.fact->every_years;
  constexpr double kSame = 1e-9;
  if (std::abs(published - event.per_year) > kSame * published) {
    out.push_back({"rate", "published rate − what the place above it takes along",
                   fmt::format("{} − {}", number(published), number(published - event.per_year)),
                   fmt::format("{} a year{}", number(event.per_year),
                               event.contradicted_by > 0 ? ", at its floor: contradicted" : "")});
  }
}

}  // namespace

std::vector<Formula> formulas_of(const Subject& subject, const findings::Availability& whole) {
  std::vector<Formula> out = {sum_of_journeys(whole)};
  if (whole.low != whole.high) {
    const double least = 1 - whole.high, most = 1 - whole.low;
    out.push_back({"interval by what is unknown", "[at its worst end, at its best end]",
                   fmt::format("[1 − {}, 1 − {}]", number(base::printed_at_least(most, kDigits)),
                               number(base::printed_at_most(least, kDigits))),
                   fmt::format("{} a year to {} a year down", base::format_yearly_at_most(least),
                               base::format_yearly_at_least(most))});
  }
  if (whole.mean_low != whole.mean_high) {
    out.push_back(
        {"interval by the figures", "5th to 95th percentile over 200 draws of every figure",
         fmt::format("[1 − {}, 1 − {}]", number(1 - whole.mean_low), number(1 - whole.mean_high)),
         fmt::format("{} to {} down", a_year(1 - whole.mean_high), a_year(1 - whole.mean_low))});
  }
  double attributed = 0;
  for (const double minutes : subject.workings.minutes_of_event) {
    attributed += minutes;
  }
  out.push_back({"attribution", "Σ minutes a year of each event",
                 fmt::format("{} minutes over {} events", number(attributed),
                             subject.workings.minutes_of_event.size()),
                 a_year(attributed / base::kMinutesPerYear)});
  return out;
}

std::vector<Formula> formulas_of(const JourneyAvailability& journey) {
  // A mean over draws of the figures may lie a little under the product of two means.
  const double down = 1 - journey.value;
  const double structural =
      std::min(down, journey.outages_per_year * journey.mean_outage_s / base::kSecondsPerYear);
  std::vector<Formula> out;
  out.push_back({"not served", "U + masked faults until they are noticed",
                 fmt::format("{} + {}", number(structural), number(down - structural)),
                 fmt::format("{}, {}", number(down), a_year(down))});
  out.push_back(
      {"U", "outages a year × mean length",
       fmt::format("{} × {}", number(journey.outages_per_year), duration(journey.mean_outage_s)),
       a_year(structural)});
  if (journey.objective) {
    const auto met = findings::is_met(journey.low, journey.high, *journey.objective);
    out.push_back(
        {"objective", "availability, at its worst and best end, ≥ objective",
         fmt::format("{} ≥ {}", ends(journey.low, journey.high), number(*journey.objective)),
         !met   ? "undecided"
         : *met ? "met"
                : "missed"});
  }
  return out;
}

std::vector<Formula> formulas_of(const Subject& subject, const SurvivalRow& row) {
  std::vector<Formula> out;
  const auto class_name = blueprint::name_of(row.fault_class);
  const auto index = static_cast<std::size_t>(row.fault_class);
  const std::string whose =
      subject.bp.objectives().recovery[index].is_known() ? "declared" : "by default";
  const bool is_in_part = row.down_s && *row.down_s <= 0 && row.users && *row.users > 0;
  if (is_in_part) {  // nobody is down as a whole, as the table has it
    out.push_back({"USERS", "requests lost / requests, while it lasts", number(*row.users),
                   fmt::format("{:.3g} %", *row.users * 100)});
  } else if (row.down_s) {
    const bool is_over = *row.down_s > row.objective.rto.value;
    out.push_back({"DOWN", fmt::format("median ≤ RTO of class {} ({})", class_name, whose),
                   fmt::format("{} ≤ {}", duration(*row.down_s), duration(row.objective.rto.value)),
                   is_over ? "exceeded" : "kept"});
  }
  if (row.data.kind == failure::DataLoss::Kind::seconds) {
    const bool is_over = row.data.seconds > row.objective.rpo.value;
    out.push_back(
        {"DATA LOST",
         fmt::format("age of the youngest copy ≤ RPO of class {} ({})", class_name, whose),
         fmt::format("{} ≤ {}", duration(row.data.seconds), duration(row.objective.rpo.value)),
         is_over ? "exceeded" : "kept"});
  }
  if (row.every_years) {
    out.push_back({"EVERY", "1 / rate", fmt::format("1 / {} a year", number(1 / *row.every_years)),
                   base::format_interval(*row.every_years)});
  }
  return out;
}

std::vector<Formula> formulas_of(const Subject& subject, failure::EventId id) {
  const auto& event = subject.workings.cases.events[id];
  if (event.per_year <= 0) {
    return {};
  }
  double out_s = 0;
  for (const auto& [component, mean_s] : subject.workings.cases.impacts[id].mean_out_s) {
    out_s = std::max(out_s, std::min(mean_s, failure::kRestOfYear_s));
  }
  const double lasting = pipeline::lasting_share(subject.workings.cases, id);
  std::vector<Formula> out;
  add_rate(event, out);
  out.push_back(
      {fmt::format("q, the share of time that {} {}", event.what, failure::verb_of(event.kind)),
       "mean time out / (time between two + mean time out)",
       fmt::format("{} / ({} + {})", duration(out_s), base::format_interval(1 / event.per_year),
                   duration(out_s)),
       fmt::format("{}, {}", number(lasting), a_year(lasting))});
  const auto& minutes = subject.workings.minutes_of_event;
  if (!minutes.empty()) {
    out.push_back(
        {"downtime by it", "share of users and time it alone decides × q",
         fmt::format("{} × {}",
                     number(lasting > 0 ? minutes[id] / base::kMinutesPerYear / lasting : 0),
                     number(lasting)),
         a_year(minutes[id] / base::kMinutesPerYear)});
  }
  return out;
}

}  // namespace outlast::explain
