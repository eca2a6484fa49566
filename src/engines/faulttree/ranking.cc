// Cut sets of a model: counted, and the first of them.
//
// Problem: a model may have 10^20 minimal cut sets; people want their number and the ten that matter.
// Formulation: a cut set of the model is a set of its last module in which each module is replaced
//   by one of its own sets. Where events are negated, prime implicants take the place of cut sets,
//   and a module has two families: what makes it true, and what makes it false. Then a literal is
//   a variable of the families, 2v or 2v + 1, modules included, and all else is as it was. Only
//   negation can make a module constant; then the whole is taken as one.
// Method: a diagram of sets per module; counts are convolved over modules, and the cheapest sets are
//   found best first, a set costing the sum of the -ln p of what it holds. See families.cc.
// Source: Rauzy 1993; Coudert & Madre 1992.

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "base/pinned_math.h"
#include "engines/faulttree/cut_sets.h"
#include "engines/faulttree/families.h"
#include "engines/faulttree/grow_families.h"
#include "engines/faulttree/parts.h"
#include "engines/faulttree/primes.h"
#include "engines/faulttree/small_sets.h"

namespace outlast::engines::faulttree {

namespace {

/// Of the budget for one module: there may be several attempts.
constexpr std::size_t kShare = 16;
constexpr std::size_t kPrimeShare = 32;     ///< the same, of prime implicants
constexpr std::size_t kGrownShare = 4;      ///< of that, where there is no diagram to find sets on
constexpr std::size_t kKeptPerNode = 4;     ///< of the budget, over all modules
constexpr std::size_t kCountsPerNode = 64;  ///< of the budget: a coefficient is a cheap thing
constexpr std::size_t kStepsPerNode = 32;   ///< of the families: what is small takes no budget
constexpr std::size_t kMostTried = 64;      ///< variables in a set, where all sets are too many

/// The sets one by one, of few variables each.
///
/// in  least  how many variables each variable, or module before, counts as
std::optional<Family> listed_family(const Part& part, std::span<const std::uint32_t> least,
                                    std::size_t max_order, std::size_t work) {
  if (max_order > kMostTried) {
    return std::nullopt;
  }
  const auto sets = small_cut_sets(part.formula, least, max_order, work);
  return sets ? std::optional(family_of_sets(*sets)) : std::nullopt;
}

/// What is few is soon listed; what is many fits a diagram or nothing.
std::optional<Family> family_of(const Part& part, std::span<const std::uint32_t> least,
                                std::size_t max_order, std::size_t budget) {
  if (part.graph) {
    const std::size_t own = std::max(budget, part.graph->nodes.size());
    if (auto sets = minimal_cut_sets(*part.graph, max_order, own)) {
      return Family{std::move(*sets), part.order};
    }
  }
  constexpr std::size_t kQuick = 4, kLast = 128;  // steps per node
  std::optional<Family> family = listed_family(part, least, max_order, kQuick * budget);
  if (!family && !counts_too_much(part.formula, budget)) {
    family = grow_family(part.formula, max_order, budget / kGrownShare);
  }
  return family ? std::move(family) : listed_family(part, least, max_order, kLast * budget);
}

/// How many variables the smallest set has.
std::uint32_t smallest_order(const Family& family, std::span<const std::uint32_t> least) {
  constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> of_node(family.sets.nodes.size(), kNever);
  of_node[kTrue] = 0;
  for (std::size_t i = kFirstInner; i < of_node.size(); ++i) {
    const Node& node = family.sets.nodes[i];
    const std::uint64_t high =
        std::uint64_t{of_node[node.high]} + least[family.order[node.level].index];
    of_node[i] = static_cast<std::uint32_t>(std::min<std::uint64_t>(of_node[node.low], high));
  }
  return of_node[family.sets.root];
}

/// By module; nothing where the budget was not enough for one of them.
std::optional<Families> cut_families(const Solution::Parts& all, std::size_t max_order,
                                     std::size_t nodes) {
  Families families{{}, all.variable_count};
  std::vector<std::uint32_t> least(all.variable_count, 1);
  std::size_t left = kKeptPerNode * (nodes + all.whole.size());
  for (const Part& part : all.parts) {
    std::optional<Family> family =
        family_of(part, least, max_order, std::min(nodes / kShare, left));
    if (!family) {
      return std::nullopt;
    }
    left -= std::min(left, family->sets.nodes.size());
    least.push_back(smallest_order(*family, least));
    families.of_module.push_back(std::move(*family));
  }
  return families;
}

/// The modules; or the whole as one where a module is always or never true, for then the empty set
/// takes the place of one of its literals, and what needed it is no longer the smallest.
std::vector<Part> parts_for_primes(const Solution::Parts& all, std::size_t nodes) {
  if (all.is_monotone) {
    return {};
  }
  const bool has_constants = std::any_of(all.parts.begin(), all.parts.end(), [](const Part& part) {
    return part.graph && part.graph->root < kFirstInner;
  });
  if (!has_constants) {
    return all.parts;
  }
  std::vector<Part> whole{Part{all.whole}};
  begin(whole.front(), false, {nodes});
  return whole;
}

/// Of literals, two families a module; of the last one only what makes it true.
std::optional<Families> prime_families(std::span<const Part> parts, std::size_t variable_count,
                                       std::size_t max_order, std::size_t nodes) {
  Families families{{}, 2 * variable_count};
  for (const Part& part : parts) {
    if (!part.graph) {
      return std::nullopt;
    }
    const bool is_used = &part != &parts.back();  // the negation, by other modules
    std::optional<Primes> primes =
        prime_implicants(*part.graph, part.order, max_order, is_used, nodes / kPrimeShare);
    if (!primes) {
      return std::nullopt;
    }
    families.of_module.push_back(std::move(primes->of_truth));
    families.of_module.push_back(std::move(primes->of_falsehood));
  }
  families.of_module.pop_back();
  return families;
}

/// 1, 2, 3, 4, 6, 8, 12, 16, …
std::size_t next_order(std::size_t order) {
  return order + std::max<std::size_t>(1, order / (std::has_single_bit(order) ? 2 : 3));
}

/// The sets of a model, of however many variables.
class Sets {
 public:
  explicit Sets(const Solution::Parts& all, std::size_t nodes)
      : all_(all), nodes_(nodes), for_primes_(parts_for_primes(all, nodes)) {}

