#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "serve/jobs.h"

/// The live view: answers over HTTP, to the browser of whoever started it.
namespace outlast::serve {

struct Options {
  /// Told once it listens: the address to open, with its token.
  std::function<void(const std::string& url)> announce;
  /// Told what goes wrong without ending it.
  std::function<void(const std::string& sentence)> warn;
  std::string address = "127.0.0.1";
  int port = 0;                     ///< 0: any that is free
  std::vector<std::string> inputs;  ///< as they were given; watched for changes
  std::string history;              ///< file of the history; empty: none is kept
  std::string page;                 ///< HTML: what a browser is shown at /
  std::map<std::string, std::string, std::less<>> documents;  ///< by path: what never changes
};

struct Stopped {};

/// Serves until it is interrupted (SIGINT, SIGTERM), then ends in good order.
///
/// in      answerer  answers all questions, each in a process of its own. Asked "inputs" it also
///                   tells "read" (paths, one a line: watched), "inputs" (a document: what they
///                   are), "name" (of the architecture) and "numbers" (a line each: name, value,
///                   + where more is better, else -; none: no run worth keeping)
/// errors  the address cannot be listened on; the history cannot be opened
/// assumes this thread is the only one
[[nodiscard]] base::Result<Stopped> serve(const Options& options, const Answerer& answerer);

/// "127.0.0.1:8080", "[::1]:0", ":8080" (loopback), "8080" (the same).
struct Endpoint {
  std::string address = "127.0.0.1";
  int port = 0;
};
[[nodiscard]] base::Result<Endpoint> parse_endpoint(const std::string& text);

}  // namespace outlast::serve
