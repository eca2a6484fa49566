#include "base/json_document.h"
#include "report/comparison.h"
#include "report/json_parts.h"
#include "report/variant_json.h"

namespace outlast::report {

using base::JsonWriter;
using findings::Comparison;

namespace {

void write_row(JsonWriter& json, std::string_view key,
               const std::optional<findings::SurvivalRow>& row) {
  json.key(key);
  if (!row) {
    json.null();
    return;
  }
  json.begin_object();
  write_row_members(json, *row);
  json.end_object();
}

void write_component(JsonWriter& json, LineFinder& lines, const base::Sources& sources,
                     const findings::ComponentChange& change) {
  json.begin_object();
  write_change_members(json, change);
  json.member("downtime_minutes_per_year", change.downtime_minutes);
  json.key("evidence");
  write_place(json, lines, sources, change.evidence);
  json.end_object();
}

void write_finding(JsonWriter& json, LineFinder& lines, const base::Sources& sources,
                   const findings::FindingChange& change) {
  const findings::Finding& finding = change.finding;
  json.begin_object();
  json.member("change", change.is_new ? "new" : "gone");
  json.member("rule", finding.rule);
  json.member("name", finding.name);
  json.member("severity", findings::name_of(finding.severity));
  json.member("goal", findings::name_of(finding.goal));
  json.member("title", finding.title);
  json.member("claim", finding.claim);
  json.member("remedy", finding.remedy);
  json.member("components", finding.components);
  json.member("fingerprint", finding.fingerprint);
  write_list(json, "evidence", finding.evidence, [&](const blueprint::Evidence& evidence) {
    write_place(json, lines, sources, evidence);
  });
  json.member("causes", change.causes);
  json.end_object();
}

void write_objective(JsonWriter& json, std::string_view key,
                     const std::optional<findings::DeclaredObjective>& objective) {
  json.key(key);
  if (!objective) {
    json.null();
    return;
  }
  json.begin_object();
  json.member("wanted", objective->wanted);
  if (objective->is_met) {
    json.member("met", *objective->is_met == base::Truth::unknown
                           ? std::nullopt
                           : std::optional(*objective->is_met == base::Truth::yes));
  }
  json.end_object();
}

void write_others(JsonWriter& json, const Comparison& comparison) {
  write_list(json, "survival", comparison.rows, [&](const findings::RowChange& change) {
    json.begin_object();
    write_row(json, "base", change.base);
    write_row(json, "head", change.head);
    json.member("causes", change.causes);
    json.end_object();
  });
  write_list(json, "objectives", comparison.objectives,
             [&](const findings::ObjectiveChange& change) {
               json.begin_object();
               json.member("objective", change.what);
               write_objective(json, "base", change.base);
               write_objective(json, "head", change.head);
               json.member("text", objective_change_text(change));
               json.end_object();
             });
  write_list(json, "single_points", comparison.single_points,
             [&](const findings::SinglePointChange& change) {
               json.begin_object();
               json.member("change", change.is_new ? "new" : "gone");
               json.member("id", change.id);
               json.member("name", change.name);
               json.member("causes", change.causes);
               json.end_object();
             });
  write_list(json, "attack_paths", comparison.paths, [&](const findings::AttackPathChange& change) {
    json.begin_object();
    json.member("change", change.is_new ? "new" : "gone");
    json.member("to", change.path.to);
    json.member("holds", change.path.holds);
    json.member("path", change.path.text);
    json.member("causes", change.causes);
    json.end_object();
  });
  write_list(json, "cost", comparison.costs, [&](const findings::CostChange& change) {
    json.begin_object();
    json.member("of", change.of);
    write_usd(json, "base_usd", change.base);
    write_usd(json, "head_usd", change.head);
    json.member("is_known", change.is_known);
    json.end_object();
  });
}

}  // namespace

std::string comparison_json(const ComparisonContent& content) {
  const Comparison& comparison = content.comparison;
  LineFinder lines(content.sources);
  JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  json.member("headline", headline(comparison));
  write_list(json, "renames", comparison.renames, [&](const findings::Rename& rename) {
    json.begin_object();
    json.member("from", rename.from);
    json.member("to", rename.to);
    json.member("is_stated", rename.is_stated);
    json.member("risks_data", rename.risks_data);
    json.end_object();
  });
  write_list(json, "lost_references", comparison.lost, [&](const findings::LostReference& lost) {
    json.begin_object();
    json.member("component", lost.id);
    json.member("names", lost.what);
    json.key("evidence");
    write_place(json, lines, content.sources, lost.evidence);
    json.end_object();
  });
  json.key("variants");
  json.begin_array();
  for (const findings::Variant* variant : {&comparison.base, &comparison.head}) {
    json.begin_object();
    write_variant_members(json, *variant);
    write_operates(json, *variant);
    json.end_object();
  }
  json.end_array();
  write_break_even(json, comparison.break_even);
  write_list(json, "changes", comparison.components, [&](const findings::ComponentChange& change) {
    write_component(json, lines, content.sources, change);
  });
  write_others(json, comparison);
  write_list(json, "findings", comparison.findings, [&](const findings::FindingChange& change) {
    write_finding(json, lines, content.sources, change);
  });
  json.key("gate");
  json.begin_object();
  json.member("outcome", gate::name_of(content.decision.outcome));
  json.member("reasons", content.decision.reasons);
  json.end_object();
  json.end_object();
  return json.take();
}

}  // namespace outlast::report
