#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "serve/access.h"
#include "serve/askers.h"
#include "serve/connections.h"
#include "serve/history.h"
#include "serve/jobs.h"
#include "serve/serve.h"
#include "serve/told.h"
#include "serve/watch.h"

namespace outlast::serve {

/// What is served: the page, the inputs' answer as it stands now, and answers to questions.
/// It knows what may be asked and how, and nothing of what the answers say.
class LiveSite final : public Site {
 public:
  LiveSite(const Options& options, Access access, Answerer answerer, Connections& connections,
           std::optional<History> history);
  LiveSite(const LiveSite&) = delete;  // askers know its jobs
  LiveSite& operator=(const LiveSite&) = delete;

  [[nodiscard]] std::optional<Response> refuse(const Request& request) const override;
  void ask(ConnectionId from, const Request& request, const std::string& body) override;
  void leave(ConnectionId who) override;

  void append_polls(std::vector<pollfd>& polls) const { jobs_.append_polls(polls); }
  void work(Clock::time_point now);

  /// Nothing further is answered; who waits is told so.
  void stop();

 private:
  /// One that wants the inputs' answer, and what part of it.
  struct Waiter {
    ConnectionId connection = 0;
    std::string path;
  };
  using Handler = void (LiveSite::*)(ConnectionId, const Request&, const std::string&);
  struct Route {
    std::string_view method;
    std::string_view path;
    Handler handler;
  };
  [[nodiscard]] static const std::vector<Route>& routes();

  void ask_page(ConnectionId from, const Request& request, const std::string& body);
  void ask_about_inputs(ConnectionId from, const Request& request, const std::string& body);
  void ask_question(ConnectionId from, const Request& request, const std::string& body);
  void ask_document(ConnectionId from, const Request& request, const std::string& body);
  void ask_history(ConnectionId from, const Request& request, const std::string& body);
  void ask_events(ConnectionId from, const Request& request, const std::string& body);
  void stop_reading(ConnectionId from, const Request& request, const std::string& body);
  void read_anew(ConnectionId from, const Request& request, const std::string& body);

  void read_inputs();
  void install(Told told);
  void record(const Told& told);
  void hear(const News& news);
  void hear_of_inputs(const News& news);
  [[nodiscard]] Response inputs_answer(std::string_view path) const;
  [[nodiscard]] static Response unread();
  [[nodiscard]] std::string how_it_stands() const;
  void broadcast(std::string_view event, std::string_view data);

  Options options_;
  Access access_;
  Connections* connections_;
  Jobs jobs_;
  Askers askers_;
  std::optional<History> history_;
  Watch watch_;
  Clock::time_point next_look_;
  Clock::time_point next_beat_;

  std::optional<Told> now_;  ///< what is said of the inputs; absent until they are read
  Told coming_;              ///< what is being said of them
  std::optional<JobId> reading_;
  bool must_read_ = false;  ///< they have changed, and nobody reads them yet
  std::vector<Waiter> waiters_;
  std::set<ConnectionId> listeners_;  ///< of events
};

}  // namespace outlast::serve
