#include "report/changes_json.h"

#include "report/json_parts.h"

namespace outlast::report {

using base::JsonWriter;
using findings::Change;

namespace {

void write_reach(JsonWriter& json, std::string_view name, const findings::ChangeReach& reach) {
  json.key(name);
  json.begin_object();
  json.member("reached", reach.reached);
  json.member("everyone", reach.everyone);
  json.member("failed_request_s", reach.harm_s);
  json.end_object();
}

void write_change(JsonWriter& json, const Change& change) {
  json.begin_object();
  json.member("what", change.what);
  json.member("channel", change.is_release ? "release" : "configuration");
  json.key("strategy");
  change.strategy.empty() ? json.null() : json.value(change.strategy);
  json.key("steps");
  json.value(change.steps);
  json.member("watched", change.is_watched);
  json.member("unknown", change.unknown);
  json.member("users", change.users);
  write_reach(json, "best", change.best);
  write_reach(json, "worst", change.worst);
  json.member("bad_per_year", change.bad_per_year);
  json.member("user_minutes_per_year", change.minutes_per_year);
  json.end_object();
}

}  // namespace

void write_changes(JsonWriter& json, const std::vector<Change>& changes) {
  write_list(json, "changes", changes, [&](const Change& change) { write_change(json, change); });
}

}  // namespace outlast::report
