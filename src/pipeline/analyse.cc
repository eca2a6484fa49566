#include "pipeline/analyse.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/units.h"
#include "clock/software_rows.h"
#include "pipeline/attacks.h"
#include "pipeline/availability.h"
#include "pipeline/cascade.h"
#include "pipeline/change_plans.h"
#include "pipeline/changes.h"
#include "pipeline/derive_findings.h"
#include "pipeline/habits.h"
#include "pipeline/incident_rows.h"
#include "pipeline/resilience_of.h"
#include "pipeline/row_courses.h"
#include "pipeline/store_risks.h"
#include "pipeline/update_rates.h"
#include "pipeline/weigh_rows.h"
#include "pipeline/worst_cases.h"

namespace outlast::pipeline {

using blueprint::Assumption;
using blueprint::Blueprint;
using failure::Event;
using failure::EventId;

namespace faulttree = engines::faulttree;

namespace {

/// Where only the outcome is asked for, what is less than what is told of a difference is enough, and
/// orders that are long to find are not looked for.
constexpr faulttree::Budget kToCompare = {.nodes = 600'000, .near = 1e-9};

/// Every rate that entered, once per figure, with its source.
void add_rates(const Cases& cases, std::vector<Assumption>& out) {
  std::set<std::string> told;
  for (const Event& event : cases.events) {
    if (event.per_year <= 0) {
      continue;
    }
    const std::string value =
        fmt::format("once in {}, for {} (median)", base::format_interval(1 / event.per_year),
                    base::format_duration({event.duration.median_s()}));
    if (told.insert(value + event.source + std::string(failure::verb_of(event.kind))).second) {
      out.push_back(
          {fmt::format("{} {}", event.what, failure::verb_of(event.kind)), value, event.source});
    }
    if (event.contradicted_by > 0) {
      out.push_back({event.what + ": published figure contradicted",
                     fmt::format("the model exceeds it {:.3g} times", event.contradicted_by),
                     event.source});
    }
  }
}

/// What no check finds, and what people start: once per figure.
void add_what_people_find(const Blueprint& bp, const catalog::Catalog& catalog, const Cases& cases,
                          std::vector<Assumption>& out) {
  const auto lasts = [](const catalog::Figure& figure) {
    return base::format_duration({catalog::duration_of(figure).mean_s()});
  };
  std::set<const catalog::Figure*> told;
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    const auto& paths = cases.impacts[id].paths;
    const bool is_used = std::any_of(paths.begin(), paths.end(),
                                     [](const auto& path) { return path.unnoticed_s > 0; });
    const auto* c = is_used ? &bp[cases.events[id].component] : nullptr;
    const auto* type = c == nullptr ? nullptr : catalog.type_of(*c);
    const auto* figure = type == nullptr ? nullptr : catalog.figure(*type, "unnoticed");
    if (figure != nullptr && !c->switching.unnoticed.is_known() && told.insert(figure).second) {
      out.push_back(
          {c->name + ": faults that no check finds",
           fmt::format("{:.3g} % of them, for {} (mean)", figure->share * 100, lasts(*figure)),
           catalog::cite(figure->citation)});
    }
  }
  const auto by_hand = std::find_if(bp.components().begin(), bp.components().end(),
                                    [](auto& c) { return c.failure.by_hand.value_or(false); });
  const auto* start = catalog.place_figure("any", "", "start_by_hand");
  if (by_hand != bp.components().end() && start != nullptr) {
    out.push_back({by_hand->name + " is started by people", "after " + lasts(*start) + " (mean)",
                   catalog::cite(start->citation)});
  }
}

/// How surely redundancy stands in for a replica, once per figure.
void add_coverage(const Blueprint& bp, const Cases& cases, std::vector<Assumption>& out) {
  std::set<std::string> told;
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    const auto& coverage = cases.impacts[id].coverage;
    if (!coverage || coverage->fact == nullptr) {
      continue;
    }
    const std::string source = catalog::cite(coverage->fact->citation);
    const std::string value = fmt::format(
        "{:.3g} % of its replicas' faults; one it does not holds all of it down for {} (mean)",
        coverage->covered * 100, base::format_duration({coverage->freed_s}));
    if (told.insert(value + source).second) {
      out.push_back({bp[cases.events[id].component].name + " stands in for", value, source});
    }
  }
}

/// The day that ends of support are held against, where anything has one.
void add_day(const Blueprint& bp, base::Date as_of, std::vector<Assumption>& out) {
  if (std::any_of(bp.components().begin(), bp.components().end(),
                  [](const auto& c) { return !c.lifetimes.empty(); })) {
    out.push_back({"ends of support", "as of " + base::format_date(as_of),
                   "the day of the catalog, or of --today"});
  }
}

/// Objectives of classes that nobody declared.
void add_objectives(const Blueprint& bp, const std::vector<findings::SurvivalRow>& rows,
                    std::vector<Assumption>& out) {
  std::set<blueprint::FaultClass> told;
  for (const auto& row : rows) {
    const auto index = static_cast<std::size_t>(row.fault_class);
    if (!bp.objectives().recovery[index].is_known() && told.insert(row.fault_class).second) {
      out.push_back({fmt::format("objective for class {}", blueprint::name_of(row.fault_class)),
                     fmt::format("rto {}, rpo {}", base::format_duration(row.objective.rto),
                                 base::format_duration(row.objective.rpo)),
                     "not declared; default"});
    }
  }
}

}  // namespace

