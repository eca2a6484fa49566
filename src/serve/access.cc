#include "serve/access.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace outlast::serve {
namespace {

bool is_ip_address(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  if (text.starts_with('[') && text.ends_with(']')) {
    return inet_pton(AF_INET6, text.substr(1, text.size() - 2).c_str(), address.data()) == 1;
  }
  return inet_pton(AF_INET, text.c_str(), address.data()) == 1;
}

/// Is it an address of this machine alone?
bool is_loopback(const std::string& name) {
  return name == "localhost" || name == "[::1]" ||
         (name.starts_with("127.") && is_ip_address(name));
}

constexpr std::string_view kAskAgain =
    "open the address that outlast serve printed, or send Authorization: Bearer TOKEN";

}  // namespace

bool is_own_host(std::string_view host, int port) {
  const std::string end = fmt::format(":{}", port);
  const bool has_port = host.ends_with(end);
  constexpr int kUsualPort = 80;
  const std::string name(host.substr(0, host.size() - (has_port ? end.size() : 0)));
  return has_port || port == kUsualPort ? name == "localhost" || is_ip_address(name)
                                        : is_loopback(name);
}

std::string Access::cookie_name() const {
  return fmt::format("outlast-{}", port_);
}

/// Takes as long for a token that is nearly right as for any other.
bool Access::is_token(std::string_view given) const {
  unsigned difference = given.size() == token_.size() ? 0 : 1;
  for (std::size_t i = 0; i < token_.size(); ++i) {
    const char c = i < given.size() ? given[i] : '\0';
    difference |= static_cast<unsigned>(static_cast<unsigned char>(c ^ token_[i]));
  }
  return difference == 0;
}

std::optional<Response> Access::refuse(const Request& request) const {
  const std::string_view host = request.header("host");
  if (!is_own_host(host, port_)) {
    return refusal(421, "this name is not ours", "ask by the address that outlast serve printed");
  }
  const std::string_view origin = request.header("origin");
  if (!origin.empty() && origin != fmt::format("http://{}", host)) {
    return refusal(403, "pages of other sites may not ask here");
  }
  const std::string_view site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") {
    return refusal(403, "pages of other sites may not ask here");
  }
  constexpr std::string_view kBearer = "Bearer ";
  std::string_view given = request.header("authorization");
  given = given.starts_with(kBearer) ? given.substr(kBearer.size()) : std::string_view();
  if (is_token(given) || is_token(cookie_of(request, cookie_name()))) {
    return std::nullopt;
  }
  return refusal(401, "the token is missing or wrong", kAskAgain);
}

std::optional<Response> Access::welcome(const Request& request) const {
  const auto given = query_value(request.query, "token");
  if (request.method != "GET" || request.path != "/" || !given || !is_token(*given) ||
      !is_own_host(request.header("host"), port_)) {
    return std::nullopt;
  }
  Response response;
  response.status = 303;
  response.type = "text/plain";
  response.headers = {{"Location", "/"},
                      {"Set-Cookie", fmt::format("{}={}; HttpOnly; SameSite=Strict; Path=/",
                                                 cookie_name(), token_)}};
  return response;
}

base::Result<std::string> make_token() {
  std::array<unsigned char, 16> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return base::fail(fmt::format("no randomness for a token: {}", std::strerror(errno)));
  }
  std::string token;
  for (const unsigned char byte : bytes) {
    token += fmt::format("{:02x}", byte);
  }
  return token;
}

}  // namespace outlast::serve
