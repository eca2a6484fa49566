#include "base/json_document.h"
#include "report/json_parts.h"
#include "report/surge.h"

namespace outlast::report {

using base::JsonWriter;
using findings::Likely;
using findings::Surge;
using findings::SurgePart;

namespace {

void write_seconds_range(JsonWriter& json, const std::string& key, const Likely& likely) {
  write_seconds(json, key, likely.value);
  write_seconds(json, key + "_low", likely.low);
  write_seconds(json, key + "_high", likely.high);
}

void write_part(JsonWriter& json, const SurgePart& part) {
  json.begin_object();
  json.member("id", part.id);
  json.member("name", part.name);
  json.member("limit", part.limit);
  write_seconds_range(json, "sustains_users", part.sustains);
  json.member("saturates_s", part.saturates_s);
  json.end_object();
}

void write_parts(JsonWriter& json, std::string_view key, const Surge& surge,
                 std::vector<double> SurgePart::*track) {
  json.key(key);
  json.begin_object();
  for (const SurgePart& part : surge.parts) {
    json.member(part.id, part.*track);
  }
  json.end_object();
}

void write_series(JsonWriter& json, const Surge& surge) {
  json.key("series");
  json.begin_object();
  json.member("step_s", surge.step_s);
  json.member("users", surge.users);
  json.member("offered_per_s", surge.offered);
  json.member("served_per_s", surge.served);
  json.member("failed_per_s", surge.failed);
  json.member("latency_s", surge.latency_s);
  json.member("usd_per_hour", surge.usd_per_hour);
  write_parts(json, "use", surge, &SurgePart::use);
  write_parts(json, "replicas", surge, &SurgePart::replicas);
  json.end_object();
}

}  // namespace

std::string surge_json(const Surge& surge, const std::string& name) {
  JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  json.member("name", name);
  json.member("from_users", surge.question.from_users);
  json.member("to_users", surge.question.to_users);
  json.member("within_s", surge.question.within_s);
  json.member("survives", findings::name_of(surge.survives));
  json.member("because", surge.because);
  json.key("saturates_first");
  if (surge.saturates_first) {
    json.value(surge.saturates_first->id);
  } else {
    json.null();
  }
  write_seconds_range(json, "at_users", surge.at_users);
  json.member("at_s", surge.at_s);
  json.member("lost_requests", surge.lost_requests);
  json.member("lost_share_at_worst", surge.lost_share);
  write_seconds(json, "down_s", surge.down_s);
  json.member("recovers", surge.recovers);
  json.member("recovered_s", surge.recovered_s);
  write_seconds_range(json, "max_sustainable_users", surge.max_sustainable_users);
  json.member("sustained_by", surge.sustained_by);
  write_list(json, "parts", surge.parts, [&](const SurgePart& part) { write_part(json, part); });
  write_series(json, surge);
  write_list(json, "story", surge.story,
             [&](const findings::TimedStep& step) { write_timed_step(json, step); });
  write_list(json, "assumptions", surge.assumptions,
             [&](const blueprint::Assumption& assumption) { write_assumption(json, assumption); });
  json.end_object();
  return json.take();
}

}  // namespace outlast::report
