// Cut sets from the formula.
//
// Problem: "some pod has lost all its ways up" has simple cut sets, one way or another per way up;
//   its truth has to remember which ways of all pods are lost, and no diagram is small.
// Formulation: families that hold no set and a part of it. With x the topmost variable of A and B,
//   A = A0 + x A1:
//     either(A, B)  low = either(A0, B0); high = either(A1, B1) without what contains a set of low
//     both(A, B)    every union of one of each:
//                   low = both(A0, B0);
//                   high = either(both(A1, either(B0, B1)), both(A0, B1)) without low.
//   With room for m variables only, high has room for m - 1; without room only the empty set fits.
//   At least k of n goes through the inputs: of the first i at least j is of the first i - 1 at least
//   j, or the i-th and of the first i - 1 at least j - 1.
// Why it ends: every step goes down a level. Recursion is as deep as there are variables, so more
//   than kMostVariables are refused.
// Limits: families with different room share nothing.

#include "engines/faulttree/grow_families.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engines/faulttree/cut_sets.h"
#include "engines/faulttree/without.h"

namespace outlast::engines::faulttree {

using base::GateKind;

namespace {

constexpr std::size_t kMostVariables = 5'000;
constexpr std::size_t kResultsPerNode = 4;  ///< many pairs meet of few families
constexpr std::uint32_t kAnyRoom = std::numeric_limits<std::uint32_t>::max();

/// Room that is left beside one variable.
std::uint32_t less(std::uint32_t room) {
  return room == kAnyRoom ? room : room - 1;
}

class FamilyGrower {
 public:
  FamilyGrower(const Formula& formula, VariableOrder order, std::size_t max_order,
               std::size_t budget)
      : formula_(formula),
        order_(std::move(order)),
        room_(max_order < order_.size() ? static_cast<std::uint32_t>(max_order) : kAnyRoom),
        nodes_(budget),
        without_(nodes_) {}

  std::optional<Family> run() {
    std::vector<std::uint32_t> level_of;
    for (std::size_t level = 0; level < order_.size(); ++level) {
      level_of.resize(std::max<std::size_t>(level_of.size(), order_[level].index + 1U));
      level_of[order_[level].index] = static_cast<std::uint32_t>(level);
    }
    std::vector<std::uint32_t> family(formula_.size());
    for (Formula::Node node = 0; node < formula_.size() && !nodes_.exhausted(); ++node) {
      std::vector<std::uint32_t> inputs;
      for (const Formula::Node input : formula_.inputs(node)) {
        inputs.push_back(family[input]);
      }
      const bool is_variable = formula_.kind(node) == GateKind::variable;
      family[node] = is_variable && room_ > 0
                         ? nodes_.make(level_of[formula_.variable(node).index], kFalse, kTrue)
                         : combine(node, inputs);
    }
    if (nodes_.exhausted()) {
      return std::nullopt;
    }
    return Family{nodes_.extract(family.back()), std::move(order_)};
  }

 private:
  std::uint32_t combine(Formula::Node node, const std::vector<std::uint32_t>& inputs) {
    std::uint32_t all = kTrue, any = kFalse;
    switch (formula_.kind(node)) {
      case GateKind::variable:  // no room for it
      case GateKind::constant_false:
        return kFalse;
      case GateKind::constant_true:
        return kTrue;
      case GateKind::any:
        for (const std::uint32_t input : inputs) {
          any = either(any, input, room_);
        }
        return any;
      case GateKind::all:
        for (const std::uint32_t input : inputs) {
          all = both(all, input, room_);
        }
        return all;
      default:
        return at_least(formula_.threshold(node), inputs);
    }
  }

