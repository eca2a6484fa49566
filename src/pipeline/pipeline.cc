#include "pipeline/pipeline.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "catalog/meaning.h"
#include "failure/never_runs.h"
#include "findings/rules.h"
#include "import/history.h"
#include "import/prices.h"
#include "import/remarks.h"
#include "import/terraform_source.h"
#include "pipeline/bill_over_time.h"
#include "pipeline/cost.h"
#include "pipeline/credits.h"
#include "pipeline/find_waste.h"
#include "pipeline/fix_first.h"
#include "pipeline/point_at_source.h"
#include "pipeline/recovery_tools.h"
#include "pipeline/renames.h"
#include "pipeline/update_rates.h"

namespace outlast::pipeline {
namespace {

/// Runs one pass by name; the place to time and to watch them.
template <class Pass>
auto run_pass(const Options& options, std::string_view name, Pass pass) {
  if (options.on_pass) {
    options.on_pass(name);
  }
  return pass();
}

/// What can only be fed by itself never runs: an error in the input, told with the loop.
void refuse_unfed_loops(const blueprint::Blueprint& bp, base::Diagnostics& diagnostics) {
  for (const auto& loop : failure::never_runs(bp, failure::Dependence(bp))) {
    std::string names;
    for (const auto id : loop) {
      names += bp[id].id + " → ";
    }
    diagnostics.error("OUT-E1229", bp[loop.front()].evidence.span,
                      fmt::format("{} can never run: what supplies it comes only from itself: {}{}",
                                  bp[loop.front()].id, names, bp[loop.front()].id),
                      "feed the loop from outside, or leave out `kind: supply` where it is a call");
  }
}

/// Marks are known by the rules that tell them.
void refuse_unknown_marks(const blueprint::Draft& draft, base::Diagnostics& diagnostics) {
  std::vector<std::string_view> names;
  for (const findings::Rule& rule : findings::all_rules()) {
    names.push_back(rule.name);
  }
  for (const blueprint::DraftComponent& c : draft.components) {
    for (const blueprint::Mark& mark : c.marks) {
      if (std::find(names.begin(), names.end(), mark.finding) == names.end()) {
        diagnostics.error("OUT-E1235", mark.evidence.span,
                          fmt::format("{}: no rule is named \"{}\"", c.id, mark.finding),
                          base::suggest(mark.finding, names));
      }
    }
  }
}

/// What the inputs say to us beside the architecture, and the Terraform files behind a plan.
import::TerraformSource read_remarks(const blueprint::Draft& draft, const base::FileSource& files,
                                     const Options& options, Evaluation& out) {
  import::TerraformSource source;
  if (!options.source_folder.empty()) {
    source =
        import::read_terraform_source(options.source_folder, files, out.sources, out.diagnostics);
  }
  for (const auto& remarks : {source.remarks, import::remarks_of_tags(draft),
                              import::remarks_of_comments(draft, out.inputs, out.sources)}) {
    out.remarks.insert(out.remarks.end(), remarks.begin(), remarks.end());
  }
  return source;
}

/// What an hour of the surge costs as replicas come and go.
void price_surge(Evaluation& out, const catalog::Catalog& catalog) {
  for (auto& row : out.analysis.survival) {
    const auto served =
        std::find_if(row.series.tracks.begin(), row.series.tracks.end(),
                     [](const auto& track) { return track.name == "served_per_s"; });
    if (row.worst_case != "surge" || served == row.series.tracks.end()) {
      continue;
    }
    auto usd = usd_per_hour_over(out, catalog, out.workings.in_surge, served->values);
    if (!usd.empty()) {
      row.series.tracks.push_back({"usd_per_hour", std::move(usd)});
    }
  }
}

}  // namespace

Evaluation evaluate(const std::vector<std::string>& paths, const base::FileSource& files,
                    const Options& options, base::Sources sources) {
  const catalog::Catalog& catalog = catalog::Catalog::built_in();
  Evaluation out;
  out.seed = options.seed;
  out.sources = std::move(sources);

  auto imported = run_pass(options, "read", [&] {
    return import::import_inputs(paths, files, out.sources, out.diagnostics, {},
                                 {options.parameters, options.base, options.format});
  });
  out.inputs = std::move(imported.inputs);
  out.unsupported = std::move(imported.unsupported);
  out.remarks = std::move(imported.remarks);
  if (out.inputs.empty()) {
    return out;
  }
  out.draft = std::move(imported.draft);
  blueprint::Draft& draft = out.draft;
  out.renames = options.renames;
  rename(out.renames, draft);
  const auto source =
      run_pass(options, "read remarks", [&] { return read_remarks(draft, files, options, out); });
  run_pass(options, "understand", [&] { catalog::read_meaning(draft, catalog, out.diagnostics); });
  if (!options.history.empty()) {
    out.records = import::read_history(options.history, files, out.sources, out.diagnostics);
  }
  if (!options.prices.empty()) {
    out.own_prices = import::read_prices(options.prices, files, out.sources, out.diagnostics);
  }
  refuse_unknown_marks(draft, out.diagnostics);
  out.blueprint =
      run_pass(options, "validate", [&] { return blueprint::validate(draft, out.diagnostics); });
  if (!out.blueprint) {
    return out;
  }
  run_pass(options, "check loops", [&] { refuse_unfed_loops(*out.blueprint, out.diagnostics); });
  if (out.diagnostics.has_errors()) {
    return out;
  }
  if (options.reads_only && out.records.empty()) {
    run_pass(options, "price",
             [&] { out.analysis.cost = cost_of(draft, *out.blueprint, catalog, out.own_prices); });
    tell_unused_prices(out.own_prices, *out.analysis.cost, *out.blueprint, out.diagnostics);
    return out;
  }
  Study study = analyse(*out.blueprint, catalog,
                        {.seed = options.seed,
                         .threads = options.threads,
                         .asked_of_year = options.asked_of_year,
                         .records = out.records,
                         .as_of = options.as_of,
                         .on_step = options.on_pass});
  run_pass(options, "price", [&] {
    study.analysis.cost = cost_of(draft, *out.blueprint, catalog, out.own_prices);
    add_losses(*out.blueprint, study);
    add_credits(*out.blueprint, catalog, study.workings, study.analysis);
    find_waste(draft, *out.blueprint, catalog, out.own_prices,
               {.seed = options.seed, .threads = options.threads, .records = out.records}, study);
  });
  tell_unused_prices(out.own_prices, *study.analysis.cost, *out.blueprint, out.diagnostics);
  if (study.analysis.serves_users) {
    study.analysis.resilience.tools = recovery_tools(draft, *out.blueprint, catalog);
  }
  tell_unused_records(out.records, study.analysis.updated_rates, *out.blueprint, out.diagnostics);
  point_at_source(source, out.sources, study.analysis.findings);
  out.analysis = std::move(study.analysis);
  out.workings = std::move(study.workings);
  if (options.tries_fixes) {
    try_fixes_of(std::vector<bool>(out.analysis.findings.size(), true), options, out);
  }
  run_pass(options, "price over time", [&] { price_surge(out, catalog); });
  return out;
}

void try_fixes_of(const std::vector<bool>& told, const Options& options, Evaluation& evaluation) {
  evaluation.fixes = run_pass(options, "try fixes", [&] {
    return try_fixes(evaluation, told, catalog::Catalog::built_in(),
                     {.seed = options.seed,
                      .threads = options.threads,
                      .outcome_only = true,
                      .with_interval = false,
                      .records = evaluation.records});
  });
}

}  // namespace outlast::pipeline
