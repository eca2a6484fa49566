#include "base/json_document.h"
#include "base/json_writer.h"
#include "incidents/read_incident.h"
#include "incidents/sheet.h"

namespace outlast::incidents {

using base::JsonWriter;

namespace {

constexpr int kSheetVersion = 1;

void begin(JsonWriter& json) {
  base::begin_document(json, kSheetVersion);
}

void write_head(JsonWriter& json, const Incident& incident) {
  json.member("id", incident.id);
  json.member("title", incident.title);
  json.member("began", format_moment(incident.began));
  json.member("ended", format_moment(incident.ended));
  json.member("length_s", incident.length_s());
  json.member("class", blueprint::name_of(incident.fault_class));
}

void write_figure(JsonWriter& json, std::string_view key, const std::optional<Figure>& figure) {
  json.key(key);
  if (!figure) {
    json.null();
    return;
  }
  json.begin_object();
  json.member("value", figure->value);
  json.member("source", figure->source);
  json.member("trust", std::string(1, static_cast<char>(figure->trust)));
  json.end_object();
}

void write_texts(JsonWriter& json, std::string_view key,
                 const std::map<std::string, std::string>& texts) {
  json.key(key);
  json.begin_object();
  for (const auto& [name, value] : texts) {
    json.member(name, value);
  }
  json.end_object();
}

void write_match(JsonWriter& json, const Selector& match) {
  json.key("match");
  json.begin_object();
  json.member("roles", match.roles);
  json.member("plane", blueprint::name_of(match.plane));
  json.key("operations");
  json.begin_array();
  for (const Operation operation : match.operations) {
    json.value(blueprint::name_of(operation));
  }
  json.end_array();
  json.member("everywhere", match.is_everywhere);
  json.member("in", match.place);
  write_texts(json, "cohort", match.cohort.traits);
  json.member("base", blueprint::name_of(match.cohort.base));
  write_figure(json, "share", match.cohort.share);
  json.end_object();
}

void write_phase(JsonWriter& json, const Incident& incident, const Phase& phase) {
  json.begin_object();
  json.member("id", phase.id);
  json.member("fault", blueprint::name_of(phase.fault));
  json.member("what", phase.what);
  write_match(json, phase.match);
  write_figure(json, "at_s", phase.at);
  if (phase.fault == Fault::destroy) {
    json.key("ends_s");
    json.null();  // it never does
  } else {
    json.member("ends_s", ending_of(incident, phase).until_s);
  }
  write_figure(json, "until_s", phase.until);
  write_figure(json, "reaches_s", phase.reaches);
  write_figure(json, "error", phase.error);
  json.member("redrawn", phase.redraw.has_value());
  json.member("follows", phase.follows);
  json.member("is_recovery_work", phase.is_recovery_work);
  json.end_object();
}

void write_action(JsonWriter& json, const Incident& incident, const Action& action) {
  json.begin_object();
  json.member("recovery", blueprint::name_of(action.remedy));
  json.member("what", action.what);
  write_figure(json, "at_s", action.at);
  write_figure(json, "reaches_s", action.reaches);
  json.member("one_by_one", action.is_one_by_one);
  json.member("ends", action.ends);
  json.member("needs", action.needs);
  json.key("held_by");
  json.begin_array();
  for (const Phase* phase : holding(incident, action)) {
    json.value(phase->id);
  }
  json.end_array();
  json.member("instead", action.instead);
  json.member("done_s", done_s(incident, action));
  json.end_object();
}

void write_boundary(JsonWriter& json, const Boundary& boundary) {
  json.begin_object();
  json.member("boundary", boundary.name);
  json.member("what", boundary.what);
  write_figure(json, "at_s", boundary.at);
  json.member("decision", boundary.is_decision);
  json.end_object();
}

}  // namespace

std::string list_json(const std::vector<Incident>& all) {
  JsonWriter json;
  begin(json);
  json.key("incidents");
  json.begin_array();
  for (const Incident& incident : all) {
    json.begin_object();
    write_head(json, incident);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

std::string sheet_json(const Incident& incident) {
  JsonWriter json;
  begin(json);
  write_head(json, incident);
  write_texts(json, "roles", incident.roles);
  json.key("faults");
  json.begin_array();
  for (const Phase& phase : incident.phases) {
    write_phase(json, incident, phase);
  }
  json.end_array();
  json.key("recoveries");
  json.begin_array();
  for (const Action& action : incident.actions) {
    write_action(json, incident, action);
  }
  json.end_array();
  json.key("boundaries");
  json.begin_array();
  for (const Boundary& boundary : incident.boundaries) {
    write_boundary(json, boundary);
  }
  json.end_array();
  json.key("sources");
  json.begin_object();
  for (const auto& [name, source] : incident.sources) {
    json.key(name);
    json.begin_object();
    json.member("url", source.url);
    json.member("date", source.date);
    json.member("about", source.about);
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return json.take();
}

}  // namespace outlast::incidents
