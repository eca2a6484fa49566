#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "gate/decide.h"
#include "settings/specs.h"

namespace outlast::settings {

enum class Origin { standard, file, environment, flag };

/// The items of a setting as written, and who wrote them.
struct Given {
  std::vector<std::string> items;
  Origin origin = Origin::standard;
  base::Span span;  ///< of the value, where it stands in a file
};

/// By key; a setting that has no default and that nobody gave has no items.
using Values = std::map<std::string, Given, std::less<>>;

/// An output asked for: its format, and the file it goes to (empty: standard output).
struct Output {
  std::string format;
  std::string path;
};

/// What `outlast check` is told to do.
struct Settings {
  std::vector<Output> outputs;
  gate::Policy policy;
  int failed_status = 1;
  bool soft_fail = false;
  std::vector<std::string> parameters;    ///< NAME=VALUE each
  std::string type;                       ///< the one format of all inputs; empty: told by content
  std::vector<std::string> ignore_paths;  ///< globs, see `IgnoringFiles`
  std::string source;                     ///< folder of Terraform files; empty: none
  std::string prices;                     ///< file of the owners' own prices; empty: none
  std::string language = "en";            ///< of text and Markdown
  std::string history;                    ///< file of the owners' own failures; empty: none
  std::vector<gate::Ignore> ignores;
  bool no_ignores = false;
  std::string baseline;
  bool create_baseline = false;
  bool update_baseline = false;
  bool show_suppressed = false;
  base::Date today;
  std::optional<base::Date> given_today;  ///< the same where it was said; ends of support go by it
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  bool timings = false;
  bool quiet = false;
  std::string config;  ///< path of the configuration that was read; empty: none
  Values values;       ///< all of them with their origin
};

/// Where the layers come from.
struct Layers {
  std::map<std::string, std::vector<std::string>, std::less<>> flags;  ///< those given, checked
  std::function<const char*(const char*)> environment;                 ///< as getenv
  std::string folder;                                                  ///< the working folder
  base::Date today = {};                                               ///< where nobody says
};

/// Takes the layers together: flag, environment, file, default.
///
/// errors  a file that cannot be read, unknown keys, wrong values: all to `diagnostics`
[[nodiscard]] Settings resolve(const Layers& layers, const base::FileSource& files,
                               base::Sources& sources, base::Diagnostics& diagnostics);

/// Every value with its origin, as a configuration file that would say the same.
[[nodiscard]] std::string show(const Settings& settings, const base::Sources& sources);

/// A configuration file to start from: every key with its meaning and default, commented out.
[[nodiscard]] std::string starter();

/// The JSON Schema of the configuration file.
[[nodiscard]] std::string schema();

inline constexpr std::string_view kFileName = ".outlast.yaml";

}  // namespace outlast::settings
