#include "explain/inspect.h"

#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "report/inspection.h"

namespace outlast::cli {

int run_inspect(const InspectOptions& options) {
  const auto evaluation = evaluate_quickly(options.read);
  if (!evaluation.blueprint || evaluation.diagnostics.has_errors()) {
    return evaluation.diagnostics.has_errors() ? kWrongInput : kNothingSupported;
  }
  const auto inspection = explain::inspect(evaluation, catalog::Catalog::built_in(), 0);
  const std::string text =
      options.as_json()
          ? report::inspection_json(inspection, evaluation.sources)
          : report::inspection_text(inspection, evaluation.sources,
                                    text_style(options.read.language, *evaluation.blueprint));
  const auto& coverage = inspection.coverage;
  const bool is_blank = coverage.resources > 0 && coverage.understood == 0;
  return !print(text) ? kWrongInput : is_blank ? kNothingSupported : kOk;
}

}  // namespace outlast::cli
