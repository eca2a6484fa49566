// Solving a model module by module.
//
// Problem: most of a large model is independent of the rest; only what shares variables needs a
//   diagram, and every diagram should see no more than that.
// Formulation: a module stands for one variable with the module's probability, for no variable
//   is in it and outside. So
//     P(top)   one pass over the modules, each a pass up its diagram;
//     I(v)     = I(module) × I(v within the module), one pass down (Birnbaum's chain rule);
//     cuts     see ranking.cc.
//   A monotone module whose diagram outgrows the budget is solved by telling cases apart; its answer
//   is bounds, which pass on, for P rises with the probability of every module. Where the model is
//   not monotone, bounds of a module are bounds of nothing above it, and cases of the whole are told
//   apart.
// Method: a small budget for each diagram first, then few cases. Only where that leaves the top in
//   doubt, modules in doubt get the whole budget, and after it many cases. Where a module counts so
//   many inputs that no diagram can, many cases are taken at once.
// Accuracy: all terms of P are positive: a relative error of a few roundings per level.
// Source: Dutuit & Rauzy 1996; Bryant 1986; Birnbaum 1969.

#include "engines/faulttree/solution.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "base/assert.h"
#include "engines/faulttree/factoring.h"
#include "engines/faulttree/heritage.h"
#include "engines/faulttree/modules.h"
#include "engines/faulttree/parts.h"
#include "engines/faulttree/underflow.h"

namespace outlast::engines::faulttree {

namespace {

/// Adds the importance of a module's variables, `of_module` being its own.
void spread_importance(const Part& part, double of_module, std::span<const double> p,
                       std::vector<double>& importance) {
  const NodeGraph& graph = *part.graph;
  const std::vector<double> value = probabilities(part, p);
  std::vector<double> reach(value.size());
  reach[graph.root] = of_module;
  for (std::size_t i = value.size(); i-- > kFirstInner;) {
    const Node& node = graph.nodes[i];
    const std::size_t variable = part.order[node.level].index;
    importance[variable] += reach[i] * (value[node.high] - value[node.low]);
    reach[node.high] += reach[i] * p[variable];
    reach[node.low] += reach[i] * (1.0 - p[variable]);
  }
}

/// Writes the modules' probabilities behind the variables', where all modules have diagrams.
void fill_modules(std::span<const Part> parts, std::span<double> all) {
  const std::size_t variable_count = all.size() - parts.size();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::vector<double> nodes = probabilities(parts[i], all);
    all[variable_count + i] = std::min(1.0, nodes[parts[i].graph->root]);
  }
}

/// Every module solved exactly: what there is to spread importance by.
struct Solved {
  std::vector<double> probability;  ///< of all variables and modules
  /// By module, of what its cases depend on; empty where it has a diagram.
  std::vector<std::vector<double>> slopes;
};

std::optional<Solved> solved(std::span<const Part> parts, std::span<const double> p) {
  Solved out;
  out.probability.assign(p.begin(), p.end());
  for (const Part& part : parts) {
    std::vector<double>& all = out.probability;
    std::vector<double>& slopes = out.slopes.emplace_back();
    if (part.graph) {
      all.push_back(std::min(1.0, probabilities(part, all)[part.graph->root]));
    } else if (part.cases) {
      const Bounds bounds = part.cases->slopes(all, part.work, slopes);
      if (!is_exact(bounds)) {
        return std::nullopt;
      }
      all.push_back(bounds.high);
    } else {
      return std::nullopt;
    }
  }
  return out;
}

/// The probability as doubles give it.
Bounds computed(const Solution::Parts& all, std::span<const double> p, std::size_t askings) {
  std::vector<double> low(p.begin(), p.end());
  if (all.has_diagrams) {
    low.resize(p.size() + all.parts.size());
    fill_modules(all.parts, low);
    return {low.back(), low.back()};
  }
  if (!all.is_monotone) {
    return all.cases->probability(p, p, all.work / askings);
  }
  if (std::equal(p.begin(), p.end(), all.asked.begin(), all.asked.end())) {
    return all.answer;  // telling cases apart once more would cost as much as solving
  }
  std::vector<double> high(low);
  for (const Part& part : all.parts) {
    const Bounds of_part = bounds_of(part, low, high, askings);
    low.push_back(of_part.low);
    high.push_back(of_part.high);
  }
  return {low.back(), high.back()};
}

/// The budget of one module: each alone may take all of it, and what is kept of all together, a
/// fifth of what making it took, a few times as much. What grows with the model alone is free.
class Room {
 public:
  Room(const Budget& budget, const Formula& whole)
      : budget_(budget.within_numbers()), left_(kKept * (budget_.nodes + whole.size())) {}

