#pragma once

#include <map>
#include <string>
#include <vector>

#include "serve/connections.h"
#include "serve/jobs.h"
#include "serve/told.h"

namespace outlast::serve {

/// Who has asked a question and waits for its answer: at once, or as a stream of what is told.
/// Whoever leaves, cancels.
class Askers {
 public:
  Askers(Connections& connections, Jobs& jobs) : connections_(&connections), jobs_(&jobs) {}

  /// in  question  its name, as an answerer knows it
  void ask(ConnectionId from, std::string question, const Request& request,
           const std::string& body);

  /// Takes news of a question that somebody here asked, and passes on what there is to.
  void hear(const News& news);

  /// Somebody wants it stopped, by the number that its stream began with.
  void stop(ConnectionId from, std::string_view job);

  void leave(ConnectionId who);

  /// Nothing further is answered; who waits is told so.
  void dismiss();

 private:
  struct Asker {
    ConnectionId connection = 0;
    bool streams = false;
    Told told;
  };
  void pass_on(Asker& asker, const std::vector<Message>& messages);
  void finish(const Asker& asker, bool is_late);
  void send_away(const Asker& asker, std::string_view why);

  Connections* connections_;
  Jobs* jobs_;
  std::map<JobId, Asker> all_;
};

}  // namespace outlast::serve
