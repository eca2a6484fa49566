#include <fmt/format.h>

#include "base/json_document.h"
#include "report/explanation.h"
#include "report/json_parts.h"

namespace outlast::report {

using base::JsonWriter;
using findings::Explanation;
using findings::Witness;

namespace {

void write_formula(JsonWriter& json, const findings::Formula& formula) {
  json.begin_object();
  json.member("name", formula.name);
  json.member("formula", formula.symbols);
  json.member("numbers", formula.numbers);
  json.member("result", formula.result);
  json.end_object();
}

void write_step(JsonWriter& json, LineFinder& lines, const base::Sources& sources,
                const findings::Step& step) {
  json.begin_object();
  json.member("depth", step.depth);
  json.member("component", step.component);
  json.member("why", step.why);
  json.key("evidence");
  write_place(json, lines, sources, step.evidence);
  json.end_object();
}

void write_notice(JsonWriter& json, const findings::Notice& notice) {
  json.begin_object();
  json.member("journey", notice.journey);
  json.member("users_fraction", notice.users);
  write_seconds(json, "downtime_s", notice.down_s);
  write_seconds(json, "downtime_p90_s", notice.down_p90_s);
  json.member("masked_share", notice.masked_share);
  json.member("masked_s", notice.masked_s);
  json.member("soft_loss", notice.soft_loss);
  json.end_object();
}

void write_witness(JsonWriter& json, LineFinder& lines, const base::Sources& sources,
                   const Witness& witness) {
  json.begin_object();
  json.member("events", witness.events);
  json.member("per_year", witness.per_year);
  json.member("share_of_time", witness.share_of_time);
  json.member("downtime_minutes_per_year", witness.downtime_minutes_per_year);
  write_list(json, "cascade", witness.cascade,
             [&](const findings::Step& step) { write_step(json, lines, sources, step); });
  write_list(json, "noticed_by", witness.noticed,
             [&](const findings::Notice& notice) { write_notice(json, notice); });
  json.end_object();
}

void write_origin(JsonWriter& json, LineFinder& lines, const base::Sources& sources,
                  const findings::Origin& origin) {
  json.begin_object();
  json.member("what", origin.what);
  json.member("provenance", origin.provenance);
  json.key("evidence");
  write_place(json, lines, sources, origin.evidence);
  json.end_object();
}

void write_fact(JsonWriter& json, const findings::Fact& fact) {
  json.begin_object();
  json.member("about", fact.about);
  json.member("value", fact.value);
  json.member("source", fact.source);
  json.member("date", fact.date);
  json.member("trust", fact.trust);
  json.end_object();
}

void write_explanation(JsonWriter& json, LineFinder& lines, const base::Sources& sources,
                       const Explanation& what) {
  json.begin_object();
  json.member("kind", what.kind);
  json.member("id", what.id);
  json.member("title", what.title);
  json.member("claim", what.claim);
  write_list(json, "formulas", what.formulas,
             [&](const findings::Formula& formula) { write_formula(json, formula); });
  write_list(json, "witnesses", what.witnesses,
             [&](const Witness& witness) { write_witness(json, lines, sources, witness); });
  json.member("further_witnesses", what.further_witnesses);
  write_list(json, "instances", what.instances, [&](const findings::SurvivalRow& row) {
    json.begin_object();
    write_row_members(json, row);
    json.end_object();
  });
  if (!what.scenario.empty()) {
    json.member("scenario", what.scenario);
    write_list(json, "story", what.story, [&](const findings::StoryLine& told) {
      write_timed_step(json, {told.at_s, told.component, told.event, told.cause});
    });
  }
  write_list(json, "inputs", what.inputs,
             [&](const findings::Origin& origin) { write_origin(json, lines, sources, origin); });
  write_list(json, "facts", what.facts,
             [&](const findings::Fact& fact) { write_fact(json, fact); });
  write_list(json, "assumptions", what.assumptions,
             [&](const blueprint::Assumption& a) { write_assumption(json, a); });
  json.end_object();
}

}  // namespace

std::string explanations_json(const std::vector<Explanation>& all, const base::Sources& sources) {
  JsonWriter json;
  LineFinder lines(sources);
  base::begin_document(json, kSchemaVersion);
  write_list(json, "explanations", all,
             [&](const Explanation& what) { write_explanation(json, lines, sources, what); });
  json.end_object();
  return json.take();
}

}  // namespace outlast::report
