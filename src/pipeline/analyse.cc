#include "pipeline/analyse.h"
#include <cstdio>
#include <ctime>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/parallel.h"
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

/// The steps of an analysis. How much of the time users are served is worked out beside all else that
/// is asked of the judged cases: the steps of that are told, then the one that is waited for.
class Analyst {
 public:
  Analyst(const Blueprint& bp, const catalog::Catalog& catalog, const AnalysisOptions& options)
      : bp_(bp),
        catalog_(catalog),
        options_(options),
        dependence_(bp),
        paths_(study_.workings.paths),
        cases_(study_.workings.cases),
        out_(study_.analysis) {}

  Study analyse() {
    begin("judge every event");
    judge();
    base::parallel_for(2, options_.threads, [&](std::size_t part) {
      if (part == 1) {
        measure_availability();
        return;
      }
      play_load_and_incidents();
      if (!options_.outcome_only) {
        tell_of_cases();
      }
      begin("availability");
    });
    if (!options_.outcome_only) {
      derive();
    }
    return std::move(study_);
  }

 private:
  void begin(std::string_view step) {
    if (options_.on_step) {
      options_.on_step(step);
    }
  }

  void judge() {
    paths_ = failure::list_paths(bp_);
    out_.serves_users = !paths_.empty();
    auto events = failure::list_events(bp_, catalog_);
    out_.updated_rates = update_rates(options_.records, bp_, events);
    auto changes = add_changes(bp_, catalog_, events);
    cases_ = judge_all(bp_, catalog_, dependence_, paths_, std::move(events),
                       {options_.seed, options_.threads, options_.earlier});
    judge_changes(bp_, std::move(changes), cases_);
    for (const auto& [id, change] : cases_.changes) {
      out_.changes.push_back(change);
    }
    out_.survival = survival_table(bp_, cases_, paths_);
    out_.instances = list_instances(bp_, cases_);
    weigh_rows(bp_, catalog_, cases_, out_.survival, out_.instances);
  }

  void measure_availability() {
    if (!out_.serves_users) {
      return;
    }
    auto result =
        availability_of(bp_, catalog_, dependence_, cases_, paths_,
                        {.seed = options_.seed,
                         .threads = options_.threads,
                         .tells_causes = !options_.outcome_only,
                         .budget = options_.outcome_only ? kToCompare : faulttree::Budget{},
                         .with_interval = options_.with_interval,
                         .asked_of_year = options_.asked_of_year});
    out_.availability = std::move(result.availability);
    out_.importances = std::move(result.importances);
    study_.workings.minutes_of_event = std::move(result.minutes_of_event);
    study_.workings.figures = std::move(result.figures);
  }

  /// Rows of the clock.
  void play_load_and_incidents() {
    begin("surge");
    if (auto row = clock::surge_row(bp_, catalog_, of_load_, study_.workings.in_surge)) {
      out_.survival.push_back(std::move(*row));
    }
    if (out_.serves_users) {
      begin("slow servers and cut zones");
      for (auto& row : clock::software_rows(bp_, catalog_, of_load_)) {
        out_.survival.push_back(std::move(row));
      }
    }
    begin("incidents");
    const auto telling = options_.outcome_only ? replay::Telling::outcome : replay::Telling::story;
    for (auto& row : incident_rows(bp_, catalog_, dependence_, paths_, telling)) {
      out_.survival.push_back(std::move(row));
    }
  }

  /// What is told of the cases beside how often and how long.
  void tell_of_cases() {
    begin("worst cases in time");
    for (findings::SurvivalRow& row : out_.survival) {
      if (row.event.exists()) {
        row.effects = cascade_of(bp_, cases_.events[row.event], cases_.impacts[row.event], paths_);
      }
    }
    tell_courses(bp_, catalog_, dependence_, paths_, cases_, options_.seed, out_.survival);
    begin("ways of an intruder");
    intruder_.emplace(bp_);
    out_.security = attacks_of(*intruder_);
    if (auto row = credential_row(*intruder_, out_.security)) {
      out_.survival.push_back(std::move(*row));
    }
    out_.habits = grade_habits(bp_, cases_, out_.instances, paths_);
    out_.depends_on = list_vendors(bp_, cases_, paths_);
    out_.stores = store_risks(bp_, catalog_);
    if (out_.serves_users) {
      out_.resilience = resilience_of(bp_, catalog_, dependence_, cases_, paths_, as_of());
    }
  }

  void derive() {
    begin("findings");
    out_.findings =
        derive_findings(bp_, catalog_, cases_, paths_,
                        {study_.workings.minutes_of_event, out_.stores, as_of()}, *intruder_);
    out_.assumptions = bp_.assumptions();
    add_day(bp_, as_of(), out_.assumptions);
    out_.assumptions.insert(out_.assumptions.end(), of_load_.begin(), of_load_.end());
    add_objectives(bp_, out_.survival, out_.assumptions);
    add_rates(cases_, out_.assumptions);
    add_coverage(bp_, cases_, out_.assumptions);
    add_what_people_find(bp_, catalog_, cases_, out_.assumptions);
    if (!out_.changes.empty()) {
      const auto of_changes = ChangeFigures(catalog_).assumptions();
      out_.assumptions.insert(out_.assumptions.end(), of_changes.begin(), of_changes.end());
    }
  }

  [[nodiscard]] base::Date as_of() const {
    return options_.as_of.value_or(catalog_.tables().as_of);
  }

  const Blueprint& bp_;
  const catalog::Catalog& catalog_;
  const AnalysisOptions& options_;
  failure::Dependence dependence_;
  std::optional<Intruder> intruder_;
  std::vector<Assumption> of_load_;
  Study study_;
  std::vector<failure::Path>& paths_;
  Cases& cases_;
  findings::Analysis& out_;
};

}  // namespace

Study analyse(const Blueprint& bp, const catalog::Catalog& catalog,
              const AnalysisOptions& options) {
  return Analyst(bp, catalog, options).analyse();
}

}  // namespace outlast::pipeline
