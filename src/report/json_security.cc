#include "report/json_security.h"

#include "report/json_parts.h"

namespace outlast::report {

using base::JsonWriter;
using findings::AttackPath;
using findings::AttackStep;
using findings::BlastRadius;

namespace {

std::string_view name_of(base::Truth truth) {
  return truth == base::Truth::yes ? "yes" : truth == base::Truth::no ? "no" : "unknown";
}

void write_step(JsonWriter& json, LineFinder& lines, const AttackStep& step) {
  json.begin_object();
  json.member("component", step.component);
  json.member("text", step.text);
  json.member("how", step.how);
  json.key("evidence");
  write_evidence(json, lines, step.evidence);
  json.end_object();
}

void write_path(JsonWriter& json, LineFinder& lines, const AttackPath& path) {
  json.begin_object();
  json.member("to", path.to);
  json.member("text", path.text);
  json.member("open", name_of(path.truth));
  json.member("break_ins", path.break_ins);
  json.member("by_design", path.is_by_design);
  json.member("only_in_failover", path.only_in_failover);
  json.key("holds");
  path.holds.empty() ? json.null() : json.value(path.holds);
  json.member("holds_is_guessed", path.holds_is_guessed);
  write_list(json, "steps", path.steps,
             [&](const AttackStep& step) { write_step(json, lines, step); });
  json.end_object();
}

void write_radius(JsonWriter& json, const BlastRadius& radius) {
  json.begin_object();
  json.member("of", radius.of);
  json.member("name", radius.name);
  json.member("kind", radius.is_credential ? "credential" : "component");
  json.member("data", radius.data);
  json.member("perhaps_data", radius.may_data);
  json.member("components_reached", radius.reaches);
  json.end_object();
}

}  // namespace

void write_security(JsonWriter& json, LineFinder& lines, const findings::Security& security) {
  json.key("security");
  json.begin_object();
  write_list(json, "paths", security.paths,
             [&](const AttackPath& path) { write_path(json, lines, path); });
  json.key("smallest_cut");
  if (!security.cut.is_asked) {
    json.null();
  } else {
    json.begin_object();
    json.member("possible", security.cut.is_possible);
    write_list(json, "edges", security.cut.edges,
               [&](const AttackStep& step) { write_step(json, lines, step); });
    json.end_object();
  }
  write_list(json, "blast_radius", security.radii,
             [&](const BlastRadius& radius) { write_radius(json, radius); });
  json.end_object();
}

}  // namespace outlast::report
