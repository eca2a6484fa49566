#pragma once

#include <functional>
#include <map>
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

struct CheckOptions {
  std::vector<std::string> inputs;
  /// Settings given as flags, by key, each value checked.
  std::map<std::string, std::vector<std::string>, std::less<>> flags;
  bool show_config = false;
};
[[nodiscard]] int run_check(const CheckOptions& options);

struct ExplainOptions {
  std::string id;
  std::vector<std::string> inputs;
  std::string format = "text";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_explain(const ExplainOptions& options);

struct InspectOptions {
  std::vector<std::string> inputs;
  std::string format = "text";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_inspect(const InspectOptions& options);

struct InitOptions {
  std::string path;  ///< empty: the usual one
  bool config = false;
  bool overlay = false;  ///< what is added to an import, instead of a whole architecture
  bool force = false;
};
[[nodiscard]] int run_init(const InitOptions& options);

[[nodiscard]] int run_schema(bool of_config);

struct CatalogOptions {
  std::string word;  ///< the type that is shown, or how the names that are listed begin
  std::string format = "text";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_catalog_show(const CatalogOptions& options);
[[nodiscard]] int run_catalog_list(const CatalogOptions& options);

/// Names of all types, for completions.
[[nodiscard]] std::vector<std::string> catalog_types();

}  // namespace outlast::cli
