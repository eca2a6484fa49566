#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <span>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "base/hash.h"
#include "base/write_file.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/faulttree_answer.h"
#include "cli/print.h"
#include "cli/uncertainty.h"
#include "crew/membership.h"
#include "mef/read.h"
#include "mef/write.h"

namespace outlast::cli {
namespace {

namespace faulttree = engines::faulttree;
namespace montecarlo = engines::montecarlo;
using Clock = std::chrono::steady_clock;

/// Runs one pass by name, and notes how long it took, over all tops.
template <class Pass>
auto run_pass(TreeAnswers& answers, bool is_timed, const char* name, Pass pass) {
  const Clock::time_point began = Clock::now();
  auto result = pass();
  if (is_timed) {
    const std::chrono::duration<double, std::milli> took = Clock::now() - began;
    auto& timings = answers.timings_ms;
    const auto known = std::find_if(timings.begin(), timings.end(),
                                    [&](const auto& timing) { return timing.first == name; });
    (known == timings.end() ? timings.emplace_back(name, 0) : *known).second += took.count();
  }
  return result;
}

void find_cut_sets(const mef::Model& model, const faulttree::Solution& solution,
                   const FaultTreeOptions& options, TopAnswer& out) {
  const auto rank = options.by_size || model.probability.empty() ? faulttree::Rank::by_order
                                                                 : faulttree::Rank::by_probability;
  const std::size_t max_order =
      options.max_order == 0 ? std::numeric_limits<std::size_t>::max() : options.max_order;
  auto found =
      solution.cut_sets(rank, model.probability, max_order, options.cut_sets, {options.budget});
  if (found) {
    out.is_coherent = out.is_coherent || found->is_monotone;
    out.cut_sets = std::move(*found);
  } else {
    out.no_cut_sets =
        fmt::format("too many for {} diagram nodes; --budget raises it", options.budget);
  }
}

/// An event keeps its draws whatever else is in the model: its stream is its name.
montecarlo::SampledProbability sample(const mef::Model& model, const mef::Top& top,
                                      const FaultTreeOptions& options,
                                      const crew::Membership& crew) {
  std::vector<std::uint64_t> streams;
  for (const mef::Event& event : model.events) {
    streams.push_back(base::stable_hash(event.name));
  }
  montecarlo::SampleOptions how;
  how.seed = options.seed;
  how.scenarios = options.scenarios;
  how.relative_error = 0;
  how.crew = {crew.rank(), crew.size(),
              [&crew](std::span<std::uint64_t> values) { crew.add_up(values); }};
  return montecarlo::sample_probability(model.gates, top.gate, model.probability, streams, how);
}

/// Importances of what is solved; else why there are none.
void find_importance(const mef::Model& model, const faulttree::Solution& solution,
                     std::size_t budget, TopAnswer& out) {
  if (model.events.empty()) {
    out.no_importance = "none: the top gate rests on no event";
    return;
  }
  if (!out.is_exact) {
    out.no_importance = fmt::format(
        "none: the probability is only bounded within {} diagram nodes; --budget raises it",
        budget);
    return;
  }
  const std::vector<double> birnbaum = solution.birnbaum(model.probability);
  if (birnbaum.empty()) {
    out.no_importance = fmt::format(
        "none: how the probability changes is only bounded within {} diagram nodes; --budget "
        "raises it",
        budget);
    return;
  }
  out.importance = faulttree::importances(out.probability.high, model.probability, birnbaum);
}

bool has_probabilities(const mef::Model& model) {
  return !model.probability.empty() || model.events.empty();
}

TopAnswer answer(const mef::Model& model, const mef::Top& top, const FaultTreeOptions& options,
                 const crew::Membership& crew, TreeAnswers& answers) {
  TopAnswer out;
  out.name = top.name;
  out.is_coherent = model.gates.is_monotone(top.gate);
  out.has_probability = has_probabilities(model);
  if (options.scenarios > 0) {
    out.sampled = run_pass(answers, options.timings, "sample",
                           [&] { return sample(model, top, options, crew); });
    out.probability = {out.sampled->low, out.sampled->high};
    return out;
  }
  const auto solution = run_pass(answers, options.timings, "solve", [&] {
    return faulttree::Solution::of(model.gates, top.gate, {options.budget}, model.probability);
  });
  out.is_exact = solution.has_diagrams();
  out.modules = solution.module_count();
  out.nodes = solution.node_count();
  if (out.has_probability) {
    out.probability = run_pass(answers, options.timings, "probability",
                               [&] { return solution.probability(model.probability); });
    out.is_exact = faulttree::is_exact(out.probability);
    run_pass(answers, options.timings, "importance", [&] {
      find_importance(model, solution, options.budget, out);
      return true;
    });
  }
  if (!out.has_probability) {
    out.no_importance = "none: the model gives its events no probabilities";
  }
  run_pass(answers, options.timings, "cut sets", [&] {
    find_cut_sets(model, solution, options, out);
    return true;
  });
  if (options.trials > 0) {
    out.uncertainty = run_pass(answers, options.timings, "uncertainty", [&] {
      return model.expressions.has_deviates()
                 ? draw_parameters(model, solution, out.is_exact, options, crew)
                 : Uncertainty();
    });
  }
  return out;
}

bool write(const mef::Model& model, const std::string& path) {
  const auto written = base::write_file(path, mef::write_model(model));
  if (!written) {
    fmt::print(stderr, "outlast: cannot write {}: {}\n", path, written.error().message);
  } else if (model.left_out > 0) {
    fmt::print(
        stderr,
        "outlast: {} lacks the labels and attributes of {} that {} neither a basic event in "
        "use nor a top\n",
        path,
        model.left_out == 1 ? "one definition" : fmt::format("{} definitions", model.left_out),
        model.left_out == 1 ? "is" : "are");
  }
  return static_cast<bool>(written);
}

/// Has every process of the crew read the same model? A crew of one has.
bool all_can_begin(const crew::Membership& crew, bool is_ready, const base::Sources& sources) {
  std::uint64_t fingerprint = 0;
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    fingerprint =
        base::stable_hash(fmt::format("{} {}", fingerprint, sources.sha256(base::SourceId(i))));
  }
  const std::size_t ready = crew.count_of(is_ready);
  const bool is_same = crew.is_same_for_all(fingerprint);
  if (crew.leads() && ready > 0 && (ready < crew.size() || !is_same)) {
    fmt::print(stderr, "outlast: not all of the {} processes have read the same model\n",
               crew.size());
  }
  return ready == crew.size() && is_same;
}

/// Trials and scenarios are drawn from probabilities: told where there are none.
bool can_draw(const mef::Model& model, const FaultTreeOptions& options,
              const crew::Membership& crew) {
  const char* asked = options.scenarios > 0 ? "--sample"
                      : options.trials > 0  ? "--uncertainty"
                                            : nullptr;
  if (asked == nullptr || has_probabilities(model)) {
    return true;
  }
  if (crew.leads()) {
    fmt::print(stderr,
               "outlast: {} has nothing to draw from: the model gives its events no "
               "probabilities\nGive each event one, or leave {} out: cut sets need none\n",
               asked, asked);
  }
  return false;
}

}  // namespace

