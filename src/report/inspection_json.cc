#include "base/version.h"
#include "report/inspection.h"
#include "report/json_parts.h"

namespace outlast::report {

using base::JsonWriter;
using findings::Inspection;

namespace {

class InspectionJson {
 public:
  explicit InspectionJson(const base::Sources& sources) : sources_(sources), lines_(sources) {}

  std::string write(const Inspection& what) {
    json_.begin_object();
    json_.member("schema_version", kSchemaVersion);
    json_.key("tool");
    json_.begin_object();
    json_.member("name", "outlast");
    json_.member("version", base::kVersion);
    json_.end_object();
    json_.member("name", what.name);
    write_coverage(what);
    write_list(json_, "components", what.components,
               [&](const findings::Understood& c) { write_component(c); });
    json_.member("stated_edges", what.stated_edges);
    write_list(json_, "edges", what.edges, [&](const findings::FoundEdge& e) { write_edge(e); });
    write_list(json_, "isolated", what.isolated,
               [&](const findings::LeftOut& left) { write_left_out(left); });
    write_list(json_, "skipped", what.skipped,
               [&](const findings::LeftOut& left) { write_left_out(left); });
    json_.member("interval_minutes_per_year", what.width_minutes);
    write_list(json_, "unknowns", what.unknowns,
               [&](const findings::OpenQuestion& q) { write_question(q); });
    json_.end_object();
    return json_.take();
  }

 private:
  void evidence(const blueprint::Evidence& evidence) {
    json_.key("evidence");
    write_place(json_, lines_, sources_, evidence);
  }

  void write_coverage(const Inspection& what) {
    json_.key("coverage");
    json_.begin_object();
    json_.member("resources", what.coverage.resources);
    json_.member("understood", what.coverage.understood);
    json_.member("unknown_types", what.coverage.unknown_types);
    json_.member("unknown_attributes", what.coverage.unknown_attributes);
    json_.key("resources_by_use");
    json_.begin_object();
    for (const auto& [use, count] : what.counts) {
      json_.member(use, count);
    }
    json_.end_object();
    json_.end_object();
  }

  void write_component(const findings::Understood& c) {
    json_.begin_object();
    json_.member("id", c.id);
    json_.member("title", c.title);
    json_.key("replicas");
    c.replicas_are_known ? json_.value(c.replicas) : json_.null();
    json_.member("places", c.places);
    json_.member("parts", c.parts);
    evidence(c.evidence);
    json_.end_object();
  }

  void write_edge(const findings::FoundEdge& edge) {
    json_.begin_object();
    json_.member("from", edge.from);
    json_.member("any_of", edge.any_of);
    json_.member("strength", edge.strength);
    json_.member("kind", edge.kind);
    json_.member("confidence", blueprint::name_of(edge.confidence));
    evidence(edge.evidence);
    json_.end_object();
  }

  void write_left_out(const findings::LeftOut& left) {
    json_.begin_object();
    json_.member("address", left.address);
    json_.member("type", left.type);
    json_.member("why", left.why);
    evidence(left.evidence);
    json_.end_object();
  }

  void write_question(const findings::OpenQuestion& question) {
    json_.begin_object();
    json_.member("question", question.question);
    json_.member("narrows_minutes_per_year", question.narrows_minutes);
    json_.member("settles", question.settles);
    json_.member("outcomes", question.outcomes);
    json_.member("answer_with", question.answer_with);
    evidence(question.evidence);
    json_.end_object();
  }

  const base::Sources& sources_;
  LineFinder lines_;
  JsonWriter json_;
};

}  // namespace

std::string inspection_json(const Inspection& inspection, const base::Sources& sources) {
  return InspectionJson(sources).write(inspection);
}

}  // namespace outlast::report
