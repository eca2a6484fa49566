// Which order of the variables, and how much work it may cost.
//
// Problem: no order is best on all formulas; one may cost a thousand times another, and which one
//   does is seen only by trying.
// Method: candidate orders are tried in rounds with a growing budget, from a few nodes per formula
//   node to all of it; the first round in which one fits decides. So a model with one good order costs
//   little, however bad the others are, and the choice depends on node counts alone. In the first round
//   the smallest diagram is kept: the others may make no more nodes than half of the best so far. In
//   each later one those go first that got furthest before, and the first that fits is taken: the
//   others were not enough with a kGrowth-th of it, so that looking for a smaller one costs more than
//   it saves. After kTrials rounds it is known who gets on, and the worse half goes no more; where
//   kLeap times the budget would be all of it, all of it is given at once.
//   The forces' order costs more to find than a small diagram to build: asked where round two fails. The
//   narrow order is the best that we know where nothing else helps, and costs as much as a hundred
//   thousand nodes on hundreds of formula nodes, and a million on many: of the former it is asked after
//   that, of the latter where kTrials rounds did; where none fits all of the budget it is
//   changed on the way (compile.h).

#include "engines/faulttree/portfolio.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace outlast::engines::faulttree {

namespace {

constexpr std::size_t kFirstNodes = 32;  ///< budget of the first round, per formula node
constexpr std::size_t kGrowth = 4;       ///< from round to round
constexpr std::size_t kTrials = 3;       ///< rounds in which all orders go
constexpr std::size_t kLeap = 16;        ///< from the round after that to the whole budget
constexpr std::size_t kSoonNarrow =
    2000;  ///< formula nodes: up to here the narrow order comes early

struct Candidate {
  VariableOrder order;
  std::size_t missed = 0;  ///< nodes that were not enough
  double reached = 0.0;    ///< formula nodes that had a diagram by then
};

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
    std::optional<Attempt> best = in_round(1, share);
    for (std::size_t round = 2; !best && share < budget_; ++round) {
      const bool leaps = trials_ >= kTrials && share * kLeap >= budget_;
      share = leaps ? budget_ : std::min(budget_, share * kGrowth);
      best = in_round(round, share);
    }
    return best || !narrow_ ? std::move(best) : sifted();
  }

 private:
  std::optional<Attempt> in_round(std::size_t round, std::size_t share) {
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Candidate& a, const Candidate& b) { return a.reached > b.reached; });
    if (trials_ >= kTrials) {
      candidates_.resize((candidates_.size() + 1) / 2);
    }
    std::optional<Attempt> best = round == 1 ? smallest_within(share) : first_within(share);
    if (!best && round == 2) {
      best = with_another(force_order(formula_), share);
    }
    if (!best && !narrow_ && round == (formula_.size() <= kSoonNarrow ? 2 : kTrials)) {
      narrow_ = narrow_order(formula_, orders());
      best = with_another(*narrow_, share);
    }
    trials_ += share > missed_ ? 1U : 0U;
    return best;
  }

  std::optional<Attempt> with_another(VariableOrder order, std::size_t budget) {
    candidates_.push_back({std::move(order), missed_});
    return attempt_within(budget, candidates_.back());
  }

  /// The smallest of the diagrams that fit into `budget`, the earlier one of equals.
  std::optional<Attempt> smallest_within(std::size_t budget) {
    std::optional<Attempt> best;
    for (Candidate& candidate : candidates_) {
      const std::size_t limit = best ? std::min(budget, best->compiled.made / 2) : budget;
      std::optional<Attempt> attempt = attempt_within(limit, candidate);
      if (attempt &&
          (!best || attempt->compiled.graph.nodes.size() < best->compiled.graph.nodes.size())) {
        best = std::move(attempt);
      }
    }
    return best;
  }

  std::optional<Attempt> first_within(std::size_t budget) {
    for (Candidate& candidate : candidates_) {
      if (std::optional<Attempt> first = attempt_within(budget, candidate)) {
        return first;
      }
    }
    return std::nullopt;
  }

  std::optional<Attempt> attempt_within(std::size_t budget, Candidate& candidate) {
    if (candidate.missed > 0 && candidate.missed >= budget) {
      return std::nullopt;
    }
    Compilation compilation = compile(formula_, candidate.order, budget);
    candidate.reached = compilation.reached;
    if (!compilation.compiled) {
      candidate.missed = budget;
      return std::nullopt;
    }
    return Attempt{*std::move(compilation.compiled), candidate.order};
  }

  [[nodiscard]] std::vector<VariableOrder> orders() const {
    std::vector<VariableOrder> orders;
    for (const Candidate& candidate : candidates_) {
      orders.push_back(candidate.order);
    }
    return orders;
  }

  std::optional<Attempt> sifted() {
    std::optional<Compiled> compiled = compile_sifting(formula_, *narrow_, budget_);
    return compiled ? std::optional(Attempt{std::move(*compiled), *narrow_}) : std::nullopt;
  }

  const Formula& formula_;
  std::size_t budget_;
  std::size_t missed_;
  std::size_t trials_ = 0;  ///< rounds in which something was tried
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
