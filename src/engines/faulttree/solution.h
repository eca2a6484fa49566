#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "base/gates.h"
#include "base/result.h"
#include "engines/faulttree/diagram.h"

namespace outlast::engines::faulttree {

/// What comes first among cut sets.
enum class Rank { by_probability, by_order };

struct RankedCutSet {
  CutSet variables;
  double probability = 0;  ///< that all of them have happened
};

struct RankedCutSets {
  std::vector<RankedCutSet> first;  ///< the first `limit`
  /// [max_order + 1] at most; exact, and the greatest size_t where there are more.
  std::vector<std::size_t> count_by_order;
  std::size_t max_order = 0;  ///< greater ones were not looked for
};

/// One gate of a model, taken apart into modules and solved module by module.
/// Immutable once built; all questions may be asked from several threads at once.
class Solution {
 public:
  /// cost  linear in the gates and the diagrams of the modules; a module whose diagram outgrows
  ///       `budget` is bounded instead
  [[nodiscard]] static Solution of(const base::Gates& gates, base::GateId top,
                                   const Budget& budget = {});
  Solution(Solution&&) noexcept;
  Solution& operator=(Solution&&) noexcept;
  ~Solution();

  /// False where some module is only bounded.
  [[nodiscard]] bool is_exact() const;

  /// Probability that the gate is true.
  ///
  /// in      p  [V], each in [0,1]; variables independent
  /// out     low = high where exact
  /// cost    linear in the diagrams
  [[nodiscard]] Bounds probability(std::span<const double> p) const;

  /// Birnbaum importance of every variable; see Diagram. Empty where the solution is not exact.
  [[nodiscard]] std::vector<double> birnbaum(std::span<const double> p) const;

  /// Minimal cut sets of at most `max_order` variables: counted, and the first `limit` of them.
  ///
  /// assumes the gate is monotone
  /// cost    grows with the diagrams, never with the number of sets; see `ranking.cc`
  /// errors  OverBudget: a diagram or the family of its cut sets outgrew `budget`
  /// source  Rauzy 1993, module by module
  [[nodiscard]] base::Result<RankedCutSets, OverBudget> cut_sets(Rank rank,
                                                                 std::span<const double> p,
                                                                 std::size_t max_order,
                                                                 std::size_t limit,
                                                                 const Budget& budget = {}) const;

  /// For people: how many modules there are, and decisions in all their diagrams.
  [[nodiscard]] std::size_t module_count() const;
  [[nodiscard]] std::size_t node_count() const;

 private:
  struct Parts;
  explicit Solution(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace outlast::engines::faulttree
