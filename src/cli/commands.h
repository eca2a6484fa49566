#pragma once

#include <string>
#include <vector>

/// One function per command; each returns the process's exit status.
namespace outlast::cli {

/// Exit statuses, as `outlast help exit-codes` tells them.
enum ExitStatus : int {
  kOk = 0,
  kGateFailed = 1,
  kWrongInput = 2,
  kNothingSupported = 3,
  kInconclusive = 4
};

/// An output asked for: its format, and the file it goes to (empty: standard output).
struct Output {
  std::string format;
  std::string path;
};

struct CheckOptions {
  std::vector<std::string> inputs;
  std::vector<Output> outputs;
  std::string fail_on = "high";
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  bool quiet = false;
  bool timings = false;
};
[[nodiscard]] int run_check(const CheckOptions& options);

struct InitOptions {
  std::string path = "outlast.yaml";
  bool force = false;
};
[[nodiscard]] int run_init(const InitOptions& options);

[[nodiscard]] int run_schema();

}  // namespace outlast::cli
