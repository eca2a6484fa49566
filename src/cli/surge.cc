#include "pipeline/surge.h"
#include "base/units.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "report/surge.h"

namespace outlast::cli {

int run_surge(const SurgeOptions& options) {
  const auto evaluation = evaluate_quickly(options.read);
  if (!evaluation.blueprint || evaluation.diagnostics.has_errors()) {
    return evaluation.diagnostics.has_errors() ? kWrongInput : kNothingSupported;
  }
  const auto& bp = *evaluation.blueprint;
  auto question = pipeline::surge_question_of(bp.objectives());
  question.from_users = options.from_users.value_or(question.from_users);
  question.to_users = options.to_users.value_or(question.to_users);
  if (!options.within.empty()) {
    const auto within = base::parse_duration(options.within);
    if (!within) {
      return tell_error(within.error());
    }
    question.within_s = within->value;
  }
  const auto surge = pipeline::surge_of(bp, catalog::Catalog::built_in(), question);
  if (!surge) {
    return tell_error(surge.error());
  }
  return print(options.as_json()
                   ? report::surge_json(*surge, bp.name())
                   : report::surge_text(*surge, bp.name(), text_style(options.read.language)))
             ? kOk
             : kWrongInput;
}

}  // namespace outlast::cli
