#include "report/resilience_json.h"

#include "report/json_parts.h"

namespace outlast::report {

using base::JsonWriter;

namespace {

void write_fault(JsonWriter& json, const findings::DoubleFault& fault) {
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

void write_resilience(JsonWriter& json, const findings::Resilience& resilience) {
  json.key("double_faults");
  json.begin_object();
  json.member("count", resilience.double_faults.count);
  json.member("complete", resilience.double_faults.is_complete);
  write_list(json, "worst", resilience.double_faults.worst,
             [&](const findings::DoubleFault& fault) { write_fault(json, fault); });
  json.end_object();
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
