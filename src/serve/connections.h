#pragma once

#include <poll.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "serve/request.h"
#include "serve/response.h"

namespace outlast::serve {

using Clock = std::chrono::steady_clock;
using ConnectionId = std::uint64_t;

/// What is asked over the connections. Answers come through them, now or later.
class Site {
 public:
  virtual ~Site() = default;

  /// Decides by the head alone, before anything of a body is read; absent: the request may go on.
  [[nodiscard]] virtual std::optional<Response> refuse(const Request& request) const = 0;

  /// A whole request. It is answered with one `answer`, or with a stream.
  virtual void ask(ConnectionId from, const Request& request, const std::string& body) = 0;

  /// Whoever asked has gone before the answer, or the stream, was over.
  virtual void leave(ConnectionId who) = 0;
};

struct Limits {
  std::size_t connections = 256;
  std::size_t streams = 64;
  std::size_t body_bytes = 8U << 20U;
  std::size_t unsent_bytes = 64U << 20U;    ///< of one connection; beyond, it is closed
  std::chrono::milliseconds head{10'000};   ///< from connecting to the end of the headers
  std::chrono::milliseconds body{30'000};   ///< from there to the end of the body
  std::chrono::milliseconds stall{30'000};  ///< without the client taking a byte of the answer
};

/// All connections, in one thread: no client, however slow, keeps another waiting.
///
/// A connection is for one request. Where more come than there is room for, the oldest of those
/// that have not even asked yet makes way, so that idle ones cannot lock others out.
class Connections {
 public:
  explicit Connections(const Limits& limits) : limits_(limits) {}
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  /// Takes a socket that was accepted.
  void add(int socket, Clock::time_point now);

  void answer(ConnectionId to, const Response& response);

  /// False where there are too many; then it has been answered so.
  [[nodiscard]] bool begin_stream(ConnectionId to);
  void tell(ConnectionId to, std::string_view event, std::string_view data);
  /// A line that means nothing, so that a stream's client is seen to be gone.
  void tell_nothing(ConnectionId to);
  void end_stream(ConnectionId to);

  /// What is waited for.
  void append_polls(std::vector<pollfd>& polls) const;

  /// Reads and writes where that is possible, asks `site` what has come, and closes what takes too
  /// long.
  void work(const std::vector<pollfd>& polls, Site& site, Clock::time_point now);

  /// True once nothing is left to send.
  [[nodiscard]] bool is_quiet() const;

 private:
  enum class State { head, body, waiting, streaming, sending, draining };
  struct Connection {
    int socket = -1;
    State state = State::head;
    std::string in;
    std::string out;
    std::size_t sent = 0;  ///< of `out`
    Request request;
    std::size_t body_begin = 0;  ///< in `in`
    Clock::time_point deadline;

    [[nodiscard]] bool is_sending() const { return sent < out.size(); }
  };

  [[nodiscard]] bool is_asking(const Connection& c) const {
    return c.state == State::head || c.state == State::body;
  }
  void make_room();
  void read(ConnectionId id, Site& site, Clock::time_point now);
  void take(ConnectionId id, Site& site, Clock::time_point now);
  void take_head(ConnectionId id, Site& site, Clock::time_point now);
  void send(ConnectionId id, Site& site, Clock::time_point now);
  void give_up(ConnectionId id, Site& site, Clock::time_point now);
  void queue(Connection& connection, std::string bytes);
  void close(ConnectionId id);
  void lose(ConnectionId id, Site& site);

  Limits limits_;
  std::map<ConnectionId, Connection> all_;
  ConnectionId next_ = 1;
};

}  // namespace outlast::serve