int run_faulttree(const FaultTreeOptions& options) {
  const auto crew = crew::Membership::join();
  if (!crew) {
    fmt::print(stderr, "outlast: {}\n{}{}", crew.error().message, crew.error().remedy,
               crew.error().remedy.empty() ? "" : "\n");
    return kWrongInput;
  }
  TreeAnswers answers;
  base::Sources sources;
  base::Diagnostics diagnostics;
  mef::ReadOptions reading;
  reading.mission_time = options.mission_time;
  reading.tops = options.tops;
  const auto model = run_pass(answers, options.timings, "read", [&] {
    return mef::read_model(options.inputs, base::DiskFiles(), reading, sources, diagnostics);
  });
  if (crew->leads()) {
    tell(diagnostics, sources);
  }
  const bool writes = model && crew->leads() && !options.write.empty();
  const bool is_ready = model && (!writes || write(*model, options.write));
  if (!all_can_begin(*crew, is_ready, sources)) {
    return kWrongInput;
  }
  if (!can_draw(*model, options, *crew)) {
    return kWrongInput;
  }
  for (const mef::Top& top : model->tops) {
    answers.tops.push_back(answer(*model, top, options, *crew, answers));
  }
  // Nobody prints before all are done: an answer that was begun is one that all stand behind.
  if (crew->count_of(true) < crew->size() || !crew->leads()) {
    return kOk;
  }
  for (const auto& [pass, took] : answers.timings_ms) {
    fmt::print(stderr, "{:>10.1f} ms  {}\n", took, pass);
  }
  return print(options.format == "json" ? faulttree_json(*model, answers)
                                        : faulttree_text(*model, answers))
             ? kOk
             : kWrongInput;
}

}  // namespace outlast::cli
