#include "base/json_document.h"
#include "report/json_parts.h"
#include "report/replay.h"

namespace outlast::report {

using base::JsonWriter;
using findings::Replay;
using findings::ReplayOutcome;

namespace {

/// Null where it hangs on what is not known.
void write_numbers(JsonWriter& json, const ReplayOutcome* outcome) {
  const auto write = [&](std::string_view key, auto put) {
    if (outcome != nullptr) {
      put(key);
    } else {
      json.key(key);
      json.null();
    }
  };
  write("downtime_s", [&](auto key) { write_seconds(json, key, outcome->downtime_s); });
  write("degraded_s", [&](auto key) { write_seconds(json, key, outcome->degraded_s); });
  write("late_s", [&](auto key) { write_seconds(json, key, outcome->late_s); });
  write("users_fraction", [&](auto key) { json.member(key, outcome->users); });
  write("over_s", [&](auto key) { write_seconds(json, key, outcome->over_s); });
  write("user_minutes", [&](auto key) { write_seconds(json, key, outcome->user_minutes); });
}

void write_outcome(JsonWriter& json, std::string_view key, const ReplayOutcome& outcome) {
  json.key(key);
  json.begin_object();
  json.member("survives", name_of(outcome.survives));
  write_numbers(json, &outcome);
  json.end_object();
}

void write_replay(JsonWriter& json, const Replay& replay) {
  json.member("incident", replay.incident);
  json.member("title", replay.title);
  json.member("began", replay.began);
  json.member("as_if", replay.as_if);
  json.member("begins_at_s", replay.begins_at_s);
  json.member("class", blueprint::name_of(replay.fault_class));
  json.key("objective");
  json.begin_object();
  json.member("rto_s", replay.objective.rto.value);
  json.member("rpo_s", replay.objective.rpo.value);
  json.end_object();
  json.member("survives", name_of(verdict_of(replay)));
  write_numbers(json, verdict_of(replay) == findings::Verdict::unknown ? nullptr : &replay.outcome);
  json.key("outcomes");
  if (replay.spared) {
    json.begin_object();
    write_outcome(json, "hit", replay.outcome);
    write_outcome(json, "spared", *replay.spared);
    write_list(json, "others", replay.others, [&](const findings::OtherCohort& other) {
      json.begin_object();
      json.member("traits", other.traits);
      json.member("survives", name_of(other.outcome.survives));
      write_numbers(json, &other.outcome);
      json.end_object();
    });
    json.member("depends_on", replay.question);
    json.end_object();
  } else {
    json.null();
  }
  json.key("range");
  if (replay.range) {
    json.begin_object();
    json.member("is_one_verdict", replay.range->least.survives == replay.range->most.survives);
    write_outcome(json, "least", replay.range->least);
    write_outcome(json, "most", replay.range->most);
    json.end_object();
  } else {
    json.null();
  }
  write_outcome(json, "at_worst_time", replay.at_worst_time);
  json.member("worst_time_s", replay.worst_time_s);
  write_data_loss(json, replay.data);
  write_list(json, "journeys", replay.journeys, [&](const findings::JourneyOutcome& journey) {
    json.begin_object();
    json.member("journey", journey.journey);
    write_seconds(json, "downtime_s", journey.downtime_s);
    write_seconds(json, "degraded_s", journey.degraded_s);
    write_seconds(json, "late_s", journey.late_s);
    json.member("most_lost", journey.most_lost);
    json.end_object();
  });
  json.member("because",
              replay.blind_spot.empty() ? replay.because : std::vector{replay.blind_spot});
  json.member("hit", replay.hit);
  write_list(json, "story", replay.story,
             [&](const findings::TimedStep& step) { write_timed_step(json, step); });
  json.key("series");
  json.begin_object();
  json.member("step_s", replay.series.step_s);
  json.member("lost_fraction", replay.series.lost);
  json.member("loss_usd", replay.series.loss_usd);
  json.key("components");
  json.begin_object();
  for (const auto& track : replay.series.components) {
    json.member(track.component, track.lost);
  }
  json.end_object();
  json.end_object();
  write_list(json, "prevented_by", replay.prevented_by, [&](const findings::Prevention& p) {
    json.begin_object();
    json.member("what", p.what);
    json.member("components", p.components);
    write_outcome(json, "then", p.outcome);
    json.key("price");
    if (p.price) {
      json.begin_object();
      json.member("month", static_cast<double>(p.price->monthly.micro_usd) / 1e6);
      json.member("unpriced", p.price->unpriced);
      json.member("open", p.price->open);
      json.end_object();
    } else {
      json.null();
    }
    json.end_object();
  });
  write_list(json, "assumptions", replay.assumptions,
             [&](const blueprint::Assumption& assumption) { write_assumption(json, assumption); });
}

}  // namespace

std::string replay_json(const std::vector<Replay>& replays, const std::string& name, bool is_list) {
  JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  json.member("name", name);
  if (is_list) {
    write_list(json, "replays", replays, [&](const Replay& replay) {
      json.begin_object();
      write_replay(json, replay);
      json.end_object();
    });
  } else {
    write_replay(json, replays.front());
  }
  json.end_object();
  return json.take();
}

}  // namespace outlast::report
