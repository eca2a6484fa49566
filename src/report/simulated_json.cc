#include <fmt/format.h>

#include "base/json_document.h"
#include "base/units.h"
#include "report/json_parts.h"
#include "report/simulated.h"

namespace outlast::report {

using base::JsonWriter;
using findings::Likely;
using findings::Simulated;

namespace {

void write_likely(JsonWriter& json, const std::string& key, const Likely& likely) {
  json.member(key, likely.value);
  json.member(key + "_low", likely.low);
  json.member(key + "_high", likely.high);
}

void write_series(JsonWriter& json, const Simulated& s) {
  json.key("series");
  json.begin_object();
  json.member("step_s", s.step_s);
  json.member("users", s.users);
  json.member("offered_per_s", s.offered);
  json.member("served_per_s", s.served);
  json.member("failed_per_s", s.failed);
  json.member("latency_s", s.latency_s);
  json.member("usd_per_hour", s.usd_per_hour);
  json.key("parts");
  json.begin_object();
  for (const auto& part : s.parts) {
    json.key(part.id);
    json.begin_object();
    json.member("use", part.use);
    json.member("waiting", part.waiting);
    json.member("refused_per_s", part.refused);
    json.member("replicas", part.replicas);
    json.end_object();
  }
  json.end_object();
  json.end_object();
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) {
    return text;
  }
  std::string out = "\"";
  for (const char c : text) {
    out += c == '"' ? "\"\"" : std::string(1, c);
  }
  return out + "\"";
}

class TraceWriter {
 public:
  explicit TraceWriter(const Simulated& s) : s_(s) {}

  std::string write() {
    out_ = "at_s,kind,subject,metric,value,cause\n";
    std::size_t next = 0;
    for (std::size_t i = 0; i < s_.offered.size(); ++i) {
      const double until_s = s_.step_s * static_cast<double>(i + 1);
      for (; next < s_.story.size() && s_.story[next].at_s < until_s; ++next) {
        const auto& told = s_.story[next];
        line(told.at_s, "event", told.component, "", told.event, told.cause);
      }
      step(i);
    }
    return std::move(out_);
  }

 private:
  void line(double at_s, std::string_view kind, const std::string& subject, std::string_view metric,
            const std::string& value, const std::string& cause) {
    out_ += fmt::format("{},{},{},{},{},{}\n", base::format_number(at_s), kind, quoted(subject),
                        metric, quoted(value), quoted(cause));
  }

  void step(std::size_t i) {
    const double at_s = s_.step_s * static_cast<double>(i);
    const auto number = [&](const std::string& subject, std::string_view metric, double value) {
      line(at_s, "series", subject, metric, base::format_number(value), "");
    };
    number("users", "users", s_.users[i]);
    number("users", "offered_per_s", s_.offered[i]);
    number("users", "served_per_s", s_.served[i]);
    number("users", "failed_per_s", s_.failed[i]);
    number("users", "latency_s", s_.latency_s[i]);
    for (const auto& part : s_.parts) {
      number(part.id, "use", part.use[i]);
      number(part.id, "waiting", part.waiting[i]);
      number(part.id, "refused_per_s", part.refused[i]);
      number(part.id, "replicas", part.replicas[i]);
    }
  }

  const Simulated& s_;
  std::string out_;
};

}  // namespace

std::string simulated_json(const Simulated& s, const std::string& name) {
  JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  json.member("name", name);
  json.member("scenario", s.scenario);
  json.member("engine", s.engine);
  json.member("until_s", s.until_s);
  json.member("ended_s", s.ended_s);
  json.member("is_partial", s.is_partial);
  json.member("survives", findings::name_of(s.survives));
  json.member("because", s.because);
  json.member("rto_s", s.rto_s);
  json.member("rpo_s", s.rpo_s);
  write_data_loss(json, s.data);
  write_likely(json, "downtime_s", s.down_s);
  write_likely(json, "lossy_s", s.lossy_s);
  write_likely(json, "partly_s", s.partly_s);
  json.member("near_half_s", s.near_half_s);
  json.member("runs", s.runs);
  if (s.alone) {
    json.key("without_faults");
    json.begin_object();
    write_likely(json, "downtime_s", s.alone->down_s);
    write_likely(json, "lossy_s", s.alone->lossy_s);
    json.member("lost_requests", s.alone->lost_requests);
    json.end_object();
    json.key("added_by_faults");
    json.begin_object();
    write_likely(json, "downtime_s", s.alone->added_down_s);
    write_likely(json, "lossy_s", s.alone->added_lossy_s);
    write_likely(json, "partly_s", s.alone->added_partly_s);
    json.end_object();
  }
  json.member("lost_requests", s.lost_requests);
  json.member("offered_requests", s.offered_requests);
  json.member("lost_share_at_worst", s.lost_share);
  if (s.cost) {
    json.key("cost");
    json.begin_object();
    json.member("value_lost_usd", s.cost->value_lost_usd);
    json.member("billed_usd", s.cost->billed_usd);
    json.member("as_it_stands_usd", s.cost->as_it_stands_usd);
    json.end_object();
  }
  json.member("recovers", s.recovers);
  json.member("recovered_s", s.recovered_s);
  write_list(json, "journeys", s.journeys, [&](const findings::JourneyFate& fate) {
    json.begin_object();
    json.member("name", fate.name);
    json.member("weight", fate.weight);
    json.member("downtime_s", fate.down_s);
    json.member("lossy_s", fate.lossy_s);
    json.member("partly_s", fate.partly_s);
    json.member("value_lost_low", fate.value_lost_low);
    json.member("value_lost_high", fate.value_lost_high);
    json.member("lost_requests", fate.lost_requests);
    json.member("usd_lost", fate.usd_lost);
    json.end_object();
  });
  write_list(json, "story", s.course,
             [&](const findings::TimedStep& step) { write_timed_step(json, step); });
  write_series(json, s);
  write_list(json, "assumptions", s.assumptions,
             [&](const blueprint::Assumption& assumption) { write_assumption(json, assumption); });
  json.end_object();
  return json.take();
}

std::string trace_csv(const Simulated& simulated) {
  return TraceWriter(simulated).write();
}

}  // namespace outlast::report
