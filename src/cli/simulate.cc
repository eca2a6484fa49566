#include <fmt/format.h>
#include <signal.h>

#include <atomic>

#include "base/file_source.h"
#include "base/units.h"
#include "base/write_file.h"
#include "cli/asked.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "cli/watched.h"
#include "clock/simulate.h"
#include "import/scenario.h"
#include "pipeline/bill_over_time.h"
#include "report/simulated.h"

namespace outlast::cli {
namespace {

/// Set by Ctrl-C: the run ends at its next step and what was seen is told.
std::atomic<bool> was_interrupted = false;

void interrupt(int /*signal*/) {
  was_interrupted.store(true, std::memory_order_relaxed);
  (void)::signal(SIGINT, SIG_DFL);  // a second one ends the program at once
}

/// A file that is there and is no timeline was hardly meant to be one: that of an input, where
/// --trace was given without its own.
base::Result<void> check_trace(const std::string& path) {
  if (path.empty()) {
    return {};
  }
  const base::DiskFiles disk;
  if (disk.kind_of(path) != base::FileSource::PathKind::file) {
    return {};
  }
  constexpr std::size_t kBeginning = 200;
  const auto there = disk.read_beginning(path, kBeginning);
  if (!there) {
    return base::fail(fmt::format("--trace: {} {}", path, there.error().message),
                      there.error().remedy);
  }
  const bool is_timeline = there->empty() || there->starts_with("at_s,kind,subject") ||
                           there->find("\"schema_version\"") != std::string::npos;
  if (!is_timeline) {
    return base::fail(fmt::format("--trace: {} is there and is no timeline", path),
                      "--trace FILE writes a file of its own: --trace timeline.csv");
  }
  return {};
}

bool write_trace(const SimulateOptions& options, const findings::Simulated& simulated,
                 const std::string& name) {
  const bool is_json = options.trace.ends_with(".json");
  const auto written =
      base::write_file(options.trace, is_json ? report::simulated_json(simulated, name)
                                              : report::trace_csv(simulated));
  if (!written) {
    (void)tell_error({fmt::format("--trace: {}: {}", options.trace, written.error().message), ""});
  }
  return written.has_value();
}

}  // namespace

base::Result<clock::SimulateOptions> simulation_of(const SimulateOptions& options) {
  clock::SimulateOptions how;
  how.engine = options.engine == "requests" ? clock::Engine::requests : clock::Engine::flow;
  how.seed = options.seed;
  how.runs = options.runs;
  if (how.runs > 0 && how.engine == clock::Engine::flow) {
    return base::fail("--runs is how often requests are drawn, and the flow engine draws none",
                      "add --engine requests, or leave --runs out");
  }
  if (options.until.empty()) {
    return how;
  }
  const auto until = base::parse_duration(options.until);
  constexpr double kLongest_s = 7 * 86'400.0;
  if (!until) {
    return base::fail(until.error().message, until.error().remedy);
  }
  if (until->value <= 0 || until->value > kLongest_s) {
    return base::fail("what is watched lasts from a moment to seven days", "2h, say");
  }
  how.until_s = until->value;
  return how;
}

int run_simulate(const SimulateOptions& options) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto scenario =
      import::read_scenario(options.scenario, base::DiskFiles(), sources, diagnostics);
  const auto evaluation = read_alone(options.read);
  if (!scenario) {
    tell(diagnostics, sources, options.read.language);
    return kWrongInput;
  }
  if (!evaluation.blueprint || evaluation.diagnostics.has_errors()) {
    return evaluation.diagnostics.has_errors() ? kWrongInput : kNothingSupported;
  }
  auto how = simulation_of(options);
  if (!how) {
    return tell_error(how.error(), options.read.language);
  }
  how->stop = &was_interrupted;
  Watched watched("the day's runs");
  how->progress = watched.progress();
  if (const auto ok = check_trace(options.trace); !ok) {
    return tell_error(ok.error(), options.read.language);
  }
  (void)::signal(SIGINT, interrupt);
  const auto& bp = *evaluation.blueprint;
  const auto& catalog = catalog::Catalog::built_in();
  auto simulated = clock::simulate(bp, catalog, *scenario, *how, diagnostics);
  watched.end();
  tell(diagnostics, sources, options.read.language);
  if (!simulated) {
    return tell_error(simulated.error(), options.read.language);
  }
  if (!*simulated) {
    return kWrongInput;
  }
  pipeline::price_over_time(evaluation, catalog, **simulated);
  const findings::Simulated& answer = **simulated;
  if (!options.trace.empty() && !write_trace(options, answer, bp.name())) {
    return kWrongInput;
  }
  const bool is_printed =
      print(options.as_json()
                ? report::simulated_json(answer, bp.name())
                : report::simulated_text(answer, bp.name(), text_style(options.read.language, bp)));
  return !is_printed ? kWrongInput : was_interrupted ? kInterrupted : kOk;
}

}  // namespace outlast::cli
