#pragma once

#include <string>

#include "base/assert.h"
#include "catalog/catalog.h"
#include "catalog/meaning.h"
#include "gate/decide.h"
#include "import/import.h"
#include "pipeline/pipeline.h"
#include "report/report.h"

namespace outlast {

/// Is an architecture small enough to be analysed in the time of one fuzzing run?
inline bool is_small(const blueprint::Draft& draft) {
  constexpr std::size_t kMostComponents = 30;
  constexpr std::int64_t kMostReplicas = 60;
  std::int64_t replicas = 0;
  for (const auto& component : draft.components) {
    replicas += component.replicas.value_or(1);
  }
  return draft.components.size() <= kMostComponents && replicas <= kMostReplicas;
}

/// What a reader of the reports may count on, whatever the input was.
inline void check_reports(const pipeline::Evaluation& evaluation) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto decision =
      gate::decide(*evaluation.blueprint, evaluation.analysis, {}, {}, diagnostics);
  const report::Content content{*evaluation.blueprint,
                                evaluation.analysis,
                                evaluation.fixes,
                                evaluation.sources,
                                decision,
                                {},
                                evaluation.seed,
                                {}};
  const auto id = sources.add("report.json", report::to_json(content), "");
  const bool is_json = base::parse_json(sources, id, diagnostics).has_value();
  OUTLAST_ASSERT(is_json, "the report is JSON");
  bool is_tame = true;
  for (const char c : report::to_text(content, {})) {
    is_tame = is_tame && (c == '\n' || static_cast<unsigned char>(c) >= ' ');
  }
  OUTLAST_ASSERT(is_tame, "nothing of an input acts on a terminal");
  if (const auto& availability = evaluation.analysis.availability) {
    const bool is_share = availability->low >= 0 && availability->low <= availability->value &&
                          availability->value <= availability->high && availability->high <= 1;
    OUTLAST_ASSERT(is_share, "an availability is a share within its interval");
  }
}

/// Sends the bytes of one input the whole way: read, understood, validated, analysed, reported.
inline void go_whole_way(const std::string& name, std::string bytes) {
  const base::MemoryFiles files({{name, std::move(bytes)}});
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::DocumentLimits limits = {.yaml_nodes = 100'000};
  auto imported = import::import_inputs({name}, files, sources, diagnostics, limits);
  if (diagnostics.has_errors() || imported.inputs.empty()) {
    OUTLAST_ASSERT(!diagnostics.items().empty(), "what was refused is explained");
    (void)base::render(diagnostics, sources, {.color = true, .width = 80});
    return;
  }
  catalog::read_meaning(imported.draft, catalog::Catalog::built_in(), diagnostics);
  if (!is_small(imported.draft)) {
    return;
  }
  const auto evaluation = pipeline::evaluate({name}, files, {.threads = 1});
  (void)base::render(evaluation.diagnostics, evaluation.sources, {.width = 80});
  if (evaluation.diagnostics.has_errors()) {
    return;
  }
  OUTLAST_ASSERT(evaluation.blueprint.has_value(), "what is not refused is a blueprint");
  check_reports(evaluation);
}

}  // namespace outlast
