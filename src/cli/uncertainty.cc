#include "cli/uncertainty.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

#include "base/parallel.h"

namespace outlast::cli {

namespace {

constexpr std::size_t kPieceTrials = 64;  ///< that one thread does in a row
constexpr std::size_t kBoundsWork = 4;    ///< of all trials, in answers that are only bounds

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
  // In parts of the greatest: squares of what is below 1e-154 are no numbers any more.
  const double greatest = drawn.empty() ? 0 : *std::max_element(drawn.begin(), drawn.end());
  for (const double value : drawn) {
    const double part = greatest > 0 ? (value - out.mean) / greatest : 0;
    out.deviation += part * part;
  }
  const double others = std::max(1.0, static_cast<double>(drawn.size()) - 1);
  out.deviation = greatest * std::sqrt(out.deviation / others);
  std::sort(drawn.begin(), drawn.end());
  constexpr double kLow = 0.05, kMiddle = 0.5, kHigh = 0.95;
  out.p5 = quantile(drawn, kLow);
  out.median = quantile(drawn, kMiddle);
  out.p95 = quantile(drawn, kHigh);
  return out;
}

/// What one trial came to; bits, so that a crew can add up what each has and the others have not.
struct Trial {
  std::uint64_t probability = 0;
  std::uint64_t outside = 0;  ///< drawn probabilities that were none
};

/// Trials [from, to).
void draw_piece(const mef::Model& model, const engines::faulttree::Solution& solution,
                std::size_t askings, const FaultTreeOptions& options, std::size_t from,
                std::span<Trial> trials) {
  std::vector<double> values = model.expressions.at_means(options.mission_time);
  std::vector<double> p = model.probability;
  for (Trial& trial : trials) {
    model.expressions.draw(options.mission_time, options.seed, from++, values);
    for (std::size_t i = 0; i < p.size(); ++i) {
      const double value = values[model.events[i].expression.index];
      trial.outside += value >= 0 && value <= 1 ? 0 : 1;
      p[i] = value > 0 ? std::min(value, 1.0) : 0.0;
    }
    trial.probability = std::bit_cast<std::uint64_t>(solution.probability(p, askings).high);
  }
}

}  // namespace

Uncertainty draw_parameters(const mef::Model& model, const engines::faulttree::Solution& solution,
                            bool is_exact, const FaultTreeOptions& options,
                            const crew::Membership& crew) {
  const std::size_t askings = is_exact ? 1 : std::max<std::size_t>(1, options.trials / kBoundsWork);
  std::vector<Trial> trials(options.trials);
  const std::size_t pieces = (trials.size() + kPieceTrials - 1) / kPieceTrials;
  base::parallel_for(pieces, 0, [&](std::size_t piece) {
    if (piece % crew.size() == crew.rank()) {
      const std::size_t from = piece * kPieceTrials;
      const std::size_t count = std::min(kPieceTrials, trials.size() - from);
      draw_piece(model, solution, askings, options, from, std::span(trials).subspan(from, count));
    }
  });
  std::vector<std::uint64_t> words;
  for (const Trial& trial : trials) {
    words.push_back(trial.probability);
    words.push_back(trial.outside);
  }
  crew.add_up(words);
  std::vector<double> drawn;
  std::size_t outside = 0;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    drawn.push_back(std::bit_cast<double>(words[i]));
    outside += words[i + 1];
  }
  Uncertainty out = summary_of(std::move(drawn));
  out.outside = outside;
  return out;
}

}  // namespace outlast::cli
