#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace outlast::serve {

/// Something a process of ours tells while it works: "pass", "answer", …
struct Message {
  std::string name;
  std::string content;
};

/// Tells a message to the process that waits for it.
using Tell = std::function<void(std::string_view name, std::string_view content)>;

/// A question at work in a process of its own: it can be stopped at any instant, and whatever a
/// text brings it to, memory without end or a bug of ours, ends with it and not with the server.
///
/// assumes the server is one thread, so that a copy of it is whole
class Process {
 public:
  /// errors  the system gives no further process
  [[nodiscard]] static base::Result<Process> start(const std::function<void(const Tell&)>& work);

  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  /// Stops it where it is still at work.
  ~Process();

  /// Becomes readable when there is something to `take`.
  [[nodiscard]] int descriptor() const { return socket_; }

  /// What it has told since; to be asked when the descriptor is readable.
  [[nodiscard]] std::vector<Message> take();

  /// True once it has told all it will.
  [[nodiscard]] bool is_over() const { return is_over_; }

 private:
  Process(pid_t id, int socket) : id_(id), socket_(socket) {}
  void stop();
  pid_t id_ = -1;
  int socket_ = -1;
  bool is_over_ = false;
  std::string bytes_;  ///< read, and no whole message yet
};

/// A message as it goes through the socket, and back.
[[nodiscard]] std::string packed(std::string_view name, std::string_view content);

/// Takes the whole messages off the front of `bytes`.
[[nodiscard]] std::vector<Message> unpacked(std::string& bytes);

}  // namespace outlast::serve
