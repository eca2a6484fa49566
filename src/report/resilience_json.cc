#include "report/resilience_json.h"

#include "report/json_parts.h"

namespace outlast::report {

using base::JsonWriter;

namespace {

void write_fault(JsonWriter& json, const findings::FaultSet& fault) {
  json.begin_object();
  json.member("events", fault.events);
  json.member("planned", fault.is_planned);
  json.member("journeys", fault.journeys);
  json.member("users_fraction", fault.users);
  json.member("share_of_time", fault.share_of_time);
  json.member("every_years", fault.every_years);
  json.member("alike", fault.alike);
  json.end_object();
}

void write_fault_sets(JsonWriter& json, std::string_view key, const findings::FaultSets& sets) {
  json.key(key);
  json.begin_object();
  json.member("count", sets.count);
  json.member("complete", sets.is_complete);
  json.member("downtime_minutes_per_year", sets.minutes);
  write_list(json, "worst", sets.worst,
             [&](const findings::FaultSet& fault) { write_fault(json, fault); });
  json.end_object();
}

void write_need(JsonWriter& json, const findings::RecoveryNeed& need) {
  json.begin_object();
  json.member("vendor", need.vendor);
  json.member("component", need.component);
  json.member("strength", blueprint::name_of(need.strength));
  json.member("needed_by", need.needed_by);
  json.end_object();
}

void write_work(JsonWriter& json, const findings::PlannedWork& work) {
  json.begin_object();
  json.member("component", work.component);
  json.key("service_model");
  work.service_model ? json.value(blueprint::name_of(*work.service_model)) : json.null();
  json.key("on");
  work.on ? json.value(base::format_date(*work.on)) : json.null();
  json.member("per_year", work.per_year);
  json.member("lasts_s", work.lasts_s);
  json.member("downtime_minutes_per_year", work.downtime_minutes_per_year);
  json.member("source", work.source);
  json.end_object();
}

}  // namespace

void write_importances(JsonWriter& json, const findings::Importances& importances) {
  json.key("importance");
  json.begin_object();
  json.member("count", importances.count);
  json.member("complete", importances.is_complete);
  write_list(json, "worst", importances.worst, [&](const findings::Importance& one) {
    json.begin_object();
    json.member("event", one.event);
    json.member("component", one.component);
    json.member("alike", one.alike);
    json.member("every_years", 1 / one.per_year);
    json.member("downtime_minutes_per_year", one.minutes);
    json.member("fussell_vesely", one.fussell_vesely);
    json.member("birnbaum", one.birnbaum);
    json.member("raw", one.raw);
    json.end_object();
  });
  json.end_object();
}

void write_resilience(JsonWriter& json, const findings::Resilience& resilience) {
  write_fault_sets(json, "single_faults", resilience.single_faults);
  write_fault_sets(json, "double_faults", resilience.double_faults);
  write_list(json, "vendor_sets", resilience.vendor_sets, [&](const findings::VendorSets& sets) {
    json.begin_object();
    json.member("journey", sets.journey);
    json.member("smallest", sets.sets);
    json.end_object();
  });
  write_list(json, "recovery_needs", resilience.recovery_needs,
             [&](const findings::RecoveryNeed& need) { write_need(json, need); });
  write_list(json, "recovery_tools", resilience.tools, [&](const findings::RecoveryTool& tool) {
    json.begin_object();
    json.member("role", tool.role);
    json.member("vendors", tool.vendors);
    json.member("shown_by", tool.shown_by);
    json.end_object();
  });
  write_list(json, "planned_work", resilience.planned,
             [&](const findings::PlannedWork& work) { write_work(json, work); });
}

}  // namespace outlast::report
