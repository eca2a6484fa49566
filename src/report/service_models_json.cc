#include "base/json_document.h"
#include "report/json_parts.h"
#include "report/service_models.h"
#include "report/variant_json.h"

namespace outlast::report {

using base::JsonWriter;
using findings::ServiceVariant;

namespace {

void write_work(JsonWriter& json, const ServiceVariant& variant) {
  double low = 0;
  double high = 0;
  for (const auto& task : variant.numbers.operates) {
    low += task.hours_low;
    high += task.hours_high;
  }
  write_operates(json, variant.numbers);
  json.member("operator_hours_month_low", low);
  json.member("operator_hours_month_high", high);
  json.member("first_release_hours_low", variant.first_release_low);
  json.member("first_release_hours_high", variant.first_release_high);
  json.member("planned_minutes_year_low", variant.planned_low);
  json.member("planned_minutes_year_high", variant.planned_high);
  json.member("sources", variant.sources);
}

void write_step(JsonWriter& json, const findings::TwinStep& step) {
  json.begin_object();
  json.member("component", step.component);
  json.member("what", step.what);
  json.member("from", step.from);
  json.member("to", step.to);
  json.member("why", step.why);
  json.member("lock_in", step.lock_in);
  json.member("lock_in_why", step.lock_in_why);
  json.member("source", step.source);
  json.member("as_of", step.as_of);
  json.member("trust", step.trust);
  json.end_object();
}

void write_cost_by_users(JsonWriter& json, const ServiceVariant& variant) {
  write_list(json, "cost_by_users", variant.cost_by_users, [&](const findings::CostAtLoad& at) {
    json.begin_object();
    json.member("users", at.users);
    write_usd(json, "month", at.monthly);
    json.end_object();
  });
  json.member("cost_ends", variant.cost_ends);
}

void write_service_variant(JsonWriter& json, const ServiceVariant& variant) {
  json.begin_object();
  write_variant_members(json, variant.numbers);
  write_usd(json, "cost_month_at_users", variant.cost_at_users);
  json.member("security_findings", variant.security_findings);
  write_work(json, variant);
  write_list(json, "survival", variant.survival, [&](const findings::CaseVerdict& row) {
    json.begin_object();
    json.member("case", row.worst_case);
    json.member("mode", row.mode);
    json.member("survives", findings::name_of(row.survives));
    json.end_object();
  });
  json.member("without_price", variant.unpriced);
  write_cost_by_users(json, variant);
  write_list(json, "components_replaced", variant.steps,
             [&](const findings::TwinStep& step) { write_step(json, step); });
  json.end_object();
}

/// Of all twins, beside the one as it is.
void write_changes(JsonWriter& json, const findings::ServiceModels& models) {
  json.key("changes");
  json.begin_array();
  for (const ServiceVariant& variant : models.variants) {
    for (const findings::ComponentChange& change : variant.changes) {
      json.begin_object();
      json.member("variant", variant.numbers.name);
      write_change_members(json, change);
      json.end_object();
    }
  }
  json.end_array();
}

}  // namespace

std::string service_models_json(const ServiceModelsContent& content) {
  const auto& models = content.models;
  JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  json.member("name", content.name);
  json.member("users", content.surge.from_users);
  json.member("to_users", content.surge.to_users);
  json.member("within_s", content.surge.within_s);
  write_list(json, "variants", models.variants,
             [&](const ServiceVariant& variant) { write_service_variant(json, variant); });
  write_break_even(json, models.break_even);
  write_changes(json, models);
  json.member("components_without_cloud", models.without_cloud);
  json.member("hint", cloud_hint(models));
  write_list(json, "assumptions", models.assumptions,
             [&](const blueprint::Assumption& assumption) { write_assumption(json, assumption); });
  json.end_object();
  return json.take();
}

std::string service_models_for_page(const findings::ServiceModels& models) {
  JsonWriter json;
  json.begin_object();
  write_list(json, "variants", models.variants, [&](const ServiceVariant& variant) {
    json.begin_object();
    write_variant_members(json, variant.numbers);
    write_cost_by_users(json, variant);
    json.end_object();
  });
  write_break_even(json, models.break_even);
  json.end_object();
  return json.take();
}

}  // namespace outlast::report
