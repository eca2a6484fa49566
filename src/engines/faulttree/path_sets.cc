// What must not happen for all to be well.
//
// Problem: which question brings most light into a formula that is rarely true? One of whose answers
//   nearly all of its probability hangs: something that must have happened, if the formula is true.
// Formulation: of every gate one path set, chosen from the leaves up, with the sum of the
//   probabilities as its weight. A variable's is itself; `any` is false where all its inputs are,
//   and takes the path sets of all; `all` needs one false input, and takes the lightest; at least k
//   of n is false where n - k + 1 are, and takes the lightest of these.
//   What never happens weighs nothing, what surely does weighs more than anything.
// Method: weights upwards, then from the top down what was chosen.
// Limits: what is shared weighs as often as it is met.
// Source: path sets: Barlow & Proschan 1975, chapter 1; ours in the choice.

#include "engines/faulttree/path_sets.h"

#include <algorithm>
#include <limits>

namespace outlast::engines::faulttree {

using base::GateKind;

namespace {

constexpr double kSurely = std::numeric_limits<double>::infinity();
constexpr double kMost = std::numeric_limits<double>::max();

}  // namespace

std::span<const std::uint32_t> lightest_inputs(std::span<const std::uint32_t> inputs,
                                               std::size_t missing, std::span<const double> weight,
                                               std::vector<std::uint32_t>& sorted) {
  const std::size_t wanted = inputs.empty() ? 0 : inputs.size() + 1 - missing;
  const auto is_lighter = [&](std::uint32_t a, std::uint32_t b) {
    return weight[a] != weight[b] ? weight[a] < weight[b] : a < b;
  };
  if (wanted == inputs.size()) {
    return inputs;
  }
  if (wanted == 1) {
    const auto least = std::min_element(inputs.begin(), inputs.end(), is_lighter);
    return inputs.subspan(static_cast<std::size_t>(least - inputs.begin()), 1);
  }
  sorted.assign(inputs.begin(), inputs.end());
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(wanted - 1),
                   sorted.end(), is_lighter);
  return std::span(sorted).first(wanted);
}

PathSets::PathSets(const Formula& formula)
    : formula_(formula), weight_(formula.size()), is_in_(formula.size()) {}

void PathSets::weigh(std::span<const double> low, std::span<const double> high) {
  for (Formula::Node node = 0; node < formula_.size(); ++node) {
    double& weight = weight_[node];
    weight = 0;
    if (formula_.kind(node) == GateKind::variable) {
      const std::size_t variable = formula_.variable(node).index;
      weight = low[variable] == 1 ? kSurely : high[variable];
    } else if (formula_.kind(node) == GateKind::negation) {
      const std::size_t variable = formula_.variable(formula_.inputs(node).front()).index;
      weight = high[variable] == 0 ? kSurely : 1 - low[variable];
    } else if (formula_.kind(node) == GateKind::constant_true) {
      weight = kSurely;
    } else if (formula_.kind(node) != GateKind::constant_false) {
      for (const Formula::Node input : lightest(node)) {
        // Sums of what is shared may grow beyond any number; only what surely happens is infinite.
        const double sum = weight + weight_[input];
        weight = weight_[input] == kSurely ? kSurely : std::min(sum, std::max(weight, kMost));
      }
    }
  }
}

std::span<const std::size_t> PathSets::unlikely(std::span<const double> low,
                                                std::span<const double> high) {
  weigh(low, high);
  found_.clear();
  std::fill(is_in_.begin(), is_in_.end(), false);
  is_in_[formula_.top()] = weight_.back() < kSurely && weight_.back() > 0;
  for (Formula::Node node = formula_.top() + 1; node-- > 0;) {
    if (!is_in_[node] || weight_[node] == 0) {
      continue;
    }
    if (formula_.kind(node) == GateKind::variable) {
      found_.push_back(formula_.variable(node).index);
      continue;
    }
    if (formula_.kind(node) == GateKind::negation) {
      found_.push_back(formula_.variable(formula_.inputs(node).front()).index);
      continue;
    }
    for (const Formula::Node input : lightest(node)) {
      is_in_[input] = true;
    }
  }
  std::sort(found_.begin(), found_.end());
  found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  return found_;
}

}  // namespace outlast::engines::faulttree
