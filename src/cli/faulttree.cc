#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "base/hash.h"
#include "base/write_file.h"
#include "cli/commands.h"
#include "cli/faulttree_answer.h"
#include "cli/print.h"
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

double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Uncertainty summary_of(std::vector<double> drawn) {
  Uncertainty out;
  out.trials = drawn.size();
  for (const double value : drawn) {
    out.mean += value / static_cast<double>(drawn.size());
  }
  for (const double value : drawn) {
    out.deviation += (value - out.mean) * (value - out.mean);
  }
  const double others = std::max(1.0, static_cast<double>(drawn.size()) - 1);
  out.deviation = std::sqrt(out.deviation / others);
  std::sort(drawn.begin(), drawn.end());
  constexpr double kLow = 0.05, kMiddle = 0.5, kHigh = 0.95;
  out.p5 = quantile(drawn, kLow);
  out.median = quantile(drawn, kMiddle);
  out.p95 = quantile(drawn, kHigh);
  return out;
}

/// The probability under drawn parameters; of a bounded solution the upper end.
Uncertainty draw(const mef::Model& model, const faulttree::Solution& solution,
                 const FaultTreeOptions& options) {
  std::vector<double> values = model.expressions.at_means(options.mission_time);
  std::vector<double> p = model.probability;
  std::vector<double> drawn(options.trials);
  std::size_t outside = 0;
  for (std::size_t trial = 0; trial < drawn.size(); ++trial) {
    model.expressions.draw(options.mission_time, options.seed, trial, values);
    for (std::size_t i = 0; i < p.size(); ++i) {
      const double value = values[model.events[i].expression.index];
      outside += value >= 0 && value <= 1 ? 0 : 1;
      p[i] = value > 0 ? std::min(value, 1.0) : 0.0;
    }
    drawn[trial] = solution.probability(p).high;
  }
  Uncertainty out = summary_of(std::move(drawn));
  out.outside = outside;
  return out;
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
    out.cut_sets = std::move(*found);
  } else {
    out.no_cut_sets =
        fmt::format("too many for {} diagram nodes; {}--budget raises it", options.budget,
                    out.is_coherent ? "--max-order keeps the small ones, " : "");
  }
}

/// An event keeps its draws whatever else is in the model: its stream is its name.
montecarlo::SampledProbability sample(const mef::Model& model, const mef::Top& top,
                                      const FaultTreeOptions& options) {
  std::vector<std::uint64_t> streams;
  for (const mef::Event& event : model.events) {
    streams.push_back(base::stable_hash(event.name));
  }
  montecarlo::SampleOptions how;
  how.seed = options.seed;
  how.scenarios = options.scenarios;
  how.relative_error = 0;
  return montecarlo::sample_probability(model.gates, top.gate, model.probability, streams, how);
}

TopAnswer answer(const mef::Model& model, const mef::Top& top, const FaultTreeOptions& options,
                 TreeAnswers& answers) {
  TopAnswer out;
  out.name = top.name;
  out.is_coherent = model.gates.is_monotone(top.gate);
  out.has_probability = !model.probability.empty() || model.events.empty();
  if (options.scenarios > 0 && out.has_probability) {
    out.sampled =
        run_pass(answers, options.timings, "sample", [&] { return sample(model, top, options); });
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
    out.importance = run_pass(answers, options.timings, "importance", [&] {
      const std::vector<double> birnbaum = solution.birnbaum(model.probability);
      return birnbaum.empty()
                 ? std::vector<faulttree::Importance>()
                 : faulttree::importances(out.probability.high, model.probability, birnbaum);
    });
  }
  run_pass(answers, options.timings, "cut sets", [&] {
    find_cut_sets(model, solution, options, out);
    return true;
  });
  if (options.trials > 0 && out.has_probability) {
    out.uncertainty = run_pass(answers, options.timings, "uncertainty",
                               [&] { return draw(model, solution, options); });
  }
  return out;
}

void tell(const base::Diagnostics& diagnostics, const base::Sources& sources) {
  if (!diagnostics.items().empty()) {
    base::DiagnosticStyle style;
    style.color = isatty(fileno(stderr)) != 0 && std::getenv("NO_COLOR") == nullptr;
    std::fputs(base::render(diagnostics, sources, style).c_str(), stderr);
  }
}

bool write(const mef::Model& model, const std::string& path) {
  std::vector<std::string> names;
  for (const mef::Event& event : model.events) {
    names.push_back(event.name);
  }
  const auto written =
      base::write_file(path, mef::write_model(model.gates, model.tops, names, model.probability));
  if (!written) {
    fmt::print(stderr, "outlast: cannot write {}: {}\n", path, written.error().message);
  }
  return static_cast<bool>(written);
}

}  // namespace

int run_faulttree(const FaultTreeOptions& options) {
  TreeAnswers answers;
  base::Sources sources;
  base::Diagnostics diagnostics;
  mef::ReadOptions reading;
  reading.mission_time = options.mission_time;
  reading.tops = options.tops;
  const auto model = run_pass(answers, options.timings, "read", [&] {
    return mef::read_model(options.inputs, base::DiskFiles(), reading, sources, diagnostics);
  });
  tell(diagnostics, sources);
  if (!model || (!options.write.empty() && !write(*model, options.write))) {
    return kWrongInput;
  }
  for (const mef::Top& top : model->tops) {
    answers.tops.push_back(answer(*model, top, options, answers));
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