  std::uint32_t at_least(std::size_t k, const std::vector<std::uint32_t>& inputs) {
    std::vector<std::uint32_t> least(k + 1, kFalse);
    least[0] = kTrue;
    for (std::size_t i = 0; i < inputs.size() && !nodes_.exhausted(); ++i) {
      for (std::size_t j = std::min(k, i + 1); j >= 1; --j) {
        least[j] = either(least[j], both(inputs[i], least[j - 1], room_), room_);
      }
    }
    return least[k];
  }

  struct Split {
    std::uint32_t level;
    std::uint32_t a0, a1, b0, b1;
  };
  [[nodiscard]] Split split(std::uint32_t a, std::uint32_t b) const {
    const Node &left = nodes_[a], &right = nodes_[b];
    const std::uint32_t level = std::min(left.level, right.level);
    const bool in_a = left.level == level, in_b = right.level == level;
    return {level, in_a ? left.low : a, in_a ? left.high : kFalse, in_b ? right.low : b,
            in_b ? right.high : kFalse};
  }

  std::uint32_t finish(ComputedTable& known, const ComputedTable::Key& key, std::uint32_t level,
                       std::uint32_t low, std::uint32_t high) {
    high = without_(high, low);
    const std::uint32_t made = high == kFalse ? low : nodes_.make(level, low, high);
    known.fit(kResultsPerNode * nodes_.size());
    known.put(key, made);
    return made;
  }

  /// Families that fit into `room` themselves.
  std::uint32_t either(  // NOLINT(misc-no-recursion)
      std::uint32_t a, std::uint32_t b, std::uint32_t room) {
    if (a == kTrue || b == kTrue) {
      return kTrue;
    }
    if (room == 0 || (a == kFalse && b == kFalse)) {
      return kFalse;
    }
    // What is alone may be too large for the room: it is gone through like the rest.
    if (room == room_ && (a == kFalse || b == kFalse || a == b)) {
      return std::max(a, b);
    }
    const ComputedTable::Key key{std::min(a, b), std::max(a, b), room};
    std::uint32_t result = kFalse;
    if (nodes_.exhausted() || known_either_.find(key, result)) {
      return result;
    }
    nodes_.count_step();
    const Split parts = split(a, b);
    const std::uint32_t low = either(parts.a0, parts.b0, room);
    const std::uint32_t high = either(parts.a1, parts.b1, less(room));
    return finish(known_either_, key, parts.level, low, high);
  }

  std::uint32_t both(  // NOLINT(misc-no-recursion)
      std::uint32_t a, std::uint32_t b, std::uint32_t room) {
    if (a == kFalse || b == kFalse) {
      return kFalse;
    }
    if (a == kTrue || b == kTrue || a == b) {
      const std::uint32_t other = a == kTrue ? b : a;
      return room == room_ ? other : either(other, kFalse, room);
    }
    if (room == 0) {
      return kFalse;
    }
    const ComputedTable::Key key{std::min(a, b), std::max(a, b), room};
    std::uint32_t result = kFalse;
    if (nodes_.exhausted() || known_both_.find(key, result)) {
      return result;
    }
    nodes_.count_step();
    const Split parts = split(a, b);
    const std::uint32_t low = both(parts.a0, parts.b0, room);
    const std::uint32_t either_b = either(parts.b0, parts.b1, room_);
    const std::uint32_t high = either(both(parts.a1, either_b, less(room)),
                                      both(parts.a0, parts.b1, less(room)), less(room));
    return finish(known_both_, key, parts.level, low, high);
  }

  const Formula& formula_;
  VariableOrder order_;
  std::uint32_t room_;  ///< for variables in a set
  NodeTable nodes_;
  Without without_;
  ComputedTable known_either_;
  ComputedTable known_both_;
};

}  // namespace

std::optional<Family> grow_family(const Formula& formula, std::size_t max_order,
                                  std::size_t budget) {
  if (formula.variable_count() > kMostVariables) {
    return std::nullopt;
  }
  return FamilyGrower(formula, separator_order(formula), max_order, budget).run();
}

}  // namespace outlast::engines::faulttree
