// Which order of the variables, and how much work it may cost.
//
// Problem: no order is best on all formulas; one may cost a thousand times another, and which one
//   does is seen only by trying.
// Method: candidate orders are tried in rounds with a growing budget, from a few nodes per formula
//   node to all of it; the first round in which one fits decides. In it the others may make no more
//   nodes than half of the best so far, and the smallest diagram is kept. So a model with one good order
//   costs little, however bad the others are, and the choice depends on node counts alone. In each
//   round those go first that got furthest up the formula in the one before; after kNarrowRound only
//   the first kLast go. The forces' order costs more to find than a small diagram to build: from round
//   two only. The narrow order is the best that we know where nothing else helps, and costs as much as
//   a hundred thousand nodes on hundreds of formula nodes, and a million on many: of the former it is
//   asked where round two fails, of the latter in kNarrowRound; where none fits all of the budget it is
//   changed on the way (compile.h).

#include "engines/faulttree/portfolio.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace outlast::engines::faulttree {

namespace {

constexpr std::size_t kFirstNodes = 32;    ///< budget of the first round, per formula node
constexpr std::size_t kGrowth = 4;         ///< from round to round
constexpr std::size_t kNarrowRound = 4;    ///< in which the narrow order is asked for
constexpr std::size_t kSoonNarrow = 2000;  ///< formula nodes: up to here before that
constexpr std::size_t kLast = 4;           ///< orders that are tried after that

struct Candidate {
  VariableOrder order;
  std::size_t missed = 0;     ///< nodes that were not enough
  Formula::Node reached = 0;  ///< formula nodes that had a diagram by then
};

/// The smallest of the diagrams that fit into `budget`, the earlier one of equals.
std::optional<Attempt> smallest_within(std::size_t budget, const Formula& formula,
                                       std::span<Candidate> candidates) {
  std::optional<Attempt> best;
  for (Candidate& candidate : candidates) {
    const std::size_t limit = best ? std::min(budget, best->compiled.made / 2) : budget;
    if (candidate.missed > 0 && candidate.missed >= limit) {
      continue;
    }
    std::optional<Compiled> compiled = compile(formula, candidate.order, limit, &candidate.reached);
    if (!compiled) {
      candidate.missed = limit;
    } else if (!best || compiled->graph.nodes.size() < best->compiled.graph.nodes.size()) {
      best = Attempt{std::move(*compiled), candidate.order};
    }
  }
  return best;
}

/// The orders tried so far, and the rounds.
class Portfolio {
 public:
  Portfolio(const Formula& formula, std::size_t budget, std::size_t missed)
      : formula_(formula), budget_(budget), missed_(missed) {
    for (VariableOrder& order : quick_orders(formula)) {
      candidates_.push_back({std::move(order), missed});
    }
  }

  std::optional<Attempt> run() {
    std::size_t share = std::min(budget_, kFirstNodes * formula_.size());
    std::optional<Attempt> best = smallest_within(share, formula_, candidates_);
    if (!best && share < budget_) {
      candidates_.push_back({force_order(formula_), missed_});
    }
    for (std::size_t round = 2; !best && share < budget_; ++round) {
      share = std::min(budget_, share * kGrowth);
      best = in_round(round, share);
    }
    return best;
  }

 private:
  std::optional<Attempt> in_round(std::size_t round, std::size_t share) {
    if (!narrow_ && round == kNarrowRound) {
      add_narrow();
    }
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Candidate& a, const Candidate& b) { return a.reached > b.reached; });
    std::span<Candidate> tried(candidates_);
    if (round > kNarrowRound) {
      tried = tried.first(std::min(kLast, tried.size()));
    }
    std::optional<Attempt> best = smallest_within(share, formula_, tried);
    if (!best && !narrow_ && formula_.size() <= kSoonNarrow) {
      add_narrow();
      best = smallest_within(share, formula_, std::span(candidates_).last(1));
    }
    return best || !narrow_ || share < budget_ ? std::move(best) : sifted();
  }

  void add_narrow() {
    std::vector<VariableOrder> orders;
    for (const Candidate& candidate : candidates_) {
      orders.push_back(candidate.order);
    }
    narrow_ = narrow_order(formula_, orders);
    candidates_.push_back({*narrow_, missed_, formula_.top() + 1});
  }

  std::optional<Attempt> sifted() {
    std::optional<Compiled> compiled = compile_sifting(formula_, *narrow_, budget_);
    return compiled ? std::optional(Attempt{std::move(*compiled), *narrow_}) : std::nullopt;
  }

  const Formula& formula_;
  std::size_t budget_;
  std::size_t missed_;
  std::vector<Candidate> candidates_;
  std::optional<VariableOrder> narrow_;
};

}  // namespace

std::optional<Attempt> smallest_diagram(const Formula& formula, std::size_t budget,
                                        std::size_t missed) {
  budget = std::min<std::size_t>(budget, kLeafLevel);  // more nodes than have numbers
  if (formula.variable_count() > budget) {
    return std::nullopt;  // compiling makes a node of each
  }
  return Portfolio(formula, budget, missed).run();
}

}  // namespace outlast::engines::faulttree
