#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/file_source.h"
#include "base/text.h"
#include "base/write_file.h"
#include "cli/baseline.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "gate/decide.h"
#include "pipeline/export_tree.h"
#include "pipeline/pipeline.h"
#include "report/report.h"
#include "settings/settings.h"

namespace outlast::cli {
namespace {

using pipeline::Evaluation;
using settings::Output;
using settings::Settings;

/// The day at Greenwich: the one clock that a result can depend on; --today stops it.
base::Date today() {
  const std::chrono::year_month_day day(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

int status_of(const gate::Decision& decision, const Settings& settings) {
  switch (decision.outcome) {
    case gate::Outcome::failed:
      return settings.soft_fail ? kOk : settings.failed_status;
    case gate::Outcome::inconclusive:
      return settings.soft_fail ? kOk : kInconclusive;
    case gate::Outcome::not_judged:
      return kNothingSupported;
    case gate::Outcome::passed:
      break;
  }
  return kOk;
}

/// A report takes the place neither of what was read nor of another report.
bool spares_files(const Evaluation& evaluation, const CheckOptions& options,
                  const Settings& settings) {
  std::vector<std::string> kept = {settings.history, settings.prices};
  for (const auto& input : evaluation.inputs) {
    kept.push_back(input.path);
  }
  std::vector<Output> outputs = settings.outputs;
  outputs.push_back({"mef", options.emit_mef});
  for (const Output& output : outputs) {
    const auto lost = std::find_if(kept.begin(), kept.end(), [&](const std::string& path) {
      return !path.empty() && base::is_same_file(path, output.path);
    });
    if (!output.path.empty() && lost != kept.end()) {
      fmt::print(stderr, "outlast: {} would be overwritten with {}\n  = help: name another file\n",
                 *lost, output.format);
      return false;
    }
    kept.push_back(output.path);
  }
  return true;
}

bool write_reports(const Evaluation& evaluation, const gate::Decision& decision,
                   const Settings& settings) {
  report::Content content{*evaluation.blueprint,
                          evaluation.analysis,
                          evaluation.fixes,
                          evaluation.sources,
                          decision,
                          {},
                          evaluation.seed,
                          base::working_folder()};
  for (const auto& input : evaluation.inputs) {
    content.inputs.push_back({input.path, input.format, input.source});
  }
  bool all_written = true;
  for (const Output& output : settings.outputs) {
    report::TextStyle style = text_style(settings.language);
    style.color = style.color && output.path.empty();
    for (const report::Format& format : report::formats()) {
      if (format.name == output.format) {
        all_written = write_report(output.path, format.write(content, style)) && all_written;
      }
    }
  }
  return all_written;
}

/// Follows the passes: names the one under way on a terminal's last line, and can tell how long
/// each took.
class Progress {
 public:
  Progress(bool is_shown, bool is_timed) : is_shown_(is_shown), is_timed_(is_timed) {}

  void begin(std::string_view pass) {
    end();
    name_ = pass;
    began_ = Clock::now();
    if (is_shown_) {
      fmt::print(stderr, "outlast: {} …", pass);
      std::fflush(stderr);
    }
  }

  void end() {
    if (is_shown_) {
      std::fputs("\r\x1b[K", stderr);
    }
    if (is_timed_ && !name_.empty()) {
      const std::chrono::duration<double, std::milli> took = Clock::now() - began_;
      fmt::print(stderr, "{:>10.1f} ms  {}\n", took.count(), name_);
    }
    name_.clear();
  }

 private:
  using Clock = std::chrono::steady_clock;
  bool is_shown_;
  bool is_timed_;
  std::string name_;
  Clock::time_point began_;
};

/// What the gate knows beside the findings.
gate::Context context_of(const Settings& settings, Evaluation& evaluation) {
  gate::Context context;
  context.today = settings.today;
  context.shows_ignored = settings.show_suppressed;
  context.baseline = load_baseline(settings, evaluation.sources, evaluation.diagnostics);
  context.renews_baseline = settings.create_baseline || settings.update_baseline;
  if (!settings.no_ignores) {
    context.ignores = gate::read_ignores(evaluation.remarks, evaluation.diagnostics);
    context.ignores.insert(context.ignores.begin(), settings.ignores.begin(),
                           settings.ignores.end());
  }
  return context;
}

bool emit_mef(const Evaluation& evaluation, const CheckOptions& options) {
  return write_report(options.emit_mef,
                      pipeline::export_tree(*evaluation.blueprint, catalog::Catalog::built_in(),
                                            evaluation.workings));
}

int evaluate(const CheckOptions& options, const Settings& settings, base::Sources sources) {
  Progress progress(!settings.quiet && !settings.timings && isatty(fileno(stderr)) != 0,
                    settings.timings);
  pipeline::Options how;
  how.seed = settings.seed;
  how.threads = settings.threads;
  how.on_pass = [&](std::string_view pass) { progress.begin(pass); };
  how.source_folder = settings.source;
  how.parameters = settings.parameters;
  how.history = settings.history;
  how.as_of = settings.given_today;
  how.prices = settings.prices;
  Evaluation evaluation =
      pipeline::evaluate(options.inputs, base::DiskFiles(), how, std::move(sources));
  if (evaluation.diagnostics.has_errors() || !evaluation.blueprint) {
    progress.end();
    tell_diagnostics(evaluation);
    return evaluation.diagnostics.has_errors() ? kWrongInput : kNothingSupported;
  }
  progress.begin("judge");
  gate::Context context = context_of(settings, evaluation);
  if (evaluation.diagnostics.has_errors()) {
    progress.end();
    tell_diagnostics(evaluation);
    return kWrongInput;
  }
  const auto decision = gate::decide(*evaluation.blueprint, evaluation.analysis, settings.policy,
                                     std::move(context), evaluation.diagnostics);
  progress.end();
  tell_diagnostics(evaluation);
  if (!spares_files(evaluation, options, settings)) {
    return kWrongInput;
  }
  progress.begin("report");
  const bool is_written = write_reports(evaluation, decision, settings);
  progress.end();
  const bool is_saved = save_baseline(settings, decision.next_baseline);
  const bool is_emitted = options.emit_mef.empty() || emit_mef(evaluation, options);
  return is_written && is_saved && is_emitted ? status_of(decision, settings) : kWrongInput;
}

}  // namespace

int run_check(const CheckOptions& options) {
  const base::DiskFiles files;
  base::Sources sources;
  base::Diagnostics diagnostics;
  const settings::Layers layers{options.flags, [](const char* name) { return std::getenv(name); },
                                base::working_folder(), today()};
  const Settings settings = settings::resolve(layers, files, sources, diagnostics);
  tell(diagnostics, sources);
  if (diagnostics.has_errors()) {
    return kWrongInput;
  }
  if (options.show_config) {
    return print(settings::show(settings, sources)) ? kOk : kWrongInput;
  }
  return evaluate(options, settings, std::move(sources));
}

}  // namespace outlast::cli
