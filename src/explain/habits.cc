#include "explain/habits.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "blueprint/reached.h"
#include "explain/lookup.h"
#include "explain/origins.h"
#include "explain/tell.h"
#include "pipeline/habits.h"

namespace outlast::explain {

using blueprint::ComponentId;
using failure::Event;
using failure::EventKind;
using findings::Explanation;
using findings::SurvivalRow;
using pipeline::HabitMeasure;

namespace {

/// Adds all instances of a row that `is_meant`, which are told by their case.
template <class IsMeant>
void add_instances(const Subject& subject, const SurvivalRow& row, const IsMeant& is_meant,
                   Explanation& out) {
  std::set<std::pair<ComponentId, blueprint::FateGroupId>> told;  // replicas are alike
  for (auto& [id, instance] :
       pipeline::instances_of(subject.bp, subject.workings.cases, row.worst_case, row.mode)) {
    const Event& event = subject.workings.cases.events[id];
    if (is_meant(instance) && told.insert({event.component, event.group}).second) {
      instance.scope = id_of(row) + ": " + instance.scope;
      out.instances.push_back(std::move(instance));
    }
  }
}

void add_single_faults(const Subject& subject, Explanation& out) {
  for (const SurvivalRow& row : subject.analysis.survival) {
    if (pipeline::is_single_fault({row.worst_case, row.mode, "", "", {}, false})) {
      add_instances(
          subject, row, [](const SurvivalRow&) { return true; }, out);
    }
  }
}

void add_changes(const Subject& subject, Explanation& out) {
  for (const SurvivalRow& row : subject.analysis.survival) {
    const auto is_told = [&](const SurvivalRow& instance) {
      const auto change = subject.workings.cases.changes.find(instance.event);
      return change != subject.workings.cases.changes.end() && change->second.users > 0;
    };
    add_instances(subject, row, is_told, out);
  }
}

bool is_of_place(EventKind kind) {
  return kind == EventKind::zone_outage || kind == EventKind::region_outage ||
         kind == EventKind::provider_outage;
}

/// The needs by which a failure comes to an entry.
void add_tight_needs(const Subject& subject, Explanation& out) {
  const auto is_reached = blueprint::reached_from(subject.bp, blueprint::entries_of(subject.bp));
  for (const blueprint::Need& need : subject.bp.needs()) {
    if (is_reached[need.from.index] && pipeline::passes_failures_on(need)) {
      out.inputs.push_back(origin_of(subject.bp, need));
      out.inputs.back().evidence.address = subject.bp[need.from].id;
    }
  }
}

}  // namespace

Explanation explain_habit(const Subject& subject, std::string_view id) {
  const auto& measure =
      *std::find_if(std::begin(pipeline::kHabitMeasures), std::end(pipeline::kHabitMeasures),
                    [&](const HabitMeasure& m) { return m.name == id; });
  const findings::Habit& habit = subject.analysis.habits.*measure.habit;
  Explanation out = begin_number(id, habit.evidence);
  out.kind = "habit";
  out.title += fmt::format(": {}", findings::name_of(habit.grade));
  out.formulas.push_back(
      {spaced(id), std::string(measure.formula), habit.evidence,
       habit.value ? fmt::format("{:.3g}: {} (partly from {}, good from {})", *habit.value,
                                 findings::name_of(habit.grade), measure.partly, measure.good)
                   : "unknown: what is not known decides the grade"});
  Ground ground(subject);
  if (id == "assumes_failure") {
    add_single_faults(subject, out);
  } else if (id == "spread_out") {
    add_wide_events(subject, is_of_place, ground, out);
  } else if (id == "rolls_out_in_steps") {
    add_changes(subject, out);
  } else {
    add_tight_needs(subject, out);
  }
  auto needs = std::move(out.inputs);
  ground.settle(out);
  out.inputs = std::move(needs);
  return out;
}

}  // namespace outlast::explain
