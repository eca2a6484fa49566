#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outlast::base {

/// A host that a text names, and how surely it is one.
struct HostName {
  enum class Form : std::uint8_t {
    url,        ///< scheme://host, with or without port
    with_port,  ///< host:port
    plain       ///< a word that may be one
  };
  std::string host;  ///< in small letters, without a final dot
  Form form = Form::plain;
  int port = 0;  ///< as written behind it; 0: none
};

/// Hosts in a value, a command or a file: of URLs, of pairs of host and port, and words that are
/// names of hosts by their letters. Addresses of the machine itself and numeric addresses are none.
///
/// out   each host once per form, in the order they stand
/// cost  linear in the text
[[nodiscard]] std::vector<HostName> host_names_in(std::string_view text);

/// Is this what a setting is called that says where something answers: DB_HOST, redis-addr,
/// backendUrl? Names of users, passwords and databases are not.
[[nodiscard]] bool names_a_host(std::string_view setting);

/// Words that may be hosts, each all of what an option in a line sets whose name says so:
/// "-Dredis.host=cache", "--redis-host=cache".
[[nodiscard]] std::vector<HostName> host_names_in_options(std::string_view text);

/// Only letters, digits, hyphens and dots, at least one letter, no number as its last part.
[[nodiscard]] bool is_host_name(std::string_view word);

}  // namespace outlast::base
