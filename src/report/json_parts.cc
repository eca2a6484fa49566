#include "report/json_parts.h"

#include <cmath>
#include <string>

#include "base/as_printed.h"

namespace outlast::report {

using base::JsonWriter;

namespace {

std::string_view name_of(failure::DataLoss::Kind kind) {
  switch (kind) {
    case failure::DataLoss::Kind::none:
      return "none";
    case failure::DataLoss::Kind::seconds:
      return "seconds";
    case failure::DataLoss::Kind::all:
      return "all";
    case failure::DataLoss::Kind::exposed:
      return "exposed";
    case failure::DataLoss::Kind::unknown:
      break;
  }
  return "unknown";
}

}  // namespace

void write_seconds(JsonWriter& json, std::string_view key, const std::optional<double>& seconds) {
  json.key(key);
  if (seconds && std::isinf(*seconds)) {
    json.value("unbounded");
  } else {
    json.value(seconds);
  }
}

void write_ends(JsonWriter& json, std::string_view low_key, double low, std::string_view high_key,
                double high) {
  json.member(low_key, low < high ? base::printed_at_most(low) : low);
  json.member(high_key, low < high ? base::printed_at_least(high) : high);
}

void write_evidence(JsonWriter& json, LineFinder& lines, const blueprint::Evidence& evidence) {
  json.begin_object();
  json.member("address", evidence.address);
  if (evidence.span.exists()) {
    json.member("file", lines.sources().path(evidence.span.source));
    if (!evidence.pointer.empty()) {
      json.member("pointer", evidence.pointer);
    } else {
      json.member("line", lines.line_of(evidence.span));
    }
  }
  json.end_object();
}

void write_place(JsonWriter& json, LineFinder& lines, const base::Sources& sources,
                 const blueprint::Evidence& evidence) {
  json.begin_object();
  json.member("address", evidence.address);
  if (evidence.span.exists()) {
    json.member("file", sources.path(evidence.span.source));
    json.member("line", lines.line_of(evidence.span));
    if (!evidence.pointer.empty()) {
      json.member("pointer", evidence.pointer);
    }
  }
  json.end_object();
}

void write_row_members(JsonWriter& json, const findings::SurvivalRow& row) {
  json.member("case", row.worst_case);
  json.key("mode");
  row.mode.empty() ? json.null() : json.value(row.mode);
  json.key("scope");
  row.scope.empty() ? json.null() : json.value(row.scope);
  json.member("class", blueprint::name_of(row.fault_class));
  json.member("rto_s", row.objective.rto.value);
  json.member("rpo_s", row.objective.rpo.value);
  json.member("survives", findings::name_of(row.survives));
  write_seconds(json, "downtime_s", row.down_s);
  write_seconds(json, "downtime_p90_s", row.down_p90_s);
  const auto end = [&](auto which) {
    return row.down_range ? std::optional((*row.down_range).*which) : std::nullopt;
  };
  using Range = std::pair<double, double>;
  write_seconds(json, "downtime_low_s", end(&Range::first));
  write_seconds(json, "downtime_high_s", end(&Range::second));
  json.member("users_fraction", row.users);
  json.key("users_range");
  if (row.users_range) {
    json.value(std::vector<double>{row.users_range->first, row.users_range->second});
  } else {
    json.null();
  }
  write_data_loss(json, row.data);
  json.member("every_years", row.every_years);
  json.member("because", row.because);
  json.member("cut", row.cut);
}

void write_course(JsonWriter& json, const findings::SurvivalRow& row) {
  write_list(json, "effects", row.effects, [&](const findings::Step& step) {
    json.begin_object();
    json.member("component", step.component);
    json.member("condition", findings::name_of(step.condition));
    json.member("depth", step.depth);
    json.member("why", step.why);
    json.end_object();
  });
  write_list(json, "story", row.story,
             [&](const findings::TimedStep& step) { write_timed_step(json, step); });
  json.key("series");
  if (row.series.tracks.empty()) {
    json.null();
    return;
  }
  json.begin_object();
  json.member("step_s", row.series.step_s);
  for (const auto& track : row.series.tracks) {
    json.member(track.name, track.values);
  }
  json.end_object();
}

void write_timed_step(JsonWriter& json, const findings::TimedStep& step) {
  json.begin_object();
  write_seconds(json, "at_s", step.at_s);
  json.member("component", step.component);
  json.member("event", step.event);
  json.member("cause", step.cause);
  json.key("condition");
  step.condition ? json.value(findings::name_of(*step.condition)) : json.null();
  json.end_object();
}

void write_data_loss(JsonWriter& json, const findings::DataLost& data) {
  json.key("data_loss");
  json.begin_object();
  json.member("kind", name_of(data.kind));
  json.key("seconds");
  data.kind == failure::DataLoss::Kind::seconds ? json.value(data.seconds) : json.null();
  json.member("stores", data.stores);
  json.end_object();
}

void write_assumption(JsonWriter& json, const blueprint::Assumption& assumption) {
  json.begin_object();
  json.member("name", assumption.name);
  json.member("value", assumption.value);
  json.member("source", assumption.source);
  json.end_object();
}

}  // namespace outlast::report
