#include "serve/live_site.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "base/hash.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "base/version.h"

namespace outlast::serve {
namespace {

constexpr std::chrono::milliseconds kLook{1'000};
constexpr std::chrono::milliseconds kBeat{15'000};
constexpr std::string_view kJobs = "/api/jobs/";
constexpr std::string_view kApi = "/api/";
constexpr std::string_view kAnalysis = "/api/analysis";

/// One member, as a document too small for a version: what an event says.
template <class T>
std::string said(std::string_view key, const T& value) {
  base::JsonWriter json;
  json.begin_object();
  json.member(key, value);
  json.end_object();
  return json.take();
}

Response json_response(int status, std::string_view body) {
  Response response;
  response.status = status;
  response.body = body;
  return response;
}

Response unanswered(bool is_late) {
  return is_late ? refusal(503, "the answer takes too long and was given up")
                 : refusal(500, "the question could not be answered",
                           "what went wrong stands on the standard error of outlast serve");
}

bool is_json(std::string_view type) {
  return base::to_lower(base::trim(type.substr(0, type.find(';')))) == "application/json";
}

bool wants_stream(const Request& request) {
  return request.header("accept").find("text/event-stream") != std::string_view::npos;
}

std::string clock_text() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(now - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

/// Which architecture: the paths it is read from.
std::string key_of(const std::vector<std::string>& inputs) {
  std::string key;
  for (const std::string& input : inputs) {
    key += input;
    key += '\n';
  }
  return key;
}

}  // namespace

LiveSite::LiveSite(const Options& options, Access access, Answerer answerer,
                   Connections& connections, std::optional<History> history)
    : options_(options),
      access_(std::move(access)),
      connections_(&connections),
      jobs_(std::move(answerer), JobLimits()),
      history_(std::move(history)),
      next_look_(Clock::now() + kLook),
      next_beat_(Clock::now() + kBeat) {
  watch_.set(options_.inputs);
  read_inputs();
}

const std::vector<LiveSite::Route>& LiveSite::routes() {
  static const std::vector<Route> all = {
      {"GET", "/", &LiveSite::ask_page},
      {"GET", kAnalysis, &LiveSite::ask_about_inputs},
      {"GET", "/api/diagnostics", &LiveSite::ask_about_inputs},
      {"GET", "/api/inputs", &LiveSite::ask_about_inputs},
      {"GET", "/api/said", &LiveSite::ask_about_inputs},
      {"GET", "/api/history", &LiveSite::ask_history},
      {"GET", "/api/events", &LiveSite::ask_events},
      {"POST", kAnalysis, &LiveSite::ask_question},
      {"POST", "/api/replay", &LiveSite::ask_question},
      {"POST", "/api/surge", &LiveSite::ask_question},
      {"POST", "/api/simulate", &LiveSite::ask_question},
      {"POST", "/api/explain", &LiveSite::ask_question},
      {"POST", "/api/compare", &LiveSite::ask_question},
      {"POST", "/api/service-models", &LiveSite::ask_question},
  };
  return all;
}

std::optional<Response> LiveSite::refuse(const Request& request) const {
  if (auto welcome = access_.welcome(request)) {
    return welcome;
  }
  if (auto refused = access_.refuse(request)) {
    return refused;
  }
  std::vector<std::string_view> methods;
  for (const Route& route : routes()) {
    if (route.path == request.path) {
      methods.push_back(route.method);
    }
  }
  if (options_.documents.count(request.path) > 0) {
    methods.emplace_back("GET");
  }
  if (request.path.starts_with(kJobs)) {
    methods.emplace_back("DELETE");
  }
  if (methods.empty()) {
    return refusal(404, "there is nothing here");
  }
  if (std::find(methods.begin(), methods.end(), request.method) == methods.end()) {
    return refusal(405, "this is not asked so");
  }
  if (request.method == "POST" && !request.has_length) {
    return refusal(411, "Content-Length is missing");
  }
  if (request.method == "POST" && !is_json(request.header("content-type"))) {
    return refusal(415, "questions are asked as application/json");
  }
  return std::nullopt;
}

void LiveSite::ask(ConnectionId from, const Request& request, const std::string& body) {
  if (request.path.starts_with(kJobs)) {
    stop_job(from, request);
    return;
  }
  for (const Route& route : routes()) {
    if (route.path == request.path && route.method == request.method) {
      (this->*route.handler)(from, request, body);
      return;
    }
  }
  connections_->answer(from, json_response(200, part(options_.documents, request.path)));
}

/// The page is there before the inputs are read, and where they are wrong.
void LiveSite::ask_page(ConnectionId from, const Request&, const std::string&) {
  Response page;
  page.type = "text/html; charset=utf-8";
  page.body = options_.page;
  connections_->answer(from, page);
}

void LiveSite::ask_about_inputs(ConnectionId from, const Request& request, const std::string&) {
  if (now_) {
    connections_->answer(from, inputs_answer(request.path));
  } else {
    waiters_.push_back({from, request.path});
  }
}

Response LiveSite::inputs_answer(std::string_view path) const {
  if (path != kAnalysis) {
    return json_response(200, part(*now_, path.substr(kApi.size())));
  }
  const int status = status_in(*now_);
  return status == 0 ? unanswered(false) : json_response(status, part(*now_, "answer"));
}

/// The status of the inputs' answer: whoever listens need not ask for what is not there.
std::string LiveSite::how_it_stands() const {
  return said("status", static_cast<std::size_t>(status_in(*now_)));
}

void LiveSite::ask_question(ConnectionId from, const Request& request, const std::string& body) {
  const auto job = jobs_.add({request.path.substr(kApi.size()), body});
  if (!job) {
    connections_->answer(from, refusal(503, "too many questions wait already"));
    return;
  }
  const bool streams = wants_stream(request);
  if (streams && !connections_->begin_stream(from)) {
    jobs_.cancel(*job);
    return;
  }
  askers_.emplace(*job, Asker{from, streams, {}});
  connections_->tell(from, "started", said("job", static_cast<std::size_t>(*job)));
}

void LiveSite::ask_history(ConnectionId from, const Request&, const std::string&) {
  if (!history_) {
    connections_->answer(from, json_response(200, no_history()));
    return;
  }
  const auto trends = history_->trends(key_of(options_.inputs));
  connections_->answer(from, trends ? json_response(200, *trends)
                                    : refusal(500, "the history: " + trends.error().message));
}

void LiveSite::ask_events(ConnectionId from, const Request&, const std::string&) {
  if (connections_->begin_stream(from)) {
    listeners_.insert(from);
    connections_->tell(from, now_ ? "ready" : "reading", now_ ? how_it_stands() : "{}");
  }
}

void LiveSite::stop_job(ConnectionId from, const Request& request) {
  const std::string_view text = std::string_view(request.path).substr(kJobs.size());
  JobId job = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), job);
  const auto found = askers_.find(job);
  if (error != std::errc() || end != text.data() + text.size() || found == askers_.end()) {
    connections_->answer(from, refusal(404, "there is no such job, or it is over"));
    return;
  }
  const Asker asker = std::move(found->second);
  askers_.erase(found);
  jobs_.cancel(job);
  if (asker.streams) {
    connections_->tell(asker.connection, "cancelled", "{}");
    connections_->end_stream(asker.connection);
  } else {
    connections_->answer(asker.connection, refusal(503, "the question was cancelled"));
  }
  connections_->answer(from, json_response(200, said("cancelled", static_cast<std::size_t>(job))));
}

void LiveSite::leave(ConnectionId who) {
  listeners_.erase(who);
  waiters_.erase(std::remove_if(waiters_.begin(), waiters_.end(),
                                [&](const Waiter& waiter) { return waiter.connection == who; }),
                 waiters_.end());
  const auto asked = std::find_if(askers_.begin(), askers_.end(),
                                  [&](const auto& item) { return item.second.connection == who; });
  if (asked != askers_.end()) {
    jobs_.cancel(asked->first);
    askers_.erase(asked);
  }
}

/// Reads them anew, from the beginning where that is under way. Where too many questions wait,
/// `reading_` stays empty, and `work` tries again.
void LiveSite::read_inputs() {
  if (reading_) {
    jobs_.cancel(*reading_);
  }
  coming_.clear();
  reading_ = jobs_.add({"inputs", "{}"});
  must_read_ = !reading_;
}

void LiveSite::work(Clock::time_point now) {
  for (const News& news : jobs_.work(now)) {
    hear(news);
  }
  if (now >= next_look_) {
    next_look_ = now + kLook;
    if (watch_.has_changed()) {
      broadcast("changed", "{}");
      must_read_ = true;
    }
    if (must_read_) {
      read_inputs();
    }
  }
  if (now >= next_beat_) {
    next_beat_ = now + kBeat;
    for (const ConnectionId listener : listeners_) {
      connections_->tell_nothing(listener);
    }
  }
}

void LiveSite::hear(const News& news) {
  if (reading_ == news.job) {
    hear_of_inputs(news);
    return;
  }
  if (askers_.count(news.job) > 0) {
    pass_on(news.job, news.messages);
    if (news.is_over) {
      finish(news.job, news.is_late);
    }
  }
}

void LiveSite::hear_of_inputs(const News& news) {
  for (const Message& message : news.messages) {
    coming_[message.name] = message.content;
    if (message.name == "pass") {
      broadcast("pass", said("name", message.content));
    }
  }
  if (news.is_over) {
    reading_.reset();
    install(std::exchange(coming_, {}));
  }
}

void LiveSite::install(Told told) {
  auto watched = lines_of(part(told, "read"));
  watched.insert(watched.end(), options_.inputs.begin(), options_.inputs.end());
  watch_.set(watched);
  record(told);
  now_ = std::move(told);
  for (const Waiter& waiter : std::exchange(waiters_, {})) {
    connections_->answer(waiter.connection, inputs_answer(waiter.path));
  }
  broadcast("ready", how_it_stands());
}

void LiveSite::record(const Told& told) {
  if (!history_ || status_in(told) != 200) {
    return;
  }
  const auto recorded =
      history_->record({clock_text(), key_of(options_.inputs), std::string(part(told, "name")),
                        std::string(base::kVersion), base::sha256(part(told, "answer")),
                        numbers_of(part(told, "numbers"))});
  if (!recorded && options_.warn) {
    options_.warn("the history: " + recorded.error().message);
  }
}

void LiveSite::pass_on(JobId job, const std::vector<Message>& messages) {
  Asker& asker = askers_.at(job);
  for (const Message& message : messages) {
    if (message.name == "pass") {
      connections_->tell(asker.connection, "pass", said("name", message.content));
    } else if (message.name == "diagnostics" || message.name == "said") {
      connections_->tell(asker.connection, message.name, message.content);
    } else {
      asker.told[message.name] = message.content;
    }
  }
}

void LiveSite::finish(JobId job, bool is_late) {
  const Asker asker = std::move(askers_.at(job));
  askers_.erase(job);
  const int status = status_in(asker.told);
  const Response response = status == 0 || is_late
                                ? unanswered(is_late)
                                : json_response(status, part(asker.told, "answer"));
  if (!asker.streams) {
    connections_->answer(asker.connection, response);
    return;
  }
  connections_->tell(asker.connection, response.status == 200 ? "answer" : "refused",
                     response.body);
  connections_->end_stream(asker.connection);
}

void LiveSite::broadcast(std::string_view event, std::string_view data) {
  for (const ConnectionId listener : listeners_) {
    connections_->tell(listener, event, data);
  }
}

void LiveSite::stop() {
  jobs_.cancel_all();
  for (const auto& [job, asker] : std::exchange(askers_, {})) {
    connections_->tell(asker.connection, "cancelled", "{}");
    connections_->end_stream(asker.connection);
    if (!asker.streams) {
      connections_->answer(asker.connection, refusal(503, "outlast serve is being stopped"));
    }
  }
  for (const Waiter& waiter : std::exchange(waiters_, {})) {
    connections_->answer(waiter.connection, refusal(503, "outlast serve is being stopped"));
  }
  broadcast("stopped", "{}");
  for (const ConnectionId listener : std::exchange(listeners_, {})) {
    connections_->end_stream(listener);
  }
}

}  // namespace outlast::serve
