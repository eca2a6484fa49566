// Proven bounds without a diagram.
//
// Problem: a diagram may outgrow any budget; the answer must then still be a true statement.
// Formulation: variables are independent and gates monotone, so all gates are increasing
//   functions of the same independent variables, and such functions are associated: for events
//   A, B among them P(A and B) >= P(A) P(B) (Esary, Proschan & Walkup 1967). Let every input i
//   have proven l_i <= P(i) <= h_i.
//
//   all   P >= prod l_i: association, applied once per input.
//         P <= min h_i: it implies each input.
//   any   P <= 1 - prod (1 - h_i): the complements of increasing events are decreasing; with
//         them association reads P(none) >= prod (1 - P(i)).
//         P >= max l_i: each input implies it.
//   at least k of n, inputs counted as often as they occur:
//         P <= sum h_i / (k - j) over all but the j greatest h_i, for each j < k: of those at least
//         k - j are true, and Markov's inequality holds for their number.
//         P >= 1 - the same for the false ones, of which fewer than k true ones leave at least
//         n - k + 1.
//         P >= prod of the k greatest l_i: these k together imply it.
//         P <= 1 - prod (1 - h_i) over the n - k + 1 least h_i: of any n - k + 1 inputs one is
//         true where k of n are. A repeated input enters each product once.
//
//   Inputs that have nothing in common are independent, and then more is known. Two inputs have
//   something in common where below both lies a node with several users that is not settled in the
//   case at hand. Inputs are put into groups that have nothing in common: within a group the above
//   holds, and of independent groups
//         P(all) = prod P(group), P(any) = 1 - prod (1 - P(group)),
//   while at least k of independent inputs are counted one after the other. Each of these rises with
//   each P, so that it holds at both ends.
//
//   With a negated variable somewhere association fails; then within a group only what holds whatever
//   the dependence is used: P(any) <= sum h_i, P(all) >= 1 - sum (1 - l_i), and of k of n the sums.
//
// Rounding: every step is widened by more than it can round, so the bounds stay proven; this
//   costs about 1e-15 of relative width per input.
// Limits: within a group blind to how much is shared, and so wide for redundant parts: two of three
//   with 1e-3 each that share anything are somewhere between 1e-6 and 1.5e-3. Where there is too much
//   to remember of who shares what, all counts as one group.
// Source: Esary, Proschan & Walkup 1967; Barlow & Proschan 1975, chapter 2; Rüger 1978 (sums).

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "engines/faulttree/bounds.h"
#include "engines/faulttree/common_inputs.h"
#include "engines/faulttree/diagram.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

using base::GateKind;

