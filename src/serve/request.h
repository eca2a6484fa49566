#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outlast::serve {

/// What a client asks, without what it sends along.
struct Request {
  std::string method;
  std::string path;   ///< as written; nothing of it ever becomes a path of the disk
  std::string query;  ///< as written, without the question mark
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::size_t body_bytes = 0;                                ///< as announced
  bool has_length = false;

  /// The value of a header, empty where there is none.
  /// name  in lower case
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

inline constexpr std::size_t kMostHead = 16'384;  ///< bytes of request line and headers
inline constexpr std::size_t kMostTarget = 2'048;
inline constexpr std::size_t kMostHeaders = 100;

/// What the first bytes of a connection are.
struct Head {
  enum class Kind { incomplete, wrong, complete };
  Kind kind = Kind::incomplete;
  int status = 0;         ///< where wrong: what to answer
  std::string reason;     ///< where wrong: in one sentence
  Request request;        ///< where complete
  std::size_t bytes = 0;  ///< where complete: the body begins behind them
};

/// Reads the head of an HTTP/1.1 request, strictly: what may be read in two ways is refused, for
/// that is how requests are smuggled. One host, one length, no chunks, no folded lines, no bare
/// line feeds.
///
/// in      bytes  from the connection's beginning, as far as they have come
/// cost    linear in the bytes; a head longer than kMostHead is wrong
/// source  RFC 9112
[[nodiscard]] Head read_head(std::string_view bytes);

/// A value of a query string ("a=1&b=2"), percent-decoded; absent where there is none or it is
/// written wrongly.
[[nodiscard]] std::optional<std::string> query_value(std::string_view query, std::string_view key);

/// A cookie of the request, empty where there is none.
[[nodiscard]] std::string_view cookie_of(const Request& request, std::string_view name);

}  // namespace outlast::serve