  [[nodiscard]] std::optional<Families> up_to(std::size_t max_order, std::size_t nodes) const {
    return all_.is_monotone ? cut_families(all_, max_order, nodes)
                            : prime_families(for_primes_, all_.variable_count, max_order, nodes);
  }

  /// Where all sets are too many, the small ones: of more variables each time, as long as they fit.
  /// `max_order` becomes how many that is. Few look at sets of more than a handful of variables:
  /// larger ones get a part of the work that all of them were not enough for. Few implicants of few
  /// literals take as long as none, so the most literals are tried first.
  std::optional<Families> small(std::size_t& max_order) const {
    constexpr std::size_t kHandful = 16;
    constexpr std::size_t kPart = 4;
    std::optional<Families> small;
    if (!all_.is_monotone && max_order > kMostLiterals) {
      max_order = kMostLiterals;
      small = up_to(max_order, nodes_);
    }
    const std::size_t end = small ? 0 : std::min(max_order, kMostTried + 1);
    for (std::size_t order = 1; order < end; order = next_order(order)) {
      const std::size_t part = order > kHandful ? kPart : 1;
      std::optional<Families> found = up_to(order, nodes_ / part);
      if (!found) {
        break;
      }
      small = std::move(found);
      max_order = order;
    }
    return small;
  }

 private:
  static constexpr std::size_t kMostLiterals = 8;

