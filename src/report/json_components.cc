#include "report/json_components.h"

#include <algorithm>

#include "blueprint/servers.h"
#include "report/json_parts.h"

namespace outlast::report {

using base::JsonWriter;
using blueprint::Blueprint;
using blueprint::Component;
using blueprint::Need;

namespace {

template <class T>
void write_known(JsonWriter& json, std::string_view key, const blueprint::Value<T>& value) {
  json.key(key);
  value.is_known() ? json.value(*value) : json.null();
}

void write_need(JsonWriter& json, const Blueprint& bp, LineFinder& lines, const Need& need) {
  json.begin_object();
  json.member("to", bp[need.any_of.front()].id);
  if (need.any_of.size() > 1) {
    json.key("any_of");
    json.begin_array();
    for (const auto id : need.any_of) {
      json.value(bp[id].id);
    }
    json.end_array();
    json.member("at_least", need.at_least);
  }
  if (need.via.exists()) {
    json.member("via", bp[need.via].id);
  }
  json.member("strength", blueprint::name_of(need.strength));
  json.member("kind", blueprint::name_of(need.kind));
  json.member("local", need.is_local);
  if (need.strength == blueprint::Strength::soft) {
    json.key("loses");
    json.value(std::vector<double>{need.loses.low, need.loses.high});
  }
  if (need.buffer.is_known()) {
    json.member("buffer_s", need.buffer->value);
  }
  json.member("confidence", blueprint::name_of(need.confidence));
  json.key("evidence");
  write_evidence(json, lines, need.evidence);
  json.end_object();
}

void write_needs(JsonWriter& json, const Blueprint& bp, LineFinder& lines, const Component& c) {
  json.key("needs");
  json.begin_array();
  for (const auto id : c.needs) {
    write_need(json, bp, lines, bp[id]);
  }
  std::vector<blueprint::NeedId> local;
  for (const auto& replica : c.replicas) {
    for (const auto id : replica.local_needs) {
      if (std::find(local.begin(), local.end(), id) == local.end()) {
        local.push_back(id);
        write_need(json, bp, lines, bp[id]);
      }
    }
  }
  json.end_array();
}

void write_component(JsonWriter& json, const Blueprint& bp, LineFinder& lines, const Component& c) {
  json.begin_object();
  json.member("id", c.id);
  json.member("name", c.name);
  json.member("kind", blueprint::name_of(c.kind));
  json.key("type");
  c.type.empty() ? json.null() : json.value(c.type);
  json.key("provider");
  c.provider.empty() ? json.null() : json.value(c.provider);
  json.key("service_model");
  c.service_model ? json.value(blueprint::name_of(*c.service_model)) : json.null();
  write_known(json, "region", c.region);
  json.key("zones");
  json.begin_array();
  for (const auto zone : c.zones) {
    if (bp[zone].is_certain) {
      json.value(bp[zone].name);
    }
  }
  json.end_array();
  write_known(json, "replicas", c.replica_count);
  json.member("has_servers", blueprint::has_servers(c));
  json.member("at_least", c.at_least);
  json.key("group");
  c.group.empty() ? json.null() : json.value(c.group);
  json.member("parts", c.parts);
  write_needs(json, bp, lines, c);
  json.key("source");
  write_evidence(json, lines, c.evidence);
  json.end_object();
}

void write_journey(JsonWriter& json, const Blueprint& bp, const blueprint::Journey& journey) {
  json.begin_object();
  json.member("name", journey.name);
  json.member("weight", journey.weight);
  json.member("inferred", journey.is_inferred);
  write_list(json, "enters", journey.cohorts, [&](const blueprint::Cohort& cohort) {
    json.begin_object();
    json.member("component", bp[cohort.enters].id);
    json.member("users_fraction", cohort.share);
    json.end_object();
  });
  json.end_object();
}

}  // namespace

void write_components(JsonWriter& json, const Blueprint& bp, LineFinder& lines) {
  write_list(json, "components", bp.components(),
             [&](const Component& c) { write_component(json, bp, lines, c); });
}

void write_journeys(JsonWriter& json, const Blueprint& bp) {
  write_list(json, "journeys", bp.journeys(),
             [&](const blueprint::Journey& journey) { write_journey(json, bp, journey); });
}

}  // namespace outlast::report
