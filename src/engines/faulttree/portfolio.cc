// Which order of the variables, and how much work it may cost.
//
// Problem: no order is best on all formulas; one may cost a thousand times another, and which one
//   does is seen only by trying.
// Method: candidate orders are tried in rounds with a growing budget, from a few nodes per formula
//   node to all of it; the first round in which one fits decides. In it the others may make no more
//   nodes than the best so far, and the smallest diagram is kept. So a model with one good order
//   costs little, however bad the others are, and the choice depends on node counts alone. All
//   rounds together make less than 8/7 of the last one's nodes per order. The forces' order costs
//   more to find than a small diagram to build: from round two only. The narrow order is the best that
//   we know where nothing else helps, and costs as much as a hundred thousand nodes on hundreds of
//   formula nodes, and a million on many: of the former it is asked where round two fails, of the
//   latter in round three; from then on it goes first, and where none fits all of the budget it is
//   changed on the way (compile.h).

#include "engines/faulttree/portfolio.h"

#include <algorithm>
#include <utility>

namespace outlast::engines::faulttree {

namespace {

constexpr std::size_t kFirstNodes = 32;    ///< budget of the first round, per formula node
constexpr std::size_t kGrowth = 8;         ///< from round to round
constexpr std::size_t kNarrowRound = 3;    ///< in which the narrow order is asked for
constexpr std::size_t kSoonNarrow = 2000;  ///< formula nodes: up to here before that

/// The smallest of the diagrams that fit into `budget`, the earlier one of equals.
std::optional<Attempt> smallest_within(std::size_t budget, const Formula& formula,
                                       const std::vector<VariableOrder>& orders) {
  std::optional<Attempt> best;
  for (const VariableOrder& order : orders) {
    const std::size_t limit = best ? std::min(budget, best->compiled.made) : budget;
    std::optional<Compiled> compiled = compile(formula, order, limit);
    if (compiled && (!best || compiled->graph.nodes.size() < best->compiled.graph.nodes.size())) {
      best = Attempt{std::move(*compiled), order};
    }
  }
  return best;
}

std::optional<Attempt> sifted_within(std::size_t budget, const Formula& formula,
                                     VariableOrder order) {
  std::optional<Compiled> compiled = compile_sifting(formula, order, budget);
  if (!compiled) {
    return std::nullopt;
  }
  return Attempt{std::move(*compiled), std::move(order)};
}

/// Rounds from the second one on; `orders` are those of the first.
std::optional<Attempt> in_growing_rounds(std::size_t share, std::size_t budget,
                                         const Formula& formula,
                                         std::vector<VariableOrder> orders) {
  std::optional<Attempt> best;
  bool has_narrow = false;
  const auto add_narrow = [&] {
    orders.insert(orders.begin(), narrow_order(formula, orders));
    has_narrow = true;
  };
  orders.push_back(force_order(formula));
  for (std::size_t round = 2; !best && share < budget; ++round) {
    share = std::min(budget, share * kGrowth);
    if (!has_narrow && round == kNarrowRound) {
      add_narrow();
    }
    best = smallest_within(share, formula, orders);
    if (!best && !has_narrow && formula.size() <= kSoonNarrow) {
      add_narrow();
      best = smallest_within(share, formula, {orders.front()});
    }
    if (!best && has_narrow && share == budget) {
      best = sifted_within(share, formula, orders.front());
    }
  }
  return best;
}

}  // namespace

std::optional<Attempt> smallest_diagram(const Formula& formula, std::size_t budget) {
  budget = std::min<std::size_t>(budget, kLeafLevel);  // more nodes than have numbers
  if (formula.variable_count() > budget) {
    return std::nullopt;  // compiling makes a node of each
  }
  std::vector<VariableOrder> orders = quick_orders(formula);
  const std::size_t share = std::min(budget, kFirstNodes * formula.size());
  std::optional<Attempt> best = smallest_within(share, formula, orders);
  return best ? std::move(best) : in_growing_rounds(share, budget, formula, std::move(orders));
}

}  // namespace outlast::engines::faulttree