namespace {

/// Each expression below rounds at most seven times by at most 2^-53.
constexpr double kUp = 1.0 + 0x1p-50;
constexpr double kDown = 1.0 - 0x1p-50;

double both_at_least(double a, double b) {
  return a * b * kDown;
}

/// 1 - (1 - a)(1 - b), written so that small numbers keep their digits.
double either_at_most(double a, double b) {
  return std::min(1.0, (a + b * (1.0 - a)) * kUp);
}

Bounds all_of(std::span<const Bounds> inputs) {
  Bounds all{1.0, 1.0};
  for (const Bounds& input : inputs) {
    all.low = both_at_least(all.low, input.low);
    all.high = std::min(all.high, input.high);
  }
  return all;
}

Bounds any_of(std::span<const Bounds> inputs) {
  Bounds any{0.0, 0.0};
  for (const Bounds& input : inputs) {
    any.low = std::max(any.low, input.low);
    any.high = either_at_most(any.high, input.high);
  }
  return any;
}

/// The same of events of which nothing is known but their probabilities.
Bounds all_of_any(std::span<const Bounds> inputs) {
  double missing = 0.0;
  double least = 1.0;
  for (const Bounds& input : inputs) {
    missing = (missing + (1.0 - input.low)) * kUp;
    least = std::min(least, input.high);
  }
  return {std::max(0.0, (1.0 - missing) * kDown), least};
}

Bounds any_of_any(std::span<const Bounds> inputs) {
  Bounds any{0.0, 0.0};
  for (const Bounds& input : inputs) {
    any.low = std::max(any.low, input.low);
    any.high = std::min(1.0, (any.high + input.high) * kUp);
  }
  return any;
}

/// How likely `k` of events of which nothing is known but that they are `at_most` so likely are, at
/// most: j of them left out, k - j of the others must happen, of which there are few where the
/// likeliest are left out.
double at_least_at_most(std::vector<double> at_most, std::size_t k) {
  std::sort(at_most.begin(), at_most.end());
  double sum = 0.0;
  double least = 1.0;
  for (std::size_t i = 0; i < at_most.size(); ++i) {
    sum = (sum + at_most[i]) * kUp;
    const std::size_t left_out = at_most.size() - i - 1;
    if (left_out < k) {
      least = std::min(least, sum / static_cast<double>(k - left_out) * kUp);
    }
  }
  return least;
}

/// At least `k` of events of which nothing is known but their probabilities.
Bounds at_least_of_any(std::size_t k, std::span<const Bounds> inputs) {
  std::vector<double> happens, fails;
  for (const Bounds& input : inputs) {
    happens.push_back(input.high);
    fails.push_back((1.0 - input.low) * kUp);
  }
  const double fail_too_many = at_least_at_most(std::move(fails), inputs.size() - k + 1);
  return {std::max(0.0, (1.0 - fail_too_many) * kDown), at_least_at_most(std::move(happens), k)};
}

Bounds all_of_independent(std::span<const Bounds> groups) {
  Bounds all{1.0, 1.0};
  for (const Bounds& group : groups) {
    all = {all.low * group.low * kDown, std::min(1.0, all.high * group.high * kUp)};
  }
  return all;
}

Bounds any_of_independent(std::span<const Bounds> groups) {
  Bounds any{0.0, 0.0};
  for (const Bounds& group : groups) {
    any = {(any.low + group.low * (1.0 - any.low)) * kDown, either_at_most(any.high, group.high)};
  }
  return any;
}

/// P(at least k of independent events), each term of the sums rounded in the direction of `each`.
template <class ProbabilityOf>
double counted(std::span<const Bounds> inputs, std::size_t k, double each, ProbabilityOf p_of) {
  std::vector<double> exactly(k + 1);  // the last one: k or more
  exactly[0] = 1;
  for (const Bounds& input : inputs) {
    const double p = p_of(input);
    exactly[k] = (exactly[k] + exactly[k - 1] * p) * each;
    for (std::size_t j = k - 1; j > 0; --j) {
      exactly[j] = (exactly[j] * (1.0 - p) + exactly[j - 1] * p) * each;
    }
    exactly[0] *= (1.0 - p) * each;
  }
  return exactly[k];
}

}  // namespace

class Bounding::Work {
 public:
  Work(const Formula& formula, bool is_monotone)
      : formula_(formula), is_monotone_(is_monotone), common_(formula), bounds_(formula.size()) {}

  Bounds run(std::span<const double> low, std::span<const double> high) {
    low_ = low;
    high_ = high;
    for (Formula::Node node = 0; node < formula_.size(); ++node) {
      bounds_[node] = bounds_of(node);
      common_.set(formula_, node, bounds_[node]);
    }
    return bounds_.back();
  }

 private:
  Bounds bounds_of(Formula::Node node) {
    switch (formula_.kind(node)) {
      case GateKind::constant_false:
        return {0.0, 0.0};
      case GateKind::constant_true:
        return {1.0, 1.0};
      case GateKind::variable: {
        const std::size_t variable = formula_.variable(node).index;
        return {low_[variable], high_[variable]};
      }
      default:
        break;
    }
    inputs_.clear();
    for (Formula::Node input : formula_.inputs(node)) {
      inputs_.push_back(bounds_[input]);
    }
    if (formula_.kind(node) == GateKind::negation) {
      const Bounds& negated = inputs_.front();
      return {(1.0 - negated.high) * kDown, std::min(1.0, (1.0 - negated.low) * kUp)};
    }
    const Groups::Join within_any = is_monotone_ ? any_of : any_of_any;
    const Groups::Join within_all = is_monotone_ ? all_of : all_of_any;
    switch (formula_.kind(node)) {
      case GateKind::any:
        return common_.is_known() ? any_of_independent(grouped(node, within_any))
                                  : within_any(inputs_);
      case GateKind::all:
        return common_.is_known() ? all_of_independent(grouped(node, within_all))
                                  : within_all(inputs_);
      default:
        return may_count(node) ? count(node)
               : is_monotone_  ? at_least(node)
                               : at_least_of_any(formula_.threshold(node), inputs_);
    }
  }

