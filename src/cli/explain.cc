#include "explain/explain.h"

#include <fmt/format.h>

#include "base/file_source.h"
#include "base/quoted_line.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "clock/simulate.h"
#include "explain/day.h"
#include "import/scenario.h"
#include "report/explanation.h"
#include "report/words.h"

namespace outlast::cli {
namespace {

/// Nothing is called so: what is near, and what there is.
int unknown_id(const std::string& id, const explain::UnknownId& unknown,
               const report::TextStyle& style) {
  std::string near;
  for (const std::string& word : unknown.near) {
    near += "  " + base::printable(word) + "\n";
  }
  fmt::print(
      stderr, "outlast: {}\n{}{}\n",
      style.said(fmt::format("nothing here is called \"{}\"", base::printable(id))),
      near.empty() ? "" : style.said("Near:") + "\n" + near,
      style.said("Ask by a case (server, zone.destroyed), a rule or fingerprint of a finding, a "
                 "component, a place, a journey, or a number (availability, habits, "
                 "double_faults, planned_work, depends_on): outlast check INPUT tells them"));
  return kWrongInput;
}

/// A row of the survival table may be asked for as reports print it: "a zone is down", with or
/// without which, in the reader's language or in English.
std::string id_of(const explain::Subject& subject, const std::string& asked,
                  const report::TextStyle& style) {
  for (const findings::SurvivalRow& row : subject.analysis.survival) {
    for (const std::string& name :
         {report::case_title(row.worst_case, row.mode), report::case_name(row)}) {
      if (asked == name || asked == style.said(name)) {
        return row.worst_case + (row.mode.empty() ? "" : "." + row.mode);
      }
    }
  }
  return asked;
}

/// What happens to it on a day, by the flow engine.
int add_day(const std::string& scenario_file, const pipeline::Evaluation& evaluation,
            const std::string& language, std::vector<findings::Explanation>& answers) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto scenario =
      import::read_scenario(scenario_file, base::DiskFiles(), sources, diagnostics);
  if (!scenario) {
    tell(diagnostics, sources, language);
    return kWrongInput;
  }
  const auto day = clock::simulate(*evaluation.blueprint, catalog::Catalog::built_in(), *scenario,
                                   {}, diagnostics);
  tell(diagnostics, sources, language);
  if (!day) {
    return tell_error(day.error(), language);
  }
  if (!*day) {
    return kWrongInput;
  }
  for (findings::Explanation& what : answers) {
    explain::tell_day(*evaluation.blueprint, **day, what);
  }
  return kOk;
}

}  // namespace

int run_explain(const ExplainOptions& options) {
  const auto evaluation = evaluate_quickly(options.read);
  if (!evaluation.blueprint || evaluation.diagnostics.has_errors()) {
    return evaluation.diagnostics.has_errors() ? kWrongInput : kNothingSupported;
  }
  const explain::Subject subject{*evaluation.blueprint, catalog::Catalog::built_in(),
                                 evaluation.analysis, evaluation.workings};
  const auto style = text_style(options.read.language, *evaluation.blueprint);
  auto answers = explain::explain(subject, id_of(subject, options.id, style));
  if (!answers) {
    return unknown_id(options.id, answers.error(), text_style(options.read.language));
  }
  if (!options.scenario.empty()) {
    const int status = add_day(options.scenario, evaluation, options.read.language, *answers);
    if (status != kOk) {
      return status;
    }
  }
  const std::string text = options.as_json()
                               ? report::explanations_json(*answers, evaluation.sources)
                               : report::explanations_text(*answers, evaluation.sources, style);
  return print(text) ? kOk : kWrongInput;
}

}  // namespace outlast::cli
