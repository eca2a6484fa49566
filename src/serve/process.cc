#include "serve/process.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

namespace outlast::serve {
namespace {

constexpr int kSocketInChild = 3;
constexpr std::size_t kNumber = sizeof(std::uint64_t);

void append_number(std::string& out, std::uint64_t number) {
  out.append(reinterpret_cast<const char*>(&number), kNumber);
}

std::uint64_t number_at(std::string_view bytes, std::size_t at) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data() + at, kNumber);
  return number;
}

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      _exit(0);  // nobody listens any more
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Leaves everything of the server behind but the socket, works, and ends.
[[noreturn]] void run_child(int socket, const std::function<void(const Tell&)>& work) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (dup2(socket, kSocketInChild) < 0 || close_range(kSocketInChild + 1, ~0U, 0) != 0) {
    _exit(1);
  }
  work([](std::string_view name, std::string_view content) {
    write_all(kSocketInChild, packed(name, content));
  });
  _exit(0);
}

}  // namespace

std::string packed(std::string_view name, std::string_view content) {
  std::string out;
  append_number(out, name.size());
  append_number(out, content.size());
  out += name;
  out += content;
  return out;
}

std::vector<Message> unpacked(std::string& bytes) {
  std::vector<Message> messages;
  std::size_t at = 0;
  while (bytes.size() - at >= 2 * kNumber) {
    const std::uint64_t name = number_at(bytes, at);
    const std::uint64_t content = number_at(bytes, at + kNumber);
    if (bytes.size() - at - 2 * kNumber < name + content) {
      break;
    }
    at += 2 * kNumber;
    messages.push_back({bytes.substr(at, name), bytes.substr(at + name, content)});
    at += name + content;
  }
  bytes.erase(0, at);
  return messages;
}

base::Result<Process> Process::start(const std::function<void(const Tell&)>& work) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return base::fail(fmt::format("no socket: {}", std::strerror(errno)));
  }
  const pid_t id = fork();
  if (id == 0) {
    run_child(ends[1], work);
  }
  const int reason = errno;
  close(ends[1]);
  if (id < 0) {
    close(ends[0]);
    return base::fail(fmt::format("no process: {}", std::strerror(reason)));
  }
  return Process(id, ends[0]);
}

Process::Process(Process&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      socket_(std::exchange(other.socket_, -1)),
      is_over_(other.is_over_),
      bytes_(std::move(other.bytes_)) {}

Process& Process::operator=(Process&& other) noexcept {
  if (this != &other) {
    stop();
    id_ = std::exchange(other.id_, -1);
    socket_ = std::exchange(other.socket_, -1);
    is_over_ = other.is_over_;
    bytes_ = std::move(other.bytes_);
  }
  return *this;
}

Process::~Process() {
  stop();
}

void Process::stop() {
  if (socket_ >= 0) {
    close(std::exchange(socket_, -1));
  }
  if (id_ > 0) {
    kill(id_, SIGKILL);
    waitpid(std::exchange(id_, -1), nullptr, 0);
  }
}

std::vector<Message> Process::take() {
  std::array<char, 65'536> block{};
  while (!is_over_) {
    const ssize_t count = recv(socket_, block.data(), block.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0 && errno == EAGAIN) {
      break;
    }
    is_over_ = count <= 0;
    bytes_.append(block.data(), static_cast<std::size_t>(count > 0 ? count : 0));
  }
  return unpacked(bytes_);
}

}  // namespace outlast::serve