  /// Bounds of the groups of inputs that have nothing in common.
  std::span<const Bounds> grouped(Formula::Node node, Groups::Join within) {
    groups_.begin(within);
    for (const Formula::Node input : formula_.inputs(node)) {
      groups_.add(common_.of(input), bounds_[input]);
    }
    return groups_.bounds();
  }

  /// Are the inputs independent, and few enough?
  bool may_count(Formula::Node node) {
    constexpr std::size_t kMostSteps = 4096;
    const std::size_t inputs = formula_.inputs(node).size();
    return common_.is_known() && inputs * formula_.threshold(node) <= kMostSteps &&
           grouped(node, any_of).size() == inputs;
  }

  [[nodiscard]] Bounds count(Formula::Node node) const {
    const std::size_t k = formula_.threshold(node);
    return {
        counted(inputs_, k, kDown, [](const Bounds& input) { return input.low; }),
        std::min(1.0, counted(inputs_, k, kUp, [](const Bounds& input) { return input.high; }))};
  }

  [[nodiscard]] Bounds at_least(Formula::Node node) const {
    const std::size_t k = formula_.threshold(node);
    const std::size_t rest = inputs_.size() - k + 1;
    const Bounds of_any = at_least_of_any(k, inputs_);
    std::vector<Bounds> likely =
        first_of(node, k, [](const Bounds& a, const Bounds& b) { return a.low > b.low; });
    std::vector<Bounds> unlikely =
        first_of(node, rest, [](const Bounds& a, const Bounds& b) { return a.high < b.high; });
    return {std::max(of_any.low, all_of(likely).low), std::min(of_any.high, any_of(unlikely).high)};
  }

  /// The first of the inputs by `before` that count for `number`; a repeated one is listed once.
  template <class Before>
  [[nodiscard]] std::vector<Bounds> first_of(Formula::Node node, std::size_t number,
                                             Before before) const {
    const auto inputs = formula_.inputs(node);
    std::vector<Formula::Node> sorted(inputs.begin(), inputs.end());
    const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(number - 1);
    std::nth_element(sorted.begin(), last, sorted.end(), [&](Formula::Node a, Formula::Node b) {
      const Bounds &left = bounds_[a], &right = bounds_[b];
      return before(left, right) || (!before(right, left) && a < b);
    });
    sorted.resize(number);
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    std::vector<Bounds> first;
    first.reserve(sorted.size());
    for (Formula::Node input : sorted) {
      first.push_back(bounds_[input]);
    }
    return first;
  }

  const Formula& formula_;
  bool is_monotone_;
  std::span<const double> low_;
  std::span<const double> high_;
  Common common_;
  Groups groups_;
  std::vector<Bounds> bounds_;
  std::vector<Bounds> inputs_;  ///< of the node at hand
};

Bounding::Bounding(const Formula& formula, bool is_monotone)
    : work_(std::make_unique<Work>(formula, is_monotone)) {}
Bounding::~Bounding() = default;

Bounds Bounding::at(std::span<const double> low, std::span<const double> high) {
  return work_->run(low, high);
}

Bounds bounds_of(const Formula& formula, bool is_monotone, std::span<const double> low,
                 std::span<const double> high) {
  return Bounding(formula, is_monotone).at(low, high);
}

Bounds bounds(const base::Gates& gates, base::GateId top, std::span<const double> p) {
  OUTLAST_ASSERT(p.size() == gates.variable_count(), "every variable has a probability");
  return bounds_of(Formula(gates, top), gates.is_monotone(top), p, p);
}

}  // namespace outlast::engines::faulttree
