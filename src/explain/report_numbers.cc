#include "explain/report_numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "explain/habits.h"
#include "explain/origins.h"
#include "explain/tell.h"
#include "explain/witness.h"
#include "pipeline/resilience_of.h"

namespace outlast::explain {

using blueprint::ComponentId;
using failure::Event;
using failure::EventId;
using failure::EventKind;
using findings::Explanation;
using findings::FaultSet;

namespace {

bool is_of_vendor(EventKind kind) {
  return kind == EventKind::provider_outage || kind == EventKind::third_party;
}

/// "web #2 fails" and "web #2 is being patched", by the event that they are of.
std::map<std::string, EventId> events_by_words(const pipeline::Cases& cases) {
  std::map<std::string, EventId> by_words;
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    const Event& event = cases.events[id];
    by_words.emplace(fmt::format("{} {}", event.what, failure::verb_of(event.kind)), id);
    if (event.kind == EventKind::instance) {
      by_words.emplace(pipeline::patched_words(event), id);
    }
  }
  return by_words;
}

/// What a pair weighs: the share of time of the one, of it that of the other.
findings::Formula formula_of(const Subject& subject, const std::map<std::string, EventId>& by_words,
                             const FaultSet& fault, Ground& ground) {
  const pipeline::Cases& cases = subject.workings.cases;
  std::optional<std::pair<std::string, double>> one;
  for (const std::string& words : fault.events) {
    const EventId id = by_words.at(words);
    const Event& event = cases.events[id];
    if (!fault.is_planned || words != pipeline::patched_words(event)) {
      ground.add(id);
      one = fault.is_planned ? one
                             : one.value_or(std::pair(words, pipeline::lasting_share(cases, id)));
    } else if (const auto* patch =
                   pipeline::patch_of(subject.catalog, subject.bp[event.component])) {
      ground.add_patch(event.component);
      one = {words, pipeline::patched_share(*patch)};
    }
  }
  const double first = one ? one->second : 1;
  const double alike = static_cast<double>(fault.alike);
  return {fmt::format("{}", fmt::join(fault.events, " while ")),
          fmt::format("share of time that {} × share that the other lasts{}",
                      one ? one->first : fault.events.front(),
                      fault.alike > 1 ? " × pairs that are alike" : ""),
          fmt::format("{} × {}{}", number(first),
                      number(first > 0 ? fault.share_of_time / first / alike : 0),
                      fault.alike > 1 ? fmt::format(" × {}", fault.alike) : ""),
          fmt::format("{}, {}, once in {}, of {} of the users", number(fault.share_of_time),
                      a_year(fault.share_of_time), base::format_interval(fault.every_years),
                      base::format_percent(fault.users))};
}

Explanation explain_double_faults(const Subject& subject, std::string_view id) {
  const findings::FaultSets& faults = subject.analysis.resilience.double_faults;
  Explanation out = begin_number(
      id, faults.worst.empty()
              ? "No two faults are known that stop users together and not alone."
              : fmt::format("{} pair{} stop users together and not alone; but for planned work "
                            "they cost {} of users' time.{}",
                            faults.count, faults.count == 1 ? "" : "s",
                            a_year(faults.minutes / base::kMinutesPerYear),
                            faults.is_complete ? "" : " There are more than could be listed."));
  if (faults.worst.empty()) {
    return out;
  }
  Ground ground(subject);
  const auto by_words = events_by_words(subject.workings.cases);
  for (std::size_t i = 0; i < std::min(faults.worst.size(), kMostWitnesses); ++i) {
    out.formulas.push_back(formula_of(subject, by_words, faults.worst[i], ground));
  }
  CutPlayer player(subject);
  auto cuts = player.cuts().all;
  std::erase_if(cuts, [](const pipeline::Cut& cut) { return cut.events.size() != 2; });
  for (const auto& cut : different(subject, cuts, kMostWitnesses, out.further_witnesses)) {
    out.witnesses.push_back(player.play(cut));
  }
  ground.settle(out);
  return out;
}

Explanation explain_planned_work(const Subject& subject, std::string_view id) {
  const auto& planned = subject.analysis.resilience.planned;
  double minutes = 0;
  for (const findings::PlannedWork& work : planned) {
    minutes += work.on ? 0 : work.downtime_minutes_per_year;
  }
  Explanation out = begin_number(
      id, planned.empty() ? "No work is planned on anything, as far as the catalog tells."
                          : fmt::format("Work on {} component{} takes {} of users' time.",
                                        planned.size(), planned.size() == 1 ? "" : "s",
                                        a_year(minutes / base::kMinutesPerYear)));
  Ground ground(subject);
  for (const findings::PlannedWork& work : planned) {
    const double each = work.downtime_minutes_per_year / std::max(work.per_year, 1e-9);
    out.formulas.push_back(
        {work.on ? fmt::format("{}, on {}", work.component, base::format_date(*work.on))
                 : work.component,
         "times a year × users' time that each costs, at the mean length of the work",
         fmt::format("{:.3g} × {}", work.per_year,
                     base::format_duration({each * base::kSecondsPerMinute})),
         a_year(work.downtime_minutes_per_year / base::kMinutesPerYear)});
    const ComponentId component = subject.bp.find(work.component);
    ground.add_patch(component);
    if (work.downtime_minutes_per_year > 0) {
      ground.add(component);
    }
  }
  ground.settle(out);
  return out;
}

/// Whom the loss of a vendor stops, journey by journey.
std::string stopped_by(const Subject& subject, EventId id) {
  std::vector<std::string> parts;
  for (const auto& path : subject.workings.cases.impacts[id].paths) {
    if (path.is_down_for_good) {
      const failure::Path& stopped = subject.workings.paths[path.path];
      parts.push_back(
          fmt::format("{} of {}", number(stopped.weight), subject.bp[stopped.journey].name));
    }
  }
  return fmt::format("{}", fmt::join(parts, " + "));
}

Explanation explain_vendors(const Subject& subject, std::string_view id) {
  const auto& vendors = subject.analysis.depends_on;
  Explanation out = begin_number(
      id, vendors.empty() ? "The loss of no one vendor stops users."
                          : fmt::format("The loss of {} vendor{} stops users.", vendors.size(),
                                        vendors.size() == 1 ? "" : "s"));
  const pipeline::Cases& cases = subject.workings.cases;
  for (const EventId event : base::ids<EventId>(cases.events.size())) {
    const std::string stopped =
        is_of_vendor(cases.events[event].kind) ? stopped_by(subject, event) : "";
    if (!stopped.empty()) {
      const auto& component = cases.events[event].component;
      const std::string vendor =
          component.exists() ? subject.bp[component].id : cases.events[event].what;
      const auto share = std::find_if(vendors.begin(), vendors.end(),
                                      [&](const auto& v) { return v.vendor == vendor; });
      out.formulas.push_back({vendor, "Σ share of users of the journeys that its loss stops",
                              stopped,
                              share == vendors.end() ? "" : base::format_percent(share->share)});
    }
  }
  for (const findings::VendorSets& journey : subject.analysis.resilience.vendor_sets) {
    std::vector<std::string> sets;
    for (const auto& set : journey.sets) {
      sets.push_back(base::join_words(set, set.size()));
    }
    if (!sets.empty()) {
      out.formulas.push_back({"journey " + journey.journey,
                              "smallest sets of vendors whose loss stops it",
                              fmt::format("{}", fmt::join(sets, "; ")),
                              fmt::format("{} of them", journey.sets.front().size())});
    }
  }
  Ground ground(subject);
  add_wide_events(subject, is_of_vendor, ground, out);
  ground.settle(out);
  return out;
}

constexpr ReportNumber kNumbers[] = {
    {"assumes_failure", "habits", explain_habit},
    {"spread_out", "habits", explain_habit},
    {"rolls_out_in_steps", "habits", explain_habit},
    {"loosely_coupled", "habits", explain_habit},
    {"double_faults", "", explain_double_faults},
    {"planned_work", "", explain_planned_work},
    {"depends_on", "", explain_vendors},
};

}  // namespace

std::span<const ReportNumber> report_numbers() {
  return kNumbers;
}

bool is_called(const ReportNumber& number, std::string_view id) {
  const std::string as_printed = spaced(number.id);
  return id == number.id || (!number.group.empty() && id == number.group) || id == as_printed ||
         std::string(id) + "s" == as_printed;
}

Explanation explain_number(const Subject& subject, const ReportNumber& number) {
  return number.explain(subject, number.id);
}

}  // namespace outlast::explain
