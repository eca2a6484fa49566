#include "serve/connections.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace outlast::serve {
namespace {

/// How long what a client still sends is read and dropped, so that it can read our refusal first.
constexpr std::chrono::milliseconds kDrain{2'000};

bool would_wait() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

}  // namespace

Connections::~Connections() {
  for (const auto& [id, connection] : all_) {
    ::close(connection.socket);
  }
}

void Connections::make_room() {
  const auto oldest = std::find_if(all_.begin(), all_.end(), [&](const auto& item) {
    return is_asking(item.second) || item.second.state == State::draining;
  });
  if (oldest != all_.end()) {
    close(oldest->first);
  }
}

void Connections::add(int socket, Clock::time_point now) {
  if (all_.size() >= limits_.connections) {
    make_room();
  }
  if (all_.size() >= limits_.connections) {
    ::close(socket);
    return;
  }
  Connection connection;
  connection.socket = socket;
  connection.deadline = now + limits_.head;
  all_.emplace(next_++, std::move(connection));
}

void Connections::close(ConnectionId id) {
  const auto found = all_.find(id);
  ::close(found->second.socket);
  all_.erase(found);
}

/// Closes what the other side has left, or must leave.
void Connections::lose(ConnectionId id, Site& site) {
  const State state = all_.at(id).state;
  close(id);
  if (state == State::waiting || state == State::streaming) {
    site.leave(id);
  }
}

void Connections::queue(Connection& connection, std::string bytes) {
  if (!connection.is_sending()) {
    connection.out = std::move(bytes);
    connection.sent = 0;
    connection.deadline = Clock::now() + limits_.stall;
  } else {
    connection.out += bytes;
  }
}

void Connections::answer(ConnectionId to, const Response& response) {
  const auto found = all_.find(to);
  if (found != all_.end()) {
    queue(found->second, bytes_of(response));
    found->second.state = State::sending;
  }
}

bool Connections::begin_stream(ConnectionId to) {
  const auto found = all_.find(to);
  if (found == all_.end()) {
    return false;
  }
  const auto streams = std::count_if(all_.begin(), all_.end(), [](const auto& item) {
    return item.second.state == State::streaming;
  });
  if (static_cast<std::size_t>(streams) >= limits_.streams) {
    answer(to, refusal(503, "there are too many open streams", "close a page of outlast"));
    return false;
  }
  queue(found->second, stream_head());
  found->second.state = State::streaming;
  return true;
}

void Connections::tell(ConnectionId to, std::string_view event, std::string_view data) {
  const auto found = all_.find(to);
  if (found != all_.end() && found->second.state == State::streaming) {
    queue(found->second, event_bytes(event, data));
  }
}

void Connections::tell_nothing(ConnectionId to) {
  const auto found = all_.find(to);
  if (found != all_.end() && found->second.state == State::streaming) {
    queue(found->second, ":\n\n");
  }
}

void Connections::end_stream(ConnectionId to) {
  const auto found = all_.find(to);
  if (found != all_.end() && found->second.state == State::streaming) {
    found->second.state = State::sending;
  }
}

void Connections::append_polls(std::vector<pollfd>& polls) const {
  for (const auto& [id, connection] : all_) {
    const int wanted = POLLIN | (connection.is_sending() ? POLLOUT : 0);
    const bool only_sends = connection.state == State::sending;
    polls.push_back({connection.socket, static_cast<short>(only_sends ? POLLOUT : wanted), 0});
  }
}

bool Connections::is_quiet() const {
  return std::none_of(all_.begin(), all_.end(),
                      [](const auto& item) { return item.second.is_sending(); });
}

void Connections::work(const std::vector<pollfd>& polls, Site& site, Clock::time_point now) {
  std::map<int, short> ready;
  for (const pollfd& poll : polls) {
    ready.emplace(poll.fd, poll.revents);
  }
  std::vector<std::pair<ConnectionId, short>> due;
  for (const auto& [id, connection] : all_) {
    const auto found = ready.find(connection.socket);
    due.emplace_back(id, found == ready.end() ? short{0} : found->second);
  }
  for (const auto& [id, events] : due) {
    if (all_.count(id) > 0 && (events & (POLLIN | POLLHUP | POLLERR)) != 0) {
      read(id, site, now);
    }
    if (all_.count(id) > 0 && (events & POLLOUT) != 0) {
      send(id, site, now);
    }
    if (all_.count(id) > 0) {
      give_up(id, site, now);
    }
  }
}

void Connections::read(ConnectionId id, Site& site, Clock::time_point now) {
  Connection& connection = all_.at(id);
  std::array<char, 65'536> block{};
  const ssize_t count = recv(connection.socket, block.data(), block.size(), 0);
  if (count < 0 && would_wait()) {
    return;
  }
  if (count <= 0) {
    lose(id, site);
  } else if (is_asking(connection)) {
    connection.in.append(block.data(), static_cast<std::size_t>(count));
    take(id, site, now);
  }
}

/// Looks whether what has come is a whole head, and then a whole body.
void Connections::take(ConnectionId id, Site& site, Clock::time_point now) {
  Connection& connection = all_.at(id);
  if (connection.state == State::head) {
    take_head(id, site, now);
  }
  const std::size_t end = connection.body_begin + connection.request.body_bytes;
  if (connection.state == State::body && connection.in.size() >= end) {
    connection.state = State::waiting;
    const std::string bytes = std::exchange(connection.in, {});
    site.ask(id, connection.request,
             bytes.substr(connection.body_begin, connection.request.body_bytes));
  }
}

void Connections::take_head(ConnectionId id, Site& site, Clock::time_point now) {
  Connection& connection = all_.at(id);
  Head head = read_head(connection.in);
  if (head.kind == Head::Kind::incomplete) {
    return;
  }
  if (head.kind == Head::Kind::wrong) {
    answer(id, refusal(head.status, head.reason));
    return;
  }
  if (const auto refused = site.refuse(head.request)) {
    answer(id, *refused);
    return;
  }
  if (head.request.body_bytes > limits_.body_bytes) {
    answer(id, refusal(413, "the body is too large"));
    return;
  }
  if (head.request.header("expect") == "100-continue" &&
      connection.in.size() < head.bytes + head.request.body_bytes) {
    queue(connection, "HTTP/1.1 100 Continue\r\n\r\n");
  }
  connection.request = std::move(head.request);
  connection.body_begin = head.bytes;
  connection.state = State::body;
  connection.deadline = now + limits_.body;
}

void Connections::send(ConnectionId id, Site& site, Clock::time_point now) {
  Connection& connection = all_.at(id);
  if (connection.is_sending()) {
    const ssize_t count = ::send(connection.socket, connection.out.data() + connection.sent,
                                 connection.out.size() - connection.sent, MSG_NOSIGNAL);
    if (count < 0) {
      if (!would_wait()) {
        lose(id, site);
      }
      return;
    }
    connection.sent += static_cast<std::size_t>(count);
    if (!is_asking(connection)) {
      connection.deadline = now + limits_.stall;
    }
  }
  if (!connection.is_sending() && connection.state == State::sending) {
    shutdown(connection.socket, SHUT_WR);
    connection.state = State::draining;
    connection.deadline = now + kDrain;
  }
}

void Connections::give_up(ConnectionId id, Site& site, Clock::time_point now) {
  Connection& connection = all_.at(id);
  if (connection.out.size() - connection.sent > limits_.unsent_bytes) {
    lose(id, site);
    return;
  }
  const bool is_idle =
      (connection.state == State::waiting || connection.state == State::streaming) &&
      !connection.is_sending();
  if (is_idle || now < connection.deadline) {
    return;
  }
  if (is_asking(connection)) {
    answer(id, refusal(408, "the request takes too long"));
  } else {
    lose(id, site);
  }
}

}  // namespace outlast::serve
