#include "serve/askers.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace outlast::serve {
namespace {

bool wants_stream(const Request& request) {
  return request.header("accept").find("text/event-stream") != std::string_view::npos;
}

}  // namespace

void Askers::ask(ConnectionId from, std::string question, const Request& request,
                 const std::string& body) {
  const auto job = jobs_->add({std::move(question), body});
  if (!job) {
    connections_->answer(from, refusal(503, "too many questions wait already"));
    return;
  }
  const bool streams = wants_stream(request);
  if (streams && !connections_->begin_stream(from)) {
    jobs_->cancel(*job);
    return;
  }
  all_.emplace(*job, Asker{from, streams, {}});
  connections_->tell(from, "started", one_member("job", *job));
}

void Askers::hear(const News& news) {
  const auto found = all_.find(news.job);
  if (found == all_.end()) {
    return;
  }
  pass_on(found->second, news.messages);
  if (news.is_over) {
    const Asker asker = std::move(found->second);
    all_.erase(found);
    finish(asker, news.is_late);
  }
}

void Askers::pass_on(Asker& asker, const std::vector<Message>& messages) {
  for (const Message& message : messages) {
    if (message.name == "pass") {
      connections_->tell(asker.connection, "pass", one_member("name", message.content));
    } else if (message.name == "diagnostics" || message.name == "said") {
      connections_->tell(asker.connection, message.name, message.content);
    } else {
      asker.told[message.name] = message.content;
    }
  }
}

void Askers::finish(const Asker& asker, bool is_late) {
  const Response response = answer_in(asker.told, is_late);
  if (!asker.streams) {
    connections_->answer(asker.connection, response);
    return;
  }
  connections_->tell(asker.connection, response.status == 200 ? "answer" : "refused",
                     response.body);
  connections_->end_stream(asker.connection);
}

void Askers::send_away(const Asker& asker, std::string_view why) {
  if (asker.streams) {
    connections_->tell(asker.connection, "cancelled", "{}");
    connections_->end_stream(asker.connection);
  } else {
    connections_->answer(asker.connection, refusal(503, why));
  }
}

void Askers::stop(ConnectionId from, std::string_view text) {
  JobId job = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), job);
  const auto found = all_.find(job);
  if (error != std::errc() || end != text.data() + text.size() || found == all_.end()) {
    connections_->answer(from, refusal(404, "there is no such job, or it is over"));
    return;
  }
  const Asker asker = std::move(found->second);
  all_.erase(found);
  jobs_->cancel(job);
  send_away(asker, "the question was cancelled");
  connections_->answer(from, json_response(200, one_member("cancelled", job)));
}

void Askers::leave(ConnectionId who) {
  const auto gone = std::find_if(all_.begin(), all_.end(),
                                 [&](const auto& item) { return item.second.connection == who; });
  if (gone != all_.end()) {
    jobs_->cancel(gone->first);
    all_.erase(gone);
  }
}

void Askers::dismiss() {
  for (const auto& [job, asker] : std::exchange(all_, {})) {
    send_away(asker, "outlast serve is being stopped");
  }
}

}  // namespace outlast::serve
