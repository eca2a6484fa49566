#include <fmt/format.h>

#include <optional>

#include "base/json_document.h"
#include "base/json_writer.h"
#include "report/report.h"

namespace outlast::report {

std::string rules_text(std::span<const findings::Rule* const> rules) {
  std::string out;
  for (const findings::Rule* rule : rules) {
    out += fmt::format(
        "{}  {:<16}  {}\n          {}\n          remedy: {}\n          example: {}\n          see "
        "{}\n",
        rule->id, rule->name, findings::name_of(rule->goal), rule->summary, rule->remedy,
        rule->example, rule->evidence);
  }
  return out;
}

std::string rules_json(std::span<const findings::Rule* const> rules) {
  base::JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  json.key("rules");
  json.begin_array();
  for (const findings::Rule* rule : rules) {
    json.begin_object();
    json.member("id", rule->id);
    json.member("name", rule->name);
    json.member("goal", findings::name_of(rule->goal));
    json.member("pillar", findings::pillar_of(rule->goal));
    json.member("category", rule->category.empty() ? std::nullopt : std::optional(rule->category));
    json.member("severity", findings::name_of(rule->at_most));
    json.member("summary", rule->summary);
    json.member("title", rule->title);
    json.member("claim", rule->claim);
    json.member("remedy", rule->remedy);
    json.member("evidence", rule->evidence);
    json.member("example", rule->example);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace outlast::report
