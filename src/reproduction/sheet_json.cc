#include <cmath>

#include "base/json_document.h"
#include "base/json_writer.h"
#include "reproduction/sheet.h"

namespace outlast::reproduction {

using base::JsonWriter;

namespace {

constexpr int kSheetVersion = 1;

/// Never is null.
void write_time(JsonWriter& json, std::string_view key, double seconds) {
  json.member(key, std::isfinite(seconds) ? std::optional(seconds) : std::nullopt);
}

void write_row(JsonWriter& json, const Reproduction& reproduction, const Row& row) {
  json.begin_object();
  json.member("boundary", row.boundary);
  json.member("published_s", row.published_s);
  json.member("trust", std::string(1, static_cast<char>(row.trust)));
  write_time(json, "predicted_s", row.predicted.at_s);
  write_time(json, "low_s", row.predicted.low_s);
  write_time(json, "high_s", row.predicted.high_s);
  json.member("phase_s", row.phase_s);
  json.member("error", row.error());
  json.member("decided", row.after);
  json.member("error_after_decision", row.error_after_decision());
  json.key("rests_on");
  json.begin_array();
  for (const std::size_t i : row.rests_on) {
    json.value(reproduction.parameters[i].name);
  }
  json.end_array();
  json.member("from_sources_alone", row.is_fixed);
  json.member("counts", row.counts);
  json.member("told_of_phase", row.is_told_of_phase());
  json.member("told", row.is_told());
  json.member("told_strictly", row.is_told_strictly());
  json.end_object();
}

void write_rows(JsonWriter& json, std::string_view key, const Reproduction& reproduction,
                const std::vector<Row>& rows) {
  json.key(key);
  json.begin_array();
  for (const Row& row : rows) {
    write_row(json, reproduction, row);
  }
  json.end_array();
}

void write_parameter(JsonWriter& json, const Parameter& parameter) {
  constexpr std::string_view kUnits[] = {"seconds", "share", "number", "flag", "share_per_second"};
  json.begin_object();
  json.member("parameter", parameter.name);
  json.member("what", parameter.what);
  json.member("unit", kUnits[static_cast<std::size_t>(parameter.unit)]);
  json.member("values", parameter.values);
  json.member("fitted", parameter.is_fitted());
  json.member("fitted_to", parameter.fitted_to);
  json.member("source", parameter.source);
  json.member("trust", parameter.is_fitted() ? std::string()
                                             : std::string(1, static_cast<char>(parameter.trust)));
  json.end_object();
}

void write_held(JsonWriter& json, const Held& held) {
  json.begin_object();
  json.member("incident", held.reproduction.incident);
  json.member("title", held.reproduction.title);
  write_rows(json, "boundaries", held.reproduction, held.rows);
  json.member("counted", held.counted());
  json.member("told_of_phase", held.told_of_phase());
  json.member("told", held.told());
  json.member("told_strictly", held.told_strictly());
  json.member("estimated", held.estimated());
  json.member("fitted", held.fitted());
  json.key("parameters");
  json.begin_array();
  for (const Parameter& parameter : held.reproduction.parameters) {
    write_parameter(json, parameter);
  }
  json.end_array();
  json.key("repairs");
  json.begin_array();
  for (const Repaired& repaired : held.repairs) {
    json.begin_object();
    json.member("what", repaired.what);
    json.member("reached", repaired.reached);
    write_rows(json, "moved", held.reproduction, repaired.rows);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

std::string sheet_json(const std::vector<Held>& all) {
  JsonWriter json;
  base::begin_document(json, kSheetVersion);
  json.key("reproductions");
  json.begin_array();
  for (const Held& held : all) {
    write_held(json, held);
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace outlast::reproduction
