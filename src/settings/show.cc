#include <fmt/format.h>

#include "base/json_writer.h"
#include "settings/settings.h"

namespace outlast::settings {
namespace {

/// A text as YAML that reads as the same text; plain where that is safe.
std::string yaml_text(const std::string& text) {
  constexpr std::string_view kSafe =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./%=";
  const bool is_safe = !text.empty() && text.find_first_not_of(kSafe) == std::string::npos &&
                       text.front() != '-' && text.front() != '%' && text.front() != '=';
  if (is_safe) {
    return text;
  }
  base::JsonWriter json;  // a JSON string is a YAML string
  json.value(text);
  std::string quoted = json.take();
  quoted.pop_back();
  return quoted;
}

std::string yaml_value(const Spec& spec, const std::vector<std::string>& items) {
  if (items.size() == 1) {
    return yaml_text(items.front());
  }
  std::string all;
  for (const std::string& item : items) {
    all += (all.empty() ? "" : ", ") + yaml_text(item);
  }
  return is_list(spec.type) ? "[" + all + "]" : all;
}

std::string origin_text(const Spec& spec, const Given& given, const base::Sources& sources) {
  switch (given.origin) {
    case Origin::flag:
      return "flag " + flag_of(spec);
    case Origin::environment:
      return "environment " + environment_of(spec);
    case Origin::file:
      return fmt::format("{}:{}", sources.path(given.span.source),
                         sources.position(given.span.source, given.span.begin).line);
    case Origin::standard:
      break;
  }
  return spec.key == "config" && !given.items.empty() ? "found" : "default";
}

void write_ignores(base::JsonWriter& json) {
  json.member("type", "array");
  json.key("items");
  json.begin_object();
  json.member("type", "object");
  json.key("properties");
  json.begin_object();
  const auto property = [&](std::string_view key, std::string_view meaning) {
    json.key(key);
    json.begin_object();
    json.member("description", meaning);
    json.member("type", "string");
    json.end_object();
  };
  property("id", "the rule: OUT-A001");
  property("reason", "why it is accepted");
  property("address", "glob of the addresses it is accepted of; all where it is left out");
  property("until", "the last day it is accepted: 2027-01-31");
  json.end_object();
  json.key("required");
  json.value(std::vector<std::string_view>{"id", "reason"});
  json.member("additionalProperties", false);
  json.end_object();
}

void write_type(base::JsonWriter& json, const Spec& spec) {
  switch (spec.type) {
    case Type::flag:
      json.member("type", "boolean");
      break;
    case Type::integer:
      json.member("type", "integer");
      json.member("minimum", 0);
      break;
    case Type::share:
      json.key("type");
      json.value(std::vector<std::string_view>{"string", "number"});
      break;
    case Type::text:
    case Type::date:
      json.member("type", "string");
      break;
    case Type::language:
      json.member("enum", choices_of(spec));
      break;
    case Type::ignores:
      write_ignores(json);
      break;
    case Type::outputs:
    case Type::params:
    case Type::globs:
    case Type::fail_on:
      json.key("type");
      json.value(std::vector<std::string_view>{"string", "array"});
      json.key("items");
      json.begin_object();
      if (spec.type == Type::fail_on) {
        json.member("enum", choices_of(spec));
      } else {
        json.member("type", "string");
      }
      json.end_object();
      break;
  }
}

}  // namespace

std::string show(const Settings& settings, const base::Sources& sources) {
  std::string out;
  for (const Spec& spec : specs()) {
    const Given& given = settings.values.find(spec.key)->second;
    const bool is_told_only =
        !is_in_file(spec) || (spec.type == Type::ignores && !given.items.empty());
    const std::string line =
        fmt::format("{}{}:{}{}", is_told_only ? "# " : "", spec.key, given.items.empty() ? "" : " ",
                    yaml_value(spec, given.items));
    out += fmt::format("{:<36}# {}\n", line, origin_text(spec, given, sources));
  }
  return out;
}

std::string starter() {
  std::string out =
      "# Settings of outlast check, for this folder or repository. A flag or an environment\n"
      "# variable (OUTLAST_FAIL_ON) goes before them; outlast check --show-config shows all.\n"
      "# All keys: outlast schema --config\n";
  for (const Spec& spec : specs()) {
    if (spec.type == Type::ignores) {
      out += fmt::format(
          "\n# {}\n# ignores:\n#   - id: OUT-A001\n#     address: \"module.*.aws_instance.*\"\n"
          "#     reason: one is enough\n#     until: 2027-01-31\n",
          spec.meaning);
    } else if (is_in_file(spec)) {
      out += fmt::format("\n# {}\n# {}:{}{}\n", spec.meaning, spec.key,
                         spec.standard.empty() ? "" : " ", spec.standard);
    }
  }
  return out;
}

std::string schema() {
  base::JsonWriter json;
  json.begin_object();
  json.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  json.member("title", "Configuration of outlast (.outlast.yaml)");
  json.key("type");
  json.value(std::vector<std::string_view>{"object", "null"});
  json.key("properties");
  json.begin_object();
  for (const Spec& spec : specs()) {
    if (is_in_file(spec)) {
      json.key(spec.key);
      json.begin_object();
      json.member("description", spec.meaning);
      write_type(json, spec);
      json.end_object();
    }
  }
  json.end_object();
  json.member("additionalProperties", false);
  json.end_object();
  return json.take();
}

}  // namespace outlast::settings