  const Solution::Parts& all_;
  std::size_t nodes_;
  std::vector<Part> for_primes_;
};

/// Does some set of literals need that a variable has not happened?
bool needs_absence(const Families& families) {
  std::vector<bool> is_used(families.of_module.size());
  is_used.back() = true;
  for (std::size_t i = families.of_module.size(); i-- > 0;) {
    const Family& family = families.of_module[i];
    for (std::size_t n = kFirstInner; is_used[i] && n < family.sets.nodes.size(); ++n) {
      const std::size_t at = family.order[family.sets.nodes[n].level].index;
      if (at >= families.variable_count) {
        is_used[at - families.variable_count] = true;
      } else if (at % 2 == 1) {
        return true;
      }
    }
  }
  return false;
}

/// What a set costs in the search for the first of them; p by variable of the families.
std::vector<double> costs_of(Rank rank, std::span<const double> p, std::size_t count) {
  constexpr double kPerVariable = 1e6;  // beyond any sum of logarithms that decides
  constexpr double kImpossible = 1e4;   // beyond -ln of the least double
  constexpr double kLeast = 1e-300;
  std::vector<double> cost(count, rank == Rank::by_order ? kPerVariable : 0.0);
  for (std::size_t i = 0; i < p.size(); ++i) {
    cost[i] += p[i] > kLeast ? std::max(0.0, -base::pinned_log(p[i])) : kImpossible;
  }
  return cost;
}

std::vector<double> of_literals(std::span<const double> p) {
  std::vector<double> both;
  for (const double happens : p) {
    both.push_back(happens);
    both.push_back(1 - happens);
  }
  return both;
}

RankedCutSet ranked(const CutSet& set, bool is_of_literals, std::span<const double> p) {
  RankedCutSet out;
  const bool is_known = !p.empty() || set.empty();
  out.probability = is_known ? 1.0 : 0.0;
  bool may_be = is_known;
  for (const base::VariableId variable : set) {
    out.probability *= p.empty() ? 0.0 : p[variable.index];
    may_be = may_be && p[variable.index] > 0;
    if (!is_of_literals) {
      out.variables.push_back(variable);
    } else if (variable.index % 2 == 0) {
      out.variables.emplace_back(variable.index / 2);
    } else {
      out.absent.emplace_back(variable.index / 2);
    }
  }
  constexpr double kLeast = std::numeric_limits<double>::min();
  if (may_be && out.probability < kLeast) {
    out.probability = kLeast;
    out.is_below = true;
  }
  return out;
}

bool comes_first(Rank rank, const RankedCutSet& a, const RankedCutSet& b) {
  const std::size_t of_a = a.variables.size() + a.absent.size();
  const std::size_t of_b = b.variables.size() + b.absent.size();
  if (rank == Rank::by_order && of_a != of_b) {
    return of_a < of_b;
  }
  if (a.probability != b.probability) {
    return a.probability > b.probability;
  }
  if (of_a != of_b) {
    return of_a < of_b;
  }
  return a.variables != b.variables ? a.variables < b.variables : a.absent < b.absent;
}

}  // namespace

bool RankedCutSets::lists_all(std::size_t order) const {
  // Sums of counts may not fit; what is listed always does.
  std::size_t listed = first.size();
  for (std::size_t k = 0; k < count_by_order.size() && k <= order; ++k) {
    if (count_by_order[k] > listed) {
      return false;
    }
    listed -= count_by_order[k];
  }
  const bool is_counted = order <= counted_order || counted_order == max_order;
  return is_counted && (!is_cut_off || order <= max_order);
}

base::Result<RankedCutSets, OverBudget> Solution::cut_sets(Rank rank, std::span<const double> p,
                                                           std::size_t max_order, std::size_t limit,
                                                           const Budget& budget) const {
  RankedCutSets result;
  result.max_order = std::min(max_order, parts_->variable_count);
  const std::size_t all_nodes = budget.within_numbers().nodes;
  const std::size_t nodes = all_nodes - all_nodes / 3;  // a set's node takes longer to make
  const bool is_of_literals = !parts_->is_monotone;
  const Sets sets(*parts_, nodes);
  std::optional<Families> found = sets.up_to(result.max_order, nodes);
  if (!found) {
    found = sets.small(result.max_order);
    result.is_cut_off = true;
  }
  if (!found) {
    return tl::unexpected(OverBudget{budget.nodes});
  }
  result.is_monotone =
      !is_of_literals || (result.max_order == parts_->variable_count && !needs_absence(*found));
  const std::vector<double> of_each =
      is_of_literals ? of_literals(p) : std::vector(p.begin(), p.end());
  const std::size_t own_work = kStepsPerNode * size_of(*found);
  SetCounts counts = count_by_order(*found, result.max_order, kCountsPerNode * nodes + own_work);
  result.count_by_order = std::move(counts.by_order);
  result.counted_order = counts.max_order;
  const std::vector<double> cost = costs_of(rank, of_each, found->variable_count);
  const CheapestSets cheapest =
      cheapest_sets(*found, cost, result.max_order, limit, nodes + own_work);
  result.is_cut_off = result.is_cut_off || cheapest.is_cut_off;
  for (const CutSet& set : cheapest.sets) {
    result.first.push_back(ranked(set, is_of_literals, of_each));
  }
  std::stable_sort(
      result.first.begin(), result.first.end(),
      [&](const RankedCutSet& a, const RankedCutSet& b) { return comes_first(rank, a, b); });
  return result;
}

}  // namespace outlast::engines::faulttree
