#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
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
  kInconclusive = 4,
  kInterrupted = 130
};

struct CheckOptions {
  std::vector<std::string> inputs;
  /// Settings given as flags, by key, each value checked.
  std::map<std::string, std::vector<std::string>, std::less<>> flags;
  bool show_config = false;
  std::string emit_mef;  ///< file for the fault tree; empty: none
};
[[nodiscard]] int run_check(const CheckOptions& options);

/// What is read, and how, to ask one question about it.
struct ReadOptions {
  std::vector<std::string> inputs;
  std::string history;                  ///< empty: none
  std::string prices;                   ///< file of the owners' own prices; empty: none
  std::vector<std::string> parameters;  ///< NAME=VALUE, for what inputs ask for
  std::string today;                    ///< a date; empty: the day of the catalog
  std::string language = "en";          ///< of text
};

struct ExplainOptions {
  std::string id;
  std::string scenario;  ///< file of a day; empty: a year is explained
  ReadOptions read;
  std::string format = "text";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_explain(const ExplainOptions& options);

struct InspectOptions {
  ReadOptions read;
  std::string format = "text";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_inspect(const InspectOptions& options);

struct InitOptions {
  std::string path;  ///< empty: the usual one
  bool config = false;
  bool overlay = false;  ///< what is added to an import, instead of a whole architecture
  bool scenario = false;
  bool force = false;
};
[[nodiscard]] int run_init(const InitOptions& options);

/// Where a blueprint lies if nobody says, and what it says at first.
inline constexpr const char* kUsualBlueprint = "outlast.yaml";
[[nodiscard]] std::string starter_blueprint();

struct SurgeOptions {
  ReadOptions read;
  std::optional<double> from_users;  ///< absent: what the blueprint states, else 100
  std::optional<double> to_users;    ///< the same, else a million
  std::string within;                ///< empty: the same, else ten minutes
  bool frontier = false;             ///< from which surges it does not come back
  std::string format = "text";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_surge(const SurgeOptions& options);

struct CompareOptions {
  ReadOptions read;               ///< `inputs`: the base and the head, or all of the base
  std::vector<std::string> head;  ///< of the head, where several inputs make one of both
  std::vector<std::string> with;  ///< what belongs to both
  bool service_models = false;    ///< the inputs beside their twins of other service models
  std::string cloud;              ///< of twins of what names no cloud; empty: none
  std::string region;             ///< of twins of what names no region; empty: not known
  std::string write_twins;        ///< folder for the twins' blueprints; empty: none
  std::vector<std::string> outputs;
  std::string fail_on = "high";
  std::string max_cost_delta;      ///< a month; empty: any
  std::string max_downtime_delta;  ///< a year; empty: any
};
[[nodiscard]] int run_compare(const CompareOptions& options);

struct SimulateOptions {
  std::string scenario;  ///< file that tells what happens
  ReadOptions read;
  std::string engine = "flow";
  std::string until;  ///< empty: as the scenario says
  std::string trace;  ///< file for the timeline; empty: none
  std::uint64_t seed = 1;
  std::size_t runs = 0;  ///< of the request engine; 0: as many as cost little
  std::string format = "text";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_simulate(const SimulateOptions& options);

/// What a schema is of.
struct SchemaOptions {
  bool config = false;
  bool scenario = false;  ///< neither: blueprints and overlays
};
[[nodiscard]] int run_schema(const SchemaOptions& options);

struct RulesOptions {
  std::vector<std::string> ids;  ///< none: all
  std::string format = "text";
  std::string language = "en";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_rules(const RulesOptions& options);

struct CatalogOptions {
  std::string word;  ///< the type that is shown, or how the names that are listed begin
  std::string format = "text";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_catalog_show(const CatalogOptions& options);
[[nodiscard]] int run_catalog_list(const CatalogOptions& options);

struct IncidentsOptions {
  std::string word;  ///< the incident that is shown, or the file that is checked
  std::string format = "text";
  std::string language = "en";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_incidents(const IncidentsOptions& options);
[[nodiscard]] int run_incidents_show(const IncidentsOptions& options);
[[nodiscard]] int run_incidents_check(const IncidentsOptions& options);
[[nodiscard]] int run_incidents_reproduce(const IncidentsOptions& options);

/// in  options  the file of a protocol
[[nodiscard]] int run_incidents_interleave(const IncidentsOptions& options);

struct BacktestOptions {
  std::vector<std::string> inputs;  ///< files and folders of cases
  std::string format = "text";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_incidents_backtest(const BacktestOptions& options);

struct ReplayOptions {
  std::string incident;  ///< id or file; with `all` the first of the inputs
  ReadOptions read;
  bool all = false;
  std::string at;                  ///< time of day it begins; empty: as it was
  std::vector<std::string> as_if;  ///< ROLE=VALUE
  std::string format = "text";

  [[nodiscard]] bool as_json() const { return format == "json"; }
};
[[nodiscard]] int run_replay(const ReplayOptions& options);

struct ServeOptions {
  std::vector<std::string> inputs;
  /// Settings of `check` given as flags, by key, each value checked.
  std::map<std::string, std::vector<std::string>, std::less<>> flags;
  std::string listen = "127.0.0.1:0";
  std::string history_file;  ///< empty: the usual one
  bool no_history = false;
};
[[nodiscard]] int run_serve(const ServeOptions& options);

struct FaultTreeOptions {
  std::vector<std::string> inputs;
  std::string format = "text";
  std::vector<std::string> tops;  ///< gates asked about; empty: those that no other gate uses
  std::size_t cut_sets = 20;      ///< how many are listed
  bool by_size = false;           ///< the smallest first, not the most likely
  std::size_t max_order = 0;      ///< of cut sets; 0: any
  double mission_time = 8760;
  std::size_t trials = 0;       ///< of uncertain parameters; 0: none
  std::uint64_t scenarios = 0;  ///< to sample instead of solving; 0: none
  std::uint64_t seed = 1;
  std::size_t budget = 6'000'000;  ///< diagram nodes
  std::string write;               ///< file for the model as it was understood; empty: none
  bool timings = false;
};
[[nodiscard]] int run_faulttree(const FaultTreeOptions& options);

/// Names of all types, and of all incidents, for completions.
[[nodiscard]] std::vector<std::string> catalog_types();
[[nodiscard]] std::vector<std::string> incident_ids();
[[nodiscard]] std::vector<std::string> reproduced_incidents();

}  // namespace outlast::cli