Study analyse(const Blueprint& bp, const catalog::Catalog& catalog,
              const AnalysisOptions& options) {
  Study study;
  findings::Analysis& out = study.analysis;
  const auto begin = [&](std::string_view step) {
    if (options.on_step) {
      options.on_step(step);
    }
  };
  begin("judge every event");
  const failure::Dependence dependence(bp);
  auto& [paths, cases, minutes, surge_replicas, figures] = study.workings;
  paths = failure::list_paths(bp);
  auto events = failure::list_events(bp, catalog);
  out.updated_rates = update_rates(options.records, bp, events);
  auto changes = add_changes(bp, catalog, events);
  cases = judge_all(bp, catalog, dependence, paths, std::move(events),
                    {options.seed, options.threads, options.earlier});
  judge_changes(bp, std::move(changes), cases);
  for (const auto& [id, change] : cases.changes) {
    out.changes.push_back(change);
  }
  out.survival = survival_table(bp, cases, paths);
  out.instances = list_instances(bp, cases);
  weigh_rows(bp, catalog, cases, out.survival, out.instances);
  begin("surge");
  std::vector<Assumption> of_load;
  if (auto row = clock::surge_row(bp, catalog, of_load, surge_replicas)) {
    out.survival.push_back(std::move(*row));
  }
  if (!paths.empty()) {
    begin("slow servers and cut zones");
    for (auto& row : clock::software_rows(bp, catalog, of_load)) {
      out.survival.push_back(std::move(row));
    }
  }
  begin("incidents");
  const auto telling = options.outcome_only ? replay::Telling::outcome : replay::Telling::story;
  for (auto& row : incident_rows(bp, catalog, dependence, paths, telling)) {
    out.survival.push_back(std::move(row));
  }
  out.serves_users = !paths.empty();
  begin("availability");
  if (out.serves_users) {
    auto result =
        availability_of(bp, catalog, dependence, cases, paths,
                        {.seed = options.seed,
                         .threads = options.threads,
                         .tells_causes = !options.outcome_only,
                         .budget = options.outcome_only ? kToCompare : faulttree::Budget{},
                         .with_interval = options.with_interval,
                         .asked_of_year = options.asked_of_year});
    out.availability = std::move(result.availability);
    minutes = std::move(result.minutes_of_event);
    out.importances = std::move(result.importances);
    figures = std::move(result.figures);
  }
  if (options.outcome_only) {
    return study;
  }
  begin("worst cases in time");
  for (findings::SurvivalRow& row : out.survival) {
    if (row.event.exists()) {
      row.effects = cascade_of(bp, cases.events[row.event], cases.impacts[row.event], paths);
    }
  }
  tell_courses(bp, catalog, dependence, paths, cases, options.seed, out.survival);
  begin("ways of an intruder");
  const Intruder intruder(bp);
  out.security = attacks_of(intruder);
  if (auto row = credential_row(intruder, out.security)) {
    out.survival.push_back(std::move(*row));
  }
  begin("findings");
  out.habits = grade_habits(bp, cases, out.instances, paths);
  out.depends_on = list_vendors(bp, cases, paths);
  out.stores = store_risks(bp, catalog);
  const base::Date as_of = options.as_of.value_or(catalog.tables().as_of);
  if (out.serves_users) {
    out.resilience = resilience_of(bp, catalog, dependence, cases, paths, as_of);
  }
  out.findings = derive_findings(bp, catalog, cases, paths, {minutes, out.stores, as_of}, intruder);
  out.assumptions = bp.assumptions();
  add_day(bp, as_of, out.assumptions);
  out.assumptions.insert(out.assumptions.end(), of_load.begin(), of_load.end());
  add_objectives(bp, out.survival, out.assumptions);
  add_rates(cases, out.assumptions);
  add_coverage(bp, cases, out.assumptions);
  add_what_people_find(bp, catalog, cases, out.assumptions);
  if (!out.changes.empty()) {
    const auto of_changes = ChangeFigures(catalog).assumptions();
    out.assumptions.insert(out.assumptions.end(), of_changes.begin(), of_changes.end());
  }
  return study;
}

}  // namespace outlast::pipeline
