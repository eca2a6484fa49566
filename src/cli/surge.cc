#include "clock/surge.h"
#include "base/units.h"
#include "cli/asked.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "cli/watched.h"
#include "clock/frontier.h"
#include "pipeline/bill_over_time.h"
#include "report/frontier.h"
#include "report/surge.h"

namespace outlast::cli {

base::Result<findings::Surge> surge_of(const pipeline::Evaluation& evaluation,
                                       const SurgeOptions& options, base::Progress* progress) {
  const auto& bp = *evaluation.blueprint;
  const auto& catalog = catalog::Catalog::built_in();
  auto question = clock::surge_question_of(bp.objectives());
  question.from_users = options.from_users.value_or(question.from_users);
  question.to_users = options.to_users.value_or(question.to_users);
  if (question.from_users > question.to_users) {
    return base::fail("it begins with more users than it ends with: nothing surges",
                      "more users after than before, as from 1000 to 50000");
  }
  if (!options.within.empty()) {
    const auto within = base::parse_duration(options.within);
    if (!within) {
      return base::fail(within.error().message, within.error().remedy);
    }
    question.within_s = within->value;
  }
  auto surge = clock::surge_of(bp, catalog, question, progress);
  if (surge) {
    pipeline::price_over_time(evaluation, catalog, *surge);
  }
  return surge;
}

int run_surge(const SurgeOptions& options) {
  const auto evaluation = read_alone(options.read);
  if (!evaluation.blueprint || evaluation.diagnostics.has_errors()) {
    return evaluation.diagnostics.has_errors() ? kWrongInput : kNothingSupported;
  }
  const auto& bp = *evaluation.blueprint;
  if (options.frontier) {
    Watched watched("the frontier");
    const auto frontier = clock::frontier_of(bp, catalog::Catalog::built_in(), options.from_users,
                                             watched.progress());
    watched.end();
    if (!frontier) {
      return tell_error(frontier.error(), options.read.language);
    }
    return print(options.as_json() ? report::frontier_json(*frontier, bp.name())
                                   : report::frontier_text(*frontier, bp.name(),
                                                           text_style(options.read.language, bp)))
               ? kOk
               : kWrongInput;
  }
  Watched watched("the surge");
  const auto surge = surge_of(evaluation, options, watched.progress());
  watched.end();
  if (!surge) {
    return tell_error(surge.error(), options.read.language);
  }
  return print(options.as_json()
                   ? report::surge_json(*surge, bp.name())
                   : report::surge_text(*surge, bp.name(), text_style(options.read.language, bp)))
             ? kOk
             : kWrongInput;
}

}  // namespace outlast::cli
