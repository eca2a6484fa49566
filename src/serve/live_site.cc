#include "serve/live_site.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/file_source.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/version.h"

namespace outlast::serve {
namespace {

constexpr std::chrono::milliseconds kLook{1'000};
constexpr std::chrono::milliseconds kBeat{15'000};
constexpr std::string_view kJobs = "/api/jobs/";
constexpr std::string_view kApi = "/api/";
constexpr std::string_view kAnalysis = "/api/analysis";

bool is_json(std::string_view type) {
  return base::to_lower(base::trim(type.substr(0, type.find(';')))) == "application/json";
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

/// Which architecture: the paths it is read from, those of another folder told apart.
std::string key_of(const std::vector<std::string>& inputs) {
  std::string key;
  for (std::string_view input : inputs) {
    while (input.starts_with("./")) {
      input.remove_prefix(2);
    }
    key += input.starts_with('/') ? "" : base::working_folder() + '/';
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
      askers_(connections, jobs_),
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
      {"DELETE", "/api/reading", &LiveSite::stop_reading},
      {"POST", "/api/reading", &LiveSite::read_anew},
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
    askers_.stop(from, std::string_view(request.path).substr(kJobs.size()));
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
  } else if (reading_ || must_read_) {
    waiters_.push_back({from, request.path});
  } else {
    connections_->answer(from, unread());
  }
}

Response LiveSite::unread() {
  return refusal(503, "the reading of the inputs was cancelled");
}

/// What was said of the inputs before stays; until they change or somebody asks, nobody reads them.
void LiveSite::stop_reading(ConnectionId from, const Request&, const std::string&) {
  if (!reading_ && !must_read_) {
    connections_->answer(from, refusal(404, "nothing is being read"));
    return;
  }
  if (reading_) {
    jobs_.cancel(*reading_);
  }
  reading_.reset();
  must_read_ = false;
  coming_.clear();
  for (const Waiter& waiter : std::exchange(waiters_, {})) {
    connections_->answer(waiter.connection, unread());
  }
  broadcast("cancelled", "{}");
  connections_->answer(from, json_response(200, "{}"));
}

void LiveSite::read_anew(ConnectionId from, const Request&, const std::string&) {
  read_inputs();
  broadcast("reading", "{}");
  connections_->answer(from, json_response(200, "{}"));
}

Response LiveSite::inputs_answer(std::string_view path) const {
  if (path != kAnalysis) {
    return json_response(200, part(*now_, path.substr(kApi.size())));
  }
  return answer_in(*now_, false);
}

/// The status of the inputs' answer: whoever listens need not ask for what is not there.
std::string LiveSite::how_it_stands() const {
  return one_member("status", static_cast<std::uint64_t>(status_in(*now_)));
}

void LiveSite::ask_question(ConnectionId from, const Request& request, const std::string& body) {
  askers_.ask(from, request.path.substr(kApi.size()), request, body);
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
    const bool is_read = reading_ || must_read_;
    connections_->tell(from,
                       now_      ? "ready"
                       : is_read ? "reading"
                                 : "cancelled",
                       now_ ? how_it_stands() : "{}");
  }
}

void LiveSite::leave(ConnectionId who) {
  listeners_.erase(who);
  waiters_.erase(std::remove_if(waiters_.begin(), waiters_.end(),
                                [&](const Waiter& waiter) { return waiter.connection == who; }),
                 waiters_.end());
  askers_.leave(who);
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
  askers_.hear(news);
}

void LiveSite::hear_of_inputs(const News& news) {
  for (const Message& message : news.messages) {
    coming_[message.name] = message.content;
    if (message.name == "pass") {
      broadcast("pass", one_member("name", message.content));
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
  const std::string name(part(told, "name"));
  const std::string numbers(part(told, "numbers"));
  if (!history_ || status_in(told) != 200 || numbers.empty()) {
    return;
  }
  const std::string version(base::kVersion);
  const auto recorded =
      history_->record({clock_text(), key_of(options_.inputs), name, version,
                        base::sha256(name + '\n' + version + '\n' + numbers), numbers_of(numbers)});
  if (!recorded && options_.warn) {
    options_.warn("the history: " + recorded.error().message);
  }
}

void LiveSite::broadcast(std::string_view event, std::string_view data) {
  for (const ConnectionId listener : listeners_) {
    connections_->tell(listener, event, data);
  }
}

void LiveSite::stop() {
  jobs_.cancel_all();
  askers_.dismiss();
  for (const Waiter& waiter : std::exchange(waiters_, {})) {
    connections_->answer(waiter.connection, refusal(503, "outlast serve is being stopped"));
  }
  broadcast("stopped", "{}");
  for (const ConnectionId listener : std::exchange(listeners_, {})) {
    connections_->end_stream(listener);
  }
}

}  // namespace outlast::serve
