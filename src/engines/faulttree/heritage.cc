// From a solution to that of changed gates.
//
// Problem: what if this group had a fourth replica, or needed two instead of three? Nearly all of
//   the architecture is as it was, and most of the work lies in finding good orders anew.
// Method: a module that says the same about the same variables keeps its diagram. Any other is
//   compiled in the order that its variables had; what is new is asked right after what a walk
//   of the new formula meets before it, so that a fourth replica comes beside the third. Where
//   that order makes many more nodes than the whole solution had, the module is solved as if
//   nothing were known.
// Why it is right: a module's key is its whole formula, with each module in it named by the equal
//   one before; keys are compared in full. An order decides what a diagram costs, never what it
//   says.
// Limits: a module above a changed one is compiled too, though it says the same.

#include "engines/faulttree/heritage.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace outlast::engines::faulttree {

namespace {

constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kNodesPerNode = 32;  ///< of the formula; what a diagram may always have
constexpr std::size_t kTimesAsMany = 4;    ///< nodes as the whole solution had

/// All that a formula says, its variables named by `name`; empty where one has no name.
template <class Name>
std::vector<std::uint32_t> key_of(const Formula& formula, Name name) {
  std::vector<std::uint32_t> key;
  key.reserve(4 * formula.size());
  for (Formula::Node node = 0; node < formula.size(); ++node) {
    const bool is_variable = formula.kind(node) == base::GateKind::variable;
    const std::uint32_t k = is_variable ? name(formula.variable(node)) : formula.threshold(node);
    if (k == kNobody) {
      return {};
    }
    const auto inputs = formula.inputs(node);
    key.push_back(static_cast<std::uint32_t>(formula.kind(node)));
    key.push_back(k);
    key.push_back(static_cast<std::uint32_t>(inputs.size()));
    key.insert(key.end(), inputs.begin(), inputs.end());
  }
  return key;
}

}  // namespace

Heritage::Heritage(std::span<const Part> before, std::size_t variables_before,
                   std::size_t variables_now, const Budget& budget)
    : before_(before),
      variables_before_(variables_before),
      variables_now_(variables_now),
      budget_(budget.nodes),
      rank_(variables_before + before.size(), kNobody),
      now_of_(before.size(), kNobody) {
  std::uint32_t place = 0;
  for (std::uint32_t i = 0; i < before.size(); ++i) {
    known_.emplace(key_of(before[i].formula, [](base::VariableId v) { return v.index; }), i);
    for (const base::VariableId variable : before[i].order) {
      rank_[variable.index] = place++;
    }
    nodes_before_ += before[i].graph ? before[i].graph->nodes.size() : 0;
  }
}

bool Heritage::pass_on(Part& part) {
  before_of_.push_back(kNobody);
  if (take_equal(part)) {
    return true;
  }
  const std::size_t nodes = std::min(
      budget_, std::max(kNodesPerNode * part.formula.size(), kTimesAsMany * nodes_before_));
  return !counts_too_much(part.formula, nodes) && compile_in(part, order_for(part.formula), nodes);
}

bool Heritage::take_equal(Part& part) {
  const Key key = key_of(part.formula, [&](base::VariableId v) -> std::uint32_t {
    if (v.index < variables_now_) {
      return v.index < variables_before_ ? v.index : kNobody;
    }
    const std::uint32_t module = before_of_[v.index - variables_now_];
    return module == kNobody ? kNobody : static_cast<std::uint32_t>(variables_before_ + module);
  });
  const auto found = known_.find(key);
  if (found == known_.end()) {
    return false;
  }
  const Part& equal = before_[found->second];
  before_of_.back() = found->second;
  now_of_[found->second] = static_cast<std::uint32_t>(before_of_.size() - 1);
  part.graph = equal.graph;
  part.cases = equal.cases;
  part.work = equal.work;
  part.order = equal.order;
  for (base::VariableId& variable : part.order) {
    if (variable.index >= variables_before_) {
      variable = base::VariableId(variables_now_ + now_of_[variable.index - variables_before_]);
    }
  }
  return true;
}

VariableOrder Heritage::order_for(const Formula& formula) const {
  std::vector<std::pair<std::uint32_t, base::VariableId>> ranked;
  std::uint32_t last = 0;
  for (const base::VariableId variable : depth_first_order(formula)) {
    std::size_t before = variable.index;
    if (variable.index >= variables_now_) {
      const std::uint32_t module = before_of_[variable.index - variables_now_];
      before = module == kNobody ? rank_.size() : variables_before_ + module;
    } else if (variable.index >= variables_before_) {
      before = rank_.size();
    }
    const std::uint32_t rank = before < rank_.size() ? rank_[before] : kNobody;
    last = rank == kNobody ? last : rank;
    ranked.emplace_back(last, variable);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  VariableOrder order;
  for (const auto& [rank, variable] : ranked) {
    order.push_back(variable);
  }
  return order;
}

}  // namespace outlast::engines::faulttree
