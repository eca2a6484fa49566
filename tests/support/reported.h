#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "gate/decide.h"
#include "pipeline/pipeline.h"
#include "report/report.h"

namespace outlast::support {

/// One run over a text, and its reports.
class Checked {
 public:
  explicit Checked(const std::string& text, const std::string& path = "outlast.yaml")
      : evaluation(pipeline::evaluate(
            {path}, base::MemoryFiles(std::map<std::string, std::string>{{path, text}}),
            {.tries_fixes = false})) {
    EXPECT_TRUE(evaluation.blueprint.has_value())
        << base::render(evaluation.diagnostics, evaluation.sources);
  }

  [[nodiscard]] gate::Decision decide(const gate::Policy& policy = {},
                                      gate::Context context = {}) const {
    base::Diagnostics diagnostics;
    auto decision = gate::decide(*evaluation.blueprint, evaluation.analysis, policy,
                                 std::move(context), diagnostics);
    warnings = base::render(diagnostics, evaluation.sources);
    return decision;
  }

  /// The report in a format, by its name.
  [[nodiscard]] std::string report(std::string_view name, const gate::Policy& policy = {},
                                   gate::Context context = {},
                                   const report::TextStyle& style = {}) const {
    const auto decision = decide(policy, std::move(context));
    report::Content content{*evaluation.blueprint,
                            evaluation.analysis,
                            evaluation.fixes,
                            evaluation.sources,
                            decision,
                            {},
                            evaluation.seed,
                            ""};
    for (const auto& input : evaluation.inputs) {
      content.inputs.push_back({input.path, input.format, input.source});
    }
    for (const report::Format& format : report::formats()) {
      if (format.name == name) {
        return format.write(content, style);
      }
    }
    ADD_FAILURE() << "no format " << name;
    return "";
  }

  pipeline::Evaluation evaluation;
  mutable std::string warnings;  ///< of the last decision, as the user reads them
};

}  // namespace outlast::support
