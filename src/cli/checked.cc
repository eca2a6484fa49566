#include "cli/checked.h"

#include <chrono>
#include <cstdlib>
#include <utility>

#include "cli/baseline.h"
#include "cli/evaluate.h"
#include "pipeline/data_packs.h"
#include "settings/ignoring_files.h"

namespace outlast::cli {
namespace {

using pipeline::Evaluation;
using settings::Settings;

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

/// The day at Greenwich: the one clock that a result can depend on; --today stops it.
base::Date today() {
  const std::chrono::year_month_day day(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

}  // namespace

std::optional<Settings> settings_of(
    const std::map<std::string, std::vector<std::string>, std::less<>>& flags,
    base::Sources& sources) {
  base::Diagnostics diagnostics;
  const settings::Layers layers{flags, [](const char* name) { return std::getenv(name); },
                                base::working_folder(), today()};
  Settings settings = settings::resolve(layers, base::DiskFiles(), sources, diagnostics);
  tell(diagnostics, sources, settings.language);
  return diagnostics.has_errors() ? std::nullopt : std::optional(std::move(settings));
}

Checked check_inputs(const std::vector<std::string>& inputs, const base::FileSource& files,
                     const Settings& settings, const std::function<void(std::string_view)>& on_pass,
                     base::Sources sources) {
  pipeline::Options how;
  how.seed = settings.seed;
  how.threads = settings.threads;
  how.on_pass = on_pass;
  how.source_folder = settings.source;
  how.parameters = settings.parameters;
  how.format = settings.type;
  how.history = settings.history;
  how.as_of = settings.given_today;
  how.prices = settings.prices;
  how.asked_of_year = settings.policy.min_p_slo;
  how.tries_fixes = false;  // only once it is known what is ignored
  const settings::IgnoringFiles kept(files, settings.ignore_paths, inputs);
  Checked checked{pipeline::evaluate(inputs, kept, how, std::move(sources)), std::nullopt};
  Evaluation& evaluation = checked.evaluation;
  if (evaluation.diagnostics.has_errors() || !evaluation.blueprint) {
    return checked;
  }
  on_pass("judge");
  gate::Context context = context_of(settings, evaluation);
  if (!evaluation.diagnostics.has_errors()) {
    checked.decision = gate::decide(*evaluation.blueprint, evaluation.analysis, settings.policy,
                                    std::move(context), evaluation.diagnostics);
    std::vector<bool> told;
    for (const auto& finding : checked.decision->findings) {
      told.push_back(finding.is_shown);
    }
    pipeline::try_fixes_of(told, how, evaluation);
  }
  return checked;
}

report::Content content_of(const Checked& checked) {
  const Evaluation& evaluation = checked.evaluation;
  report::Content content{*evaluation.blueprint, evaluation.analysis,   evaluation.fixes,
                          evaluation.sources,    *checked.decision,     {},
                          evaluation.seed,       base::working_folder()};
  content.data = pipeline::data_packs();
  for (const auto& input : evaluation.inputs) {
    content.inputs.push_back({input.path, input.format, input.source});
  }
  return content;
}

}  // namespace outlast::cli
