#include "explain/explain.h"

#include <fmt/format.h>

#include "base/quoted_line.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "report/explanation.h"

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
                 "component, a place, a journey, or availability: outlast check INPUT tells them"));
  return kWrongInput;
}

}  // namespace

int run_explain(const ExplainOptions& options) {
  const auto evaluation = evaluate_quickly(options.read);
  if (!evaluation.blueprint || evaluation.diagnostics.has_errors()) {
    return evaluation.diagnostics.has_errors() ? kWrongInput : kNothingSupported;
  }
  const explain::Subject subject{*evaluation.blueprint, catalog::Catalog::built_in(),
                                 evaluation.analysis, evaluation.workings};
  const auto answers = explain::explain(subject, options.id);
  if (!answers) {
    return unknown_id(options.id, answers.error(), text_style(options.read.language));
  }
  const std::string text =
      options.as_json()
          ? report::explanations_json(*answers, evaluation.sources)
          : report::explanations_text(*answers, evaluation.sources,
                                      text_style(options.read.language, *evaluation.blueprint));
  return print(text) ? kOk : kWrongInput;
}

}  // namespace outlast::cli
