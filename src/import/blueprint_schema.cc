#include "import/blueprint_schema.h"

#include <array>
#include <set>

#include "base/json_writer.h"
#include "blueprint/fault_words.h"
#include "blueprint/format.h"
#include "blueprint/vocabulary.h"
#include "import/key_reader.h"

namespace outlast::import {

using base::JsonWriter;
using blueprint::FormatKey;
using blueprint::KeyType;
using blueprint::Section;

namespace {

constexpr std::string_view kDuration =
    R"(^\s*([0-9.]+\s*(ms|s|sec|m|min|h|d|day|days|w|mo|y|year)\s*)+$|^0$)";
constexpr std::string_view kTimeOfDay = R"(^([01]?[0-9]|2[0-3]):[0-5][0-9]$)";
constexpr std::string_view kPorts = R"(^(-?[0-9]+(\.\.-?[0-9]+)?|unknown)$)";
constexpr std::string_view kShare = R"(^[0-9.]+\s*%?$)";

/// "a recovery objective" → "recovery_objective": the name below $defs.
std::string definition(Section section) {
  std::string name(title_of(section));
  for (const std::string_view article : {"a ", "an "}) {
    if (name.substr(0, article.size()) == article) {
      name = name.substr(article.size());
    }
  }
  for (char& c : name) {
    c = c == ' ' ? '_' : c;
  }
  return name;
}

template <class Names>
void write_choice(JsonWriter& json, const Names& names) {
  json.key("enum");
  json.begin_array();
  for (const std::string_view name : names) {
    json.value(name);
  }
  json.end_array();
}

void write_text(JsonWriter& json, std::string_view pattern) {
  json.key("type");
  json.value(std::vector<std::string_view>{"string", "number"});
  json.member("pattern", pattern);
}

void write_scalar_or_list(JsonWriter& json) {
  json.key("type");
  json.value(std::vector<std::string_view>{"string", "number", "array"});
}

void write_reference(JsonWriter& json, Section section) {
  json.member("$ref", "#/$defs/" + definition(section));
}

void write_type(JsonWriter& json, const FormatKey& key) {
  switch (key.type) {
    case KeyType::text:
    case KeyType::backoff:
    case KeyType::breaker:
      json.key("type");
      json.value(std::vector<std::string_view>{"string", "number"});
      break;
    case KeyType::money_per_month:
    case KeyType::money_per_hour:
      json.member("type", "string");
      json.member("pattern", R"(^[0-9.]+\s*USD/(month|hour)$)");
      break;
    case KeyType::texts:
    case KeyType::shares:
    case KeyType::interval:
      write_scalar_or_list(json);
      break;
    case KeyType::boolean:
      json.member("type", "boolean");
      break;
    case KeyType::integer:
      json.member("type", "integer");
      json.member("minimum", 0);
      break;
    case KeyType::number:
      json.member("type", "number");
      json.member("minimum", 0);
      break;
    case KeyType::time_of_day:
      write_text(json, kTimeOfDay);
      break;
    case KeyType::traits:
    case KeyType::day:
      json.member("type", "object");
      break;
    case KeyType::share:
      write_text(json, kShare);
      break;
    case KeyType::duration:
      write_text(json, kDuration);
      break;
    case KeyType::kind:
      write_choice(json, blueprint::kNames<blueprint::Kind>);
      break;
    case KeyType::service_model:
      write_choice(json, blueprint::kNames<blueprint::ServiceModel>);
      break;
    case KeyType::strength:
      write_choice(json, blueprint::kNames<blueprint::Strength>);
      break;
    case KeyType::edge_kind:
      write_choice(json, blueprint::kNames<blueprint::EdgeKind>);
      break;
    case KeyType::redundancy:
      write_choice(json, blueprint::kNames<blueprint::Redundancy>);
      break;
    case KeyType::scope:
      write_choice(json, blueprint::kNames<blueprint::Scope>);
      break;
    case KeyType::importance:
      write_choice(json, blueprint::kNames<blueprint::Importance>);
      break;
    case KeyType::copy_kind:
      write_choice(json, blueprint::kNames<blueprint::CopyKind>);
      break;
    case KeyType::on_primary_loss:
      write_choice(json, blueprint::kNames<blueprint::OnPrimaryLoss>);
      break;
    case KeyType::order:
      write_choice(json, blueprint::kNames<blueprint::Order>);
      break;
    case KeyType::direction:
      write_choice(json, blueprint::kNames<blueprint::Direction>);
      break;
    case KeyType::truth:
      json.key("enum");
      json.begin_array();
      json.value(true);
      json.value(false);
      json.value("unknown");
      json.end_array();
      break;
    case KeyType::ports:
      json.key("type");
      json.value(std::vector<std::string_view>{"string", "integer"});
      json.member("pattern", kPorts);
      break;
    case KeyType::local:
      json.key("type");
      json.value(std::vector<std::string_view>{"boolean", "string"});
      break;
    case KeyType::needs:
      json.member("type", "array");
      json.key("items");
      json.begin_object();
      json.key("anyOf");
      json.begin_array();
      json.begin_object();
      json.member("type", "string");
      json.end_object();
      json.begin_object();
      write_reference(json, Section::need);
      json.end_object();
      json.begin_object();  // {cache: soft}: any one key
      json.member("type", "object");
      json.member("minProperties", 1);
      json.member("maxProperties", 1);
      json.end_object();
      json.end_array();
      json.end_object();
      break;
    case KeyType::fate:
      json.member("type", "object");
      json.key("propertyNames");
      json.begin_object();
      write_choice(json, blueprint::kNames<blueprint::FateKind>);
      json.end_object();
      break;
    case KeyType::fault:
      write_choice(json, blueprint::kNames<blueprint::Fault>);
      break;
    case KeyType::remedy:
      write_choice(json, blueprint::kNames<blueprint::Remedy>);
      break;
    case KeyType::plane:
      write_choice(json, blueprint::kNames<blueprint::Plane>);
      break;
    case KeyType::operations:
      json.key("anyOf");
      json.begin_array();
      json.begin_object();
      write_choice(json, blueprint::kNames<blueprint::Operation>);
      json.end_object();
      json.begin_object();  // a journey's own
      json.member("type", "string");
      json.end_object();
      json.begin_object();
      json.member("type", "array");
      json.end_object();
      json.end_array();
      break;
    case KeyType::section:
      write_reference(json, key.content);
      break;
    case KeyType::sections:
      json.member("type", "array");
      json.key("items");
      json.begin_object();
      write_reference(json, key.content);
      json.end_object();
      break;
    case KeyType::named_sections:
      json.member("type", "object");
      json.key("additionalProperties");
      json.begin_object();
      write_reference(json, key.content);
      json.end_object();
      break;
  }
}

void write_section(JsonWriter& json, Section section) {
  json.member("type", "object");
  json.key("properties");
  json.begin_object();
  for (const FormatKey& key : blueprint::format_keys()) {
    if (key.section == section) {
      json.key(key.key);
      json.begin_object();
      json.member("description", key.meaning);
      write_type(json, key);
      json.end_object();
    }
  }
  json.end_object();
  json.key("patternProperties");
  json.begin_object();
  json.key("^x-");
  json.begin_object();
  json.end_object();
  json.end_object();
  json.member("additionalProperties", false);
}

/// The sections that one leads to, itself among them.
std::set<Section> reached_from(Section top) {
  std::set<Section> reached = {top};
  for (bool has_grown = true; has_grown;) {
    const std::size_t before = reached.size();
    for (const FormatKey& key : blueprint::format_keys()) {
      if (reached.contains(key.section) && key.type == KeyType::needs) {
        reached.insert(Section::need);
      } else if (reached.contains(key.section) && key.content != Section::top) {
        reached.insert(key.content);
      }
    }
    has_grown = reached.size() > before;
  }
  return reached;
}

std::string schema_of(Section top, std::string_view title, std::string_view required) {
  JsonWriter json;
  json.begin_object();
  json.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  json.member("title", title);
  write_section(json, top);
  json.key("required");
  json.value(std::vector<std::string_view>{required});
  json.key("$defs");
  json.begin_object();
  std::set<Section> wanted = reached_from(top);
  wanted.erase(top);
  for (const FormatKey& key : blueprint::format_keys()) {
    if (wanted.erase(key.section) > 0) {
      json.key(definition(key.section));
      json.begin_object();
      write_section(json, key.section);
      json.end_object();
    }
  }
  json.end_object();
  json.end_object();
  return json.take();
}

}  // namespace

std::string blueprint_schema() {
  return schema_of(Section::top, "Outlast blueprint", "outlast");
}

std::string scenario_schema() {
  return schema_of(Section::scenario, "Outlast scenario", "scenario");
}

}  // namespace outlast::import