  [[nodiscard]] Budget left() const { return {std::min(budget_.nodes, left_), budget_.near}; }
  void keep(const Part& part) {
    left_ -= std::min(left_, part.graph ? part.graph->nodes.size() : 0);
  }

 private:
  static constexpr std::size_t kKept = 4;

  Budget budget_;
  std::size_t left_;
};

/// What is known of the modules while they are being solved, at given probabilities.
class Estimates {
 public:
  Estimates(std::span<const double> p, std::size_t variable_count, bool is_monotone, double near)
      : near_(near),
        is_known_(is_monotone && p.size() == variable_count),
        variable_count_(variable_count),
        low_(p.begin(), p.end()),
        high_(low_) {}

  void add(const Part& part) {
    if (is_known_) {
      const Bounds bounds = bounds_of(part, low_, high_);
      low_.push_back(bounds.low);
      high_.push_back(bounds.high);
    }
  }

  [[nodiscard]] bool is_exact(std::size_t module) const {
    const std::size_t at = variable_count_ + module;
    return is_known_ && faulttree::is_exact({low_[at], high_[at]}, near_);
  }

  [[nodiscard]] bool is_known() const { return is_known_; }
  [[nodiscard]] Bounds of_top() const { return {low_.back(), high_.back()}; }

  /// Module `first` and those that rest on it.
  void update(std::span<const Part> parts, std::size_t first) {
    std::vector<bool> is_new(variable_count_ + parts.size());
    for (std::size_t i = first; is_known_ && i < parts.size(); ++i) {
      const std::size_t at = variable_count_ + i;
      if (i > first && !uses(parts[i].formula, is_new)) {
        continue;
      }
      const Bounds bounds = bounds_of(parts[i], low_, high_);
      is_new[at] = bounds.low != low_[at] || bounds.high != high_[at];
      low_[at] = bounds.low;
      high_[at] = bounds.high;
    }
  }

 private:
  static bool uses(const Formula& formula, const std::vector<bool>& is_new) {
    for (Formula::Node node = 0; node < formula.size(); ++node) {
      if (formula.kind(node) == base::GateKind::variable && is_new[formula.variable(node).index]) {
        return true;
      }
    }
    return false;
  }

  double near_;
  bool is_known_;
  std::size_t variable_count_;
  std::vector<double> low_, high_;  ///< by variable and module
};

}  // namespace

