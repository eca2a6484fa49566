#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "serve/request.h"
#include "serve/response.h"

namespace outlast::serve {

/// Who may ask: whoever knows the token, from a page of ours or no page at all.
///
/// A name may be pointed at 127.0.0.1 by anybody (DNS rebinding), so only addresses and localhost
/// are taken as Host; a page of another site may send requests here, so its Origin must be ours.
class Access {
 public:
  Access(std::string token, int port) : token_(std::move(token)), port_(port) {}

  /// What a request is answered with that may not go on; absent where it may.
  [[nodiscard]] std::optional<Response> refuse(const Request& request) const;

  /// The first visit, with the token in the address: hands the token on as a cookie, and leads to
  /// the same page without it, so that it stays in no history. Absent for any other request.
  [[nodiscard]] std::optional<Response> welcome(const Request& request) const;

 private:
  [[nodiscard]] std::string cookie_name() const;
  [[nodiscard]] bool is_token(std::string_view given) const;
  std::string token_;
  int port_;
};

/// 128 bits that nobody can guess, in hexadecimal.
/// errors  the system has no randomness to give
[[nodiscard]] base::Result<std::string> make_token();

/// Is a Host header ours: an IP address or localhost, with this port? One without a port means port
/// 80 (RFC 9110, 4.2.1), but clients on this machine leave it out, too: of loopback it is taken.
/// Neither opens a way to DNS rebinding, for which a name is needed.
[[nodiscard]] bool is_own_host(std::string_view host, int port);

}  // namespace outlast::serve
