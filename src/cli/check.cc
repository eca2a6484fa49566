#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "base/file_source.h"
#include "base/text.h"
#include "base/write_file.h"
#include "cli/baseline.h"
#include "cli/checked.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "clock/surge.h"
#include "gate/decide.h"
#include "pipeline/export_tree.h"
#include "pipeline/pipeline.h"
#include "pipeline/service_models.h"
#include "report/report.h"
#include "report/service_models.h"
#include "settings/settings.h"

namespace outlast::cli {
namespace {

using pipeline::Evaluation;
using settings::Output;
using settings::Settings;

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

/// For the page, of architectures that are small: each twin is analysed as a whole.
std::optional<findings::ServiceModels> models_for_page(const Evaluation& evaluation,
                                                       const Settings& settings,
                                                       const findings::SurgeQuestion& surge,
                                                       Progress& progress) {
  constexpr std::size_t kMostComponents = 200;
  const bool has_page = std::any_of(settings.outputs.begin(), settings.outputs.end(),
                                    [](const Output& output) { return output.format == "html"; });
  if (!has_page || evaluation.blueprint->components().size() > kMostComponents) {
    return std::nullopt;
  }
  progress.begin("service models");
  pipeline::ServiceModelOptions how;
  how.surge = surge;
  return pipeline::service_models_of(evaluation, catalog::Catalog::built_in(), how);
}

bool write_reports(const Checked& checked, const Settings& settings, Progress& progress) {
  report::Content content = content_of(checked);
  const auto surge = clock::surge_question_of(content.blueprint.objectives());
  const auto models = models_for_page(checked.evaluation, settings, surge, progress);
  progress.begin("report");
  std::optional<report::ServiceModelsContent> models_content;
  if (models) {
    content.models = &models_content.emplace(*models, surge, content.blueprint.name());
  }
  bool all_written = true;
  for (const Output& output : settings.outputs) {
    report::TextStyle style = text_style(settings.language, content.blueprint);
    style.color = style.color && output.path.empty();
    for (const report::Format& format : report::formats()) {
      if (format.name == output.format) {
        all_written = write_report(output.path, format.write(content, style)) && all_written;
      }
    }
  }
  return all_written;
}

/// Of check's figure: what is less stands in the file alone.
constexpr double kToldDifference = 0.01;

bool emit_mef(const Evaluation& evaluation, const CheckOptions& options) {
  if (!evaluation.analysis.serves_users) {
    fmt::print(stderr,
               "outlast: {} is not written: no journey leads to anything that could fail it\n"
               "State one, in an overlay if need be: journeys: {{shop: {{enters: ...}}}}\n",
               options.emit_mef);
    return false;
  }
  const pipeline::ExportedTree tree = pipeline::export_tree(
      *evaluation.blueprint, catalog::Catalog::built_in(), evaluation.workings);
  for (const pipeline::TreeDifference& difference : tree.differences) {
    if (std::abs(difference.by) > kToldDifference * difference.check) {
      fmt::print(stderr, "outlast: {}: {}: {}\n", options.emit_mef, difference.top,
                 difference.words);
    }
  }
  return write_report(options.emit_mef, tree.text);
}

int evaluate(const CheckOptions& options, const Settings& settings, base::Sources sources) {
  Progress progress(!settings.quiet && !settings.timings && isatty(fileno(stderr)) != 0,
                    settings.timings);
  const Checked checked = check_inputs(
      options.inputs, base::DiskFiles(), settings,
      [&](std::string_view pass) { progress.begin(pass); }, std::move(sources));
  progress.end();
  const Evaluation& evaluation = checked.evaluation;
  tell_diagnostics(evaluation, settings.language);
  if (!checked.decision) {
    return evaluation.diagnostics.has_errors() ? kWrongInput : kNothingSupported;
  }
  if (!spares_files(evaluation, options, settings)) {
    return kWrongInput;
  }
  const bool is_written = write_reports(checked, settings, progress);
  progress.end();
  const bool is_saved = save_baseline(settings, checked.decision->next_baseline);
  const bool is_emitted = options.emit_mef.empty() || emit_mef(evaluation, options);
  return is_written && is_saved && is_emitted ? status_of(*checked.decision, settings)
                                              : kWrongInput;
}

}  // namespace

int run_check(const CheckOptions& options) {
  base::Sources sources;
  const auto resolved = settings_of(options.flags, sources);
  if (!resolved) {
    return kWrongInput;
  }
  const Settings& settings = *resolved;
  if (options.show_config) {
    return print(settings::show(settings, sources)) ? kOk : kWrongInput;
  }
  return evaluate(options, settings, std::move(sources));
}

}  // namespace outlast::cli
