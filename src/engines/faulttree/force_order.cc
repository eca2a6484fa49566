// Variable order by forces.
//
// Problem: replicas in different places hang on the same many things (a path through any of
//   24 core groups, say). Nothing separates them, and asked one after the other each must be
//   remembered in full; they have to be interleaved: for every core group, its switches, then
//   what each replica has of its own at it.
// Formulation: put all nodes of the formula on a line so that each gate lies near its inputs:
//   the sum over the gates of the distance between the first and the last of the gate and its
//   inputs is to be small. The variables' order on the line is the answer.
// Method: each gate pulls its inputs and itself towards their common centre; each node moves to
//   the mean of the centres that pull it; the nodes are then put back on the places 0, 1, 2, … in
//   that order. Repeat while the sum falls; begin with the depth-first order.
// Why it ends: it stops at the first step that does not shorten the sum, and after kMaxSteps.
// Limits: finds a near valley, not the deepest. Costs sorting at each step, so it is asked only
//   where cheaper orders have failed once.
// Source: FORCE, Aloul, Markov & Sakallah 2003.

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "engines/faulttree/variable_order.h"

namespace outlast::engines::faulttree {

namespace {

using Node = Formula::Node;

constexpr int kMaxSteps = 100;

class ForceOrder {
 public:
  explicit ForceOrder(const Formula& formula)
      : formula_(formula), line_(formula.size()), place_(formula.size()) {
    std::iota(line_.begin(), line_.end(), Node{0});
  }

  VariableOrder run() {
    begin();
    double shortest = length();
    std::vector<Node> best = line_;
    for (int step = 0; step < kMaxSteps; ++step) {
      pull();
      const double now = length();
      if (now >= shortest) {
        break;
      }
      shortest = now;
      best = line_;
    }
    VariableOrder order;
    for (Node node : best) {
      if (formula_.kind(node) == base::GateKind::variable) {
        order.push_back(formula_.variable(node));
      }
    }
    return order;
  }

 private:
  /// Variables in the depth-first order, gates in the middle of their inputs.
  void begin() {
    const VariableOrder order = depth_first_order(formula_);
    std::vector<double> at(formula_.size(), 0.0);
    std::vector<std::uint32_t> rank;
    for (std::size_t i = 0; i < order.size(); ++i) {
      rank.resize(std::max<std::size_t>(rank.size(), order[i].index + 1U));
      rank[order[i].index] = static_cast<std::uint32_t>(i);
    }
    for (Node node = 0; node < formula_.size(); ++node) {
      const auto inputs = formula_.inputs(node);
      for (Node input : inputs) {
        at[node] += at[input] / static_cast<double>(inputs.size());
      }
      if (formula_.kind(node) == base::GateKind::variable) {
        at[node] = rank[formula_.variable(node).index];
      }
    }
    line_up(at);
  }

  void line_up(const std::vector<double>& at) {
    std::sort(line_.begin(), line_.end(),
              [&](Node a, Node b) { return at[a] != at[b] ? at[a] < at[b] : a < b; });
    for (std::size_t i = 0; i < line_.size(); ++i) {
      place_[line_[i]] = static_cast<double>(i);
    }
  }

  void pull() {
    std::vector<double> sum(formula_.size(), 0.0);
    std::vector<double> pulls(formula_.size(), 0.0);
    for (Node gate = 0; gate < formula_.size(); ++gate) {
      const auto inputs = formula_.inputs(gate);
      if (inputs.empty()) {
        continue;
      }
      double centre = place_[gate];
      for (Node input : inputs) {
        centre += place_[input];
      }
      centre /= static_cast<double>(inputs.size() + 1);
      sum[gate] += centre;
      pulls[gate] += 1.0;
      for (Node input : inputs) {
        sum[input] += centre;
        pulls[input] += 1.0;
      }
    }
    for (Node node = 0; node < formula_.size(); ++node) {
      sum[node] /= std::max(1.0, pulls[node]);
    }
    line_up(sum);
  }

  [[nodiscard]] double length() const {
    double length = 0.0;
    for (Node gate = 0; gate < formula_.size(); ++gate) {
      double first = place_[gate];
      double last = place_[gate];
      for (Node input : formula_.inputs(gate)) {
        first = std::min(first, place_[input]);
        last = std::max(last, place_[input]);
      }
      length += last - first;
    }
    return length;
  }

  const Formula& formula_;
  std::vector<Node> line_;
  std::vector<double> place_;
};

}  // namespace

VariableOrder force_order(const Formula& formula) {
  return ForceOrder(formula).run();
}

}  // namespace outlast::engines::faulttree
