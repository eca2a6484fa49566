#include "serve/serve.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "serve/live_site.h"

namespace outlast::serve {
namespace {

constexpr int kTick_ms = 250;
constexpr std::chrono::milliseconds kGrace{2'000};  ///< to send what is left when it ends

/// A file descriptor that is closed with it.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  [[nodiscard]] int number() const { return number_; }
  void close() {
    if (number_ >= 0) {
      ::close(std::exchange(number_, -1));
    }
  }

 private:
  int number_;
};

/// An address as the system wants it.
struct Address {
  sockaddr_storage storage{};
  socklen_t length = 0;
  int family = AF_UNSPEC;
};

base::Result<Address> address_of(const Options& options) {
  Address out;
  const auto port = htons(static_cast<std::uint16_t>(options.port));
  auto* v4 = reinterpret_cast<sockaddr_in*>(&out.storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&out.storage);
  if (inet_pton(AF_INET, options.address.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = port;
    out.length = sizeof(sockaddr_in);
    out.family = AF_INET;
    return out;
  }
  if (inet_pton(AF_INET6, options.address.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = port;
    out.length = sizeof(sockaddr_in6);
    out.family = AF_INET6;
    return out;
  }
  return base::fail(fmt::format("\"{}\" is no IP address", options.address),
                    "--listen 127.0.0.1:8080");
}

base::Result<Descriptor> listen_on(const Options& options) {
  const auto address = address_of(options);
  if (!address) {
    return base::fail(address.error().message, address.error().remedy);
  }
  Descriptor listener(socket(address->family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(listener.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const auto* raw = reinterpret_cast<const sockaddr*>(&address->storage);
  if (bind(listener.number(), raw, address->length) != 0 ||
      listen(listener.number(), SOMAXCONN) != 0) {
    return base::fail(fmt::format("cannot listen on {}:{}: {}", options.address, options.port,
                                  std::strerror(errno)),
                      "--listen 127.0.0.1:0 takes a port that is free");
  }
  return listener;
}

int port_of(const Descriptor& listener) {
  Address bound;
  bound.length = sizeof bound.storage;
  getsockname(listener.number(), reinterpret_cast<sockaddr*>(&bound.storage), &bound.length);
  return ntohs(bound.storage.ss_family == AF_INET
                   ? reinterpret_cast<const sockaddr_in*>(&bound.storage)->sin_port
                   : reinterpret_cast<const sockaddr_in6*>(&bound.storage)->sin6_port);
}

/// Interruptions, as something to wait for.
Descriptor catch_signals() {
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGINT);
  sigaddset(&wanted, SIGTERM);
  sigprocmask(SIG_BLOCK, &wanted, nullptr);
  return Descriptor(signalfd(-1, &wanted, SFD_NONBLOCK | SFD_CLOEXEC));
}

bool is_interrupted(const Descriptor& signals) {
  signalfd_siginfo info{};
  return read(signals.number(), &info, sizeof info) == static_cast<ssize_t>(sizeof info);
}

void accept_all(const Descriptor& listener, Connections& connections, Clock::time_point now) {
  for (;;) {
    const int socket = accept4(listener.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) {
      return;
    }
    connections.add(socket, now);
  }
}

/// One turn: waits for anything to happen, and lets all who are concerned work.
void turn(const Descriptor& listener, const Descriptor& signals, Connections& connections,
          LiveSite& site) {
  std::vector<pollfd> polls;
  for (const Descriptor* own : {&signals, &listener}) {
    if (own->number() >= 0) {
      polls.push_back({own->number(), POLLIN, 0});
    }
  }
  connections.append_polls(polls);
  site.append_polls(polls);
  poll(polls.data(), polls.size(), kTick_ms);
  const auto now = Clock::now();
  connections.work(polls, site, now);
  if (listener.number() >= 0) {
    accept_all(listener, connections, now);
  }
  site.work(now);
}

std::string url_of(const Options& options, int port, const std::string& token) {
  const bool is_v6 = options.address.find(':') != std::string::npos;
  return fmt::format("http://{}:{}/?token={}",
                     is_v6 ? "[" + options.address + "]" : options.address, port, token);
}

base::Result<std::optional<History>> open_history(const std::string& path) {
  if (path.empty()) {
    return std::optional<History>();
  }
  auto history = History::open(path);
  if (!history) {
    return base::fail(fmt::format("cannot open the history {}: {}", path, history.error().message),
                      history.error().remedy);
  }
  return std::optional<History>(std::move(*history));
}

void serve_until_interrupted(Descriptor& listener, const Descriptor& signals,
                             Connections& connections, LiveSite& site) {
  while (!is_interrupted(signals)) {
    turn(listener, signals, connections, site);
  }
  listener.close();
  site.stop();
  const auto end = Clock::now() + kGrace;
  while (!connections.is_quiet() && Clock::now() < end && !is_interrupted(signals)) {
    turn(listener, signals, connections, site);
  }
}

}  // namespace

base::Result<Endpoint> parse_endpoint(const std::string& text) {
  Endpoint endpoint;
  const std::size_t colon = text.rfind(':');
  std::string address = colon == std::string::npos ? "" : text.substr(0, colon);
  const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
  if (address.starts_with('[') && address.ends_with(']')) {
    address = address.substr(1, address.size() - 2);
  }
  constexpr int kMostPort = 65'535;
  const char* end = port.data() + port.size();
  const auto [stop, error] = std::from_chars(port.data(), end, endpoint.port);
  if (error != std::errc() || stop != end || endpoint.port < 0 || endpoint.port > kMostPort) {
    return base::fail(fmt::format("\"{}\" is no ADDRESS:PORT", text), "--listen 127.0.0.1:8080");
  }
  if (!address.empty()) {
    endpoint.address = address == "localhost" ? "127.0.0.1" : address;
  }
  return endpoint;
}

base::Result<Stopped> serve(const Options& options, const Answerer& answerer) {
  auto listener = listen_on(options);
  if (!listener) {
    return base::fail(listener.error().message, listener.error().remedy);
  }
  auto history = open_history(options.history);
  if (!history) {
    return base::fail(history.error().message, history.error().remedy);
  }
  const auto token = make_token();
  if (!token) {
    return base::fail(token.error().message);
  }
  const int port = port_of(*listener);
  const Descriptor signals = catch_signals();
  Connections connections{Limits()};
  LiveSite site(options, Access(*token, port), answerer, connections, std::move(*history));
  options.announce(url_of(options, port, *token));
  serve_until_interrupted(*listener, signals, connections, site);
  return Stopped{};
}

}  // namespace outlast::serve