Solution::Solution(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Solution::Solution(Solution&&) noexcept = default;
Solution& Solution::operator=(Solution&&) noexcept = default;
Solution::~Solution() = default;

bool is_exact(const Bounds& bounds, double near) {
  constexpr double kRounding = 1e-12;
  return bounds.high - bounds.low <= std::max(near, kRounding) * bounds.high;
}

Solution Solution::of(const base::Gates& gates, base::GateId top, const Budget& budget,
                      std::span<const double> p) {
  return put_together(gates, top, budget, p, [](Part&) { return false; });
}

Solution Solution::changed(const base::Gates& gates, base::GateId top, const Budget& budget,
                           std::span<const double> p) const {
  OUTLAST_ASSERT(gates.variable_count() >= parts_->variable_count, "variables stay what they are");
  Heritage heritage(parts_->parts, parts_->variable_count, gates.variable_count(), budget);
  return put_together(gates, top, budget, p, [&](Part& part) { return heritage.pass_on(part); });
}

template <class PassOn>
Solution Solution::put_together(const base::Gates& gates, base::GateId top, const Budget& budget,
                                std::span<const double> p, PassOn pass_on) {
  Formula whole = with_common_arguments_once(Formula(gates, top), gates.variable_count());
  Modules modules = split_into_modules(whole, gates.variable_count());
  auto made = std::make_unique<Parts>(
      Parts{{}, std::move(whole), gates.variable_count(), gates.is_monotone(top)});
  std::vector<Part>& parts = made->parts;
  Estimates estimates(p, made->variable_count, made->is_monotone, budget.near);
  Room room(budget, made->whole);
  for (Formula& formula : modules.parts) {
    Part& part = parts.emplace_back(Part{std::move(formula)});
    if (!pass_on(part)) {
      begin(part, made->is_monotone, room.left());
    }
    room.keep(part);
    estimates.add(part);
  }
  for (std::size_t i = 0; i < parts.size() && !estimates.is_exact(parts.size() - 1); ++i) {
    if (parts[i].is_open && !estimates.is_exact(i)) {
      go_on(parts[i], room.left());
      room.keep(parts[i]);
      estimates.update(parts, i);
    }
  }
  made->has_diagrams =
      std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.graph; });
  if (!made->is_monotone && !made->has_diagrams) {
    constexpr std::size_t kNodesPerAsking = 2;  // anew for each p
    made->cases.emplace(made->whole);
    made->work = kNodesPerAsking * budget.within_numbers().nodes;
  }
  if (estimates.is_known() && !made->has_diagrams) {
    made->asked.assign(p.begin(), p.end());
    made->answer = estimates.of_top();
  }
  return Solution(std::move(made));
}

bool Solution::has_diagrams() const {
  return parts_->has_diagrams;
}

Bounds Solution::probability(std::span<const double> p, std::size_t askings) const {
  OUTLAST_ASSERT(p.size() == parts_->variable_count, "every variable has a probability");
  OUTLAST_ASSERT(askings > 0, "what shares the work is asked");
  return despite_underflow(*parts_, p, computed(*parts_, p, askings));
}

double Solution::probability_at(std::vector<double>& work) const {
  OUTLAST_ASSERT(parts_->has_diagrams, "only diagrams need no bounds");
  work.resize(parts_->variable_count + parts_->parts.size());
  fill_modules(parts_->parts, work);
  return work.back();
}

std::vector<double> Solution::birnbaum(std::span<const double> p) const {
  OUTLAST_ASSERT(p.size() == parts_->variable_count, "every variable has a probability");
  const std::optional<Solved> all = solved(parts_->parts, p);
  if (!all) {
    return {};
  }
  std::vector<double> importance(all->probability.size());
  importance.back() = 1.0;
  for (std::size_t i = parts_->parts.size(); i-- > 0;) {
    const double of_module = importance[parts_->variable_count + i];
    if (parts_->parts[i].graph) {
      spread_importance(parts_->parts[i], of_module, all->probability, importance);
    }
    for (std::size_t v = 0; v < all->slopes[i].size(); ++v) {
      const base::VariableId variable = parts_->parts[i].cases->variables()[v];
      importance[variable.index] += of_module * all->slopes[i][v];
    }
  }
  importance.resize(p.size());
  for (double& value : importance) {
    // Rounding may leave the range; only negation makes an importance negative.
    value = std::clamp(value, parts_->is_monotone ? 0.0 : -1.0, 1.0);
  }
  return importance;
}

std::size_t Solution::module_count() const {
  return parts_->parts.size();
}

std::size_t Solution::node_count() const {
  return std::accumulate(parts_->parts.begin(), parts_->parts.end(), std::size_t{0},
                         [](std::size_t sum, const Part& part) {
                           return sum + (part.graph ? part.graph->nodes.size() - kFirstInner : 0);
                         });
}

}  // namespace outlast::engines::faulttree
