#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outlast::serve {

/// Of the JSON that answers.
inline constexpr int kSchemaVersion = 1;

struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  ///< beside those of every response
};

/// The whole response as bytes, with the headers that keep a browser from doing more with it than
/// showing it here: no other site may read, frame or guess it, and nobody keeps it.
[[nodiscard]] std::string bytes_of(const Response& response);

/// The head of a stream of events; `event_bytes` follow.
[[nodiscard]] std::string stream_head();

/// One event of a stream.
/// data  any text; a line feed at its end is not sent
[[nodiscard]] std::string event_bytes(std::string_view name, std::string_view data);

[[nodiscard]] Response json_response(int status, std::string_view body);

/// One member, as a document too small for a version: what an event says.
[[nodiscard]] std::string one_member(std::string_view key, std::string_view value);
[[nodiscard]] std::string one_member(std::string_view key, std::uint64_t value);

/// A document of ours that says why something was refused, and what to do instead.
[[nodiscard]] Response refusal(int status, std::string_view message, std::string_view help = "");

}  // namespace outlast::serve
