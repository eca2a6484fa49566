#include "base/json_document.h"
#include "report/changes_json.h"
#include "report/cost.h"
#include "report/json_components.h"
#include "report/json_parts.h"
#include "report/json_security.h"
#include "report/json_stores.h"
#include "report/report.h"
#include "report/resilience_json.h"

namespace outlast::report {

using base::JsonWriter;
using findings::Finding;
using findings::SurvivalRow;

namespace {

void write_inputs(JsonWriter& json, const Content& content) {
  json.key("inputs");
  json.begin_array();
  for (const InputLine& input : content.inputs) {
    json.begin_object();
    json.member("path", input.path);
    json.member("format", input.format);
    json.member("sha256", content.sources.sha256(input.source));
    json.end_object();
  }
  json.end_array();
}

void write_data(JsonWriter& json, const std::vector<findings::DataPack>& packs) {
  json.key("data");
  json.begin_object();
  for (const findings::DataPack& pack : packs) {
    json.member(pack.name, pack.as_of);
  }
  json.end_object();
}

void write_coverage(JsonWriter& json, const blueprint::Coverage& coverage) {
  json.key("coverage");
  json.begin_object();
  json.member("resources", coverage.resources);
  json.member("understood", coverage.understood);
  json.member("unknown_types", coverage.unknown_types);
  json.member("unknown_attributes", coverage.unknown_attributes);
  json.end_object();
}

void write_row(JsonWriter& json, const SurvivalRow& row, gate::Outcome outcome) {
  json.begin_object();
  write_row_members(json, row);
  write_course(json, row);
  json.member("gate", gate::name_of(outcome));
  json.end_object();
}

void write_next_year(JsonWriter& json, const std::optional<findings::NextYear>& next) {
  json.key("next_year");
  if (!next) {
    json.null();
    return;
  }
  json.begin_object();
  json.member("p_none", next->p_none.value);
  write_ends(json, "p_none_low", next->p_none.low, "p_none_high", next->p_none.high);
  json.member("median_minutes", next->median_minutes);
  json.member("one_in_ten_minutes", next->one_in_ten_minutes);
  const auto& met = next->p_objective_met;
  json.member("p_objective_met", met ? std::optional(met->value) : std::nullopt);
  json.member("p_objective_met_low", met ? std::optional(met->low) : std::nullopt);
  json.member("p_objective_met_high", met ? std::optional(met->high) : std::nullopt);
  json.member("years_sampled", next->years);
  json.end_object();
}

void write_availability(JsonWriter& json, const std::optional<findings::Availability>& a) {
  json.key("availability");
  if (!a) {
    json.null();
    return;
  }
  json.begin_object();
  json.member("value", a->value);
  write_ends(json, "low", a->low, "high", a->high);
  json.member("mean_low", a->mean_low);
  json.member("mean_high", a->mean_high);
  json.member("exactness", findings::name_of(a->exactness));
  json.member("range_exactness", findings::name_of(a->range_exactness));
  json.member("downtime_minutes_per_year", (1 - a->value) * base::kMinutesPerYear);
  json.member("outages_per_year", a->outages_per_year);
  json.member("mean_outage_s", a->mean_outage_s);
  json.member("objective", a->objective);
  json.member("met", a->met);
  write_next_year(json, a->next_year);
  json.key("journeys");
  json.begin_array();
  for (const auto& journey : a->journeys) {
    json.begin_object();
    json.member("name", journey.name);
    json.member("weight", journey.weight);
    json.member("value", journey.value);
    write_ends(json, "low", journey.low, "high", journey.high);
    json.member("outages_per_year", journey.outages_per_year);
    json.member("mean_outage_s", journey.mean_outage_s);
    json.member("masked_interruptions_per_year", journey.interruptions_per_year);
    json.member("objective", journey.objective);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_updated(JsonWriter& json, LineFinder& lines, const findings::UpdatedRate& rate) {
  json.begin_object();
  json.member("of", rate.of);
  json.member("failures", rate.failures);
  json.member("exposure_s", rate.exposure_s);
  json.member("before_per_year", rate.before_per_year);
  json.member("after_per_year", rate.after_per_year);
  json.member("events", rate.events);
  json.key("evidence");
  write_evidence(json, lines, rate.evidence);
  json.end_object();
}

void write_habit(JsonWriter& json, std::string_view name, const findings::Habit& habit) {
  json.key(name);
  json.begin_object();
  json.member("grade", findings::name_of(habit.grade));
  json.member("value", habit.value);
  json.member("evidence", habit.evidence);
  json.end_object();
}

void write_habits(JsonWriter& json, const findings::Habits& habits) {
  json.key("habits");
  json.begin_object();
  write_habit(json, "assumes_failure", habits.assumes_failure);
  write_habit(json, "spread_out", habits.spread_out);
  write_habit(json, "rolls_out_in_steps", habits.rolls_out_in_steps);
  write_habit(json, "loosely_coupled", habits.loosely_coupled);
  json.end_object();
}

void write_ignore(JsonWriter& json, const gate::Decision& decision, std::size_t finding) {
  json.key("ignored");
  const auto& by = decision.findings[finding].ignored_by;
  if (!by) {
    json.null();
    return;
  }
  const gate::Ignore& ignore = decision.ignores[*by];
  json.begin_object();
  json.member("by", gate::name_of(ignore.origin));
  json.member("reason", ignore.reason);
  json.key("until");
  ignore.until ? json.value(base::format_date(*ignore.until)) : json.null();
  json.end_object();
}

void write_finding(JsonWriter& json, const Content& content, LineFinder& lines, std::size_t index) {
  const Finding& finding = content.analysis.findings[index];
  json.begin_object();
  json.member("rule", finding.rule);
  json.member("name", finding.name);
  json.member("severity", findings::name_of(finding.severity));
  json.member("goal", findings::name_of(finding.goal));
  json.member("components", finding.components);
  json.member("title", finding.title);
  json.member("claim", finding.claim);
  json.key("evidence");
  json.begin_array();
  for (const auto& evidence : finding.evidence) {
    write_evidence(json, lines, evidence);
  }
  json.end_array();
  json.member("remedy", finding.remedy);
  json.member("confidence", blueprint::name_of(finding.confidence));
  json.member("downtime_minutes_per_year", finding.downtime_minutes_per_year);
  json.member("cut", finding.cut);
  json.member("fingerprint", finding.fingerprint);
  json.member("fails", content.decision.findings[index].fails);
  json.key("in_baseline");
  content.decision.has_baseline ? json.value(content.decision.findings[index].is_known)
                                : json.null();
  write_ignore(json, content.decision, index);
  json.end_object();
}

void write_findings(JsonWriter& json, const Content& content, LineFinder& lines) {
  json.key("findings");
  json.begin_array();
  for (const std::size_t i : shown_findings(content)) {
    write_finding(json, content, lines, i);
  }
  json.end_array();
}

void write_survival(JsonWriter& json, const Content& content) {
  json.key("survival");
  json.begin_array();
  for (std::size_t i = 0; i < content.analysis.survival.size(); ++i) {
    write_row(json, content.analysis.survival[i], content.decision.survival[i]);
  }
  json.end_array();
}

void write_gate(JsonWriter& json, const gate::Decision& decision) {
  json.key("gate");
  json.begin_object();
  json.member("outcome", gate::name_of(decision.outcome));
  json.member("findings", gate::name_of(decision.of_findings));
  json.key("fixed_since_baseline");
  json.begin_array();
  for (const gate::BaselineEntry& entry : decision.fixed) {
    json.begin_object();
    json.member("rule", entry.rule);
    json.member("title", entry.title);
    json.end_object();
  }
  json.end_array();
  json.member("budget", gate::name_of(decision.of_budget));
  json.member("year", gate::name_of(decision.of_year));
  json.key("availability");
  json.begin_array();
  for (const gate::Objective& objective : decision.objectives) {
    json.begin_object();
    json.key("journey");
    objective.name.empty() ? json.null() : json.value(objective.name);
    json.member("wanted", objective.wanted);
    write_ends(json, "low", objective.low, "high", objective.high);
    json.member("outcome", gate::name_of(objective.outcome));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_fix(JsonWriter& json, const Content& content, const findings::Fix& fix) {
  json.begin_object();
  json.member("fingerprint", content.analysis.findings[fix.findings.front()].fingerprint);
  json.member("component", fix.components.front());
  json.key("components");
  json.begin_array();
  for (const std::string& id : fix.components) {
    json.value(id);
  }
  json.end_array();
  json.member("remedy", fix.remedy);
  json.key("changes");
  json.begin_array();
  for (const auto& change : fix.changes) {
    json.begin_object();
    json.member("case", change.worst_case);
    json.key("mode");
    change.mode.empty() ? json.null() : json.value(change.mode);
    json.key("scope");
    change.scope.empty() ? json.null() : json.value(change.scope);
    json.member("before", findings::name_of(change.before));
    json.member("after", findings::name_of(change.after));
    json.end_object();
  }
  json.end_array();
  json.member("hours_saved_per_year", fix.hours_saved_per_year);
  json.end_object();
}

}  // namespace

std::string to_json(const Content& content) {
  JsonWriter json;
  LineFinder lines(content.sources);
  const auto& analysis = content.analysis;
  base::begin_document(json, kSchemaVersion);
  write_data(json, content.data);
  json.member("seed", static_cast<std::int64_t>(content.seed));
  json.member("name", content.blueprint.name());
  write_inputs(json, content);
  write_coverage(json, content.blueprint.coverage());
  write_components(json, content.blueprint, lines);
  write_journeys(json, content.blueprint);
  write_survival(json, content);
  write_availability(json, analysis.availability);
  write_cost(json, lines, analysis.cost);
  write_habits(json, analysis.habits);
  write_list(json, "depends_on", analysis.depends_on, [&](const findings::VendorShare& vendor) {
    json.begin_object();
    json.member("vendor", vendor.vendor);
    json.member("users_fraction", vendor.share);
    json.member("value_fraction", vendor.money);
    json.end_object();
  });
  write_stores(json, analysis.stores);
  write_changes(json, analysis.changes);
  write_importances(json, analysis.importances);
  write_resilience(json, analysis.resilience);
  write_security(json, lines, analysis.security);
  write_list(json, "updated_rates", analysis.updated_rates,
             [&](const findings::UpdatedRate& rate) { write_updated(json, lines, rate); });
  write_findings(json, content, lines);
  write_gate(json, content.decision);
  write_list(json, "fix_first", shown_fixes(content),
             [&](const findings::Fix& fix) { write_fix(json, content, fix); });
  write_list(json, "assumptions", analysis.assumptions,
             [&](const blueprint::Assumption& a) { write_assumption(json, a); });
  json.end_object();
  return json.take();
}

}  // namespace outlast::report
