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
  CutSet absent = {};      ///< must not have happened; none where the gate is monotone
  double probability = 0;  ///< that it is so
  bool is_below = false;   ///< it is less likely than that: no double is so small
};

struct RankedCutSets {
  std::vector<RankedCutSet> first;  ///< the first `limit`
  /// [max_order + 1] at most; exact, and the greatest size_t where there are more.
  std::vector<std::size_t> count_by_order;
  std::size_t max_order = 0;      ///< greater ones were not looked for
  std::size_t counted_order = 0;  ///< greater ones were not counted; `max_order` at most
  bool is_cut_off = false;        ///< fewer than asked for, for lack of budget
  /// No set needs anything absent: cut sets, even where the gate was written with negation.
  bool is_monotone = false;

  /// Is every set of at most `order` variables among the first?
  [[nodiscard]] bool lists_all(std::size_t order) const;
};

/// Are bounds so near that only rounding, or what is near enough, lies between them?
[[nodiscard]] bool is_exact(const Bounds& bounds, double near = 0);

/// One gate of a model, taken apart into modules and solved module by module.
/// Immutable once built; all questions may be asked from several threads at once.
class Solution {
 public:
  struct Parts;  ///< private to the room: parts.h

  /// in    p  [V], or empty: probabilities that decide how a hard module is solved; others may be
  ///          asked about later
  /// cost  linear in the gates and the diagrams of the modules; a monotone module whose diagram
  ///       outgrows `budget` is solved by telling cases apart, see conditioning.cc
  [[nodiscard]] static Solution of(const base::Gates& gates, base::GateId top,
                                   const Budget& budget = {}, std::span<const double> p = {});

  /// The same question of changed gates: a group has another replica, needs fewer, is gone.
  ///
  /// in    gates  with the variables of the solution, each meaning what it did, and perhaps more
  /// out   as `of`, to the last bits: variable orders may differ
  /// cost  linear in the gates; what did not change keeps its diagram, the rest is compiled in the
  ///       order it had, where that is not much worse
  [[nodiscard]] Solution changed(const base::Gates& gates, base::GateId top,
                                 const Budget& budget = {}, std::span<const double> p = {}) const;
  Solution(Solution&&) noexcept;
  Solution& operator=(Solution&&) noexcept;
  ~Solution();

  /// Are all modules solved by diagrams? Then every probability is exact.
  [[nodiscard]] bool has_diagrams() const;

  /// Probability that the gate is true.
  ///
  /// in      p  [V], each in [0,1]; variables independent
  /// out     proven bounds, equal up to rounding where exact: see `is_exact`. Below the least double
  ///         they are apart, and 0 at both ends only for what cannot be
  ///         askings  how many answers like this share the work that modules without a diagram take
  /// cost    linear in the diagrams; modules without one cost a few `Budget::nodes` steps at most, over
  ///         all askings
  [[nodiscard]] Bounds probability(std::span<const double> p, std::size_t askings = 1) const;

  /// The same where all modules have diagrams, of values that stay in one place: for many draws of
  /// a few of many variables.
  ///
  /// in  work  [V] as `p`, room for the modules is made behind it and written
  [[nodiscard]] double probability_at(std::vector<double>& work) const;

  /// Birnbaum importance of every variable; see Diagram. Empty where a module is only bounded.
  /// cost  linear in the diagrams; of modules without one a few times their probability
  [[nodiscard]] std::vector<double> birnbaum(std::span<const double> p) const;

  /// Minimal cut sets of at most `max_order` variables: counted, and the first `limit` of them.
  /// Where the gate is not monotone, prime implicants: what must have happened and what must not.
  ///
  /// cost    grows with the diagrams, never with the number of sets; see `ranking.cc`. Counting and
  ///         listing take work and places in proportion to the budget and the diagrams
  ///         where all of them outgrow it, those of at most 1, 2, 3, 4, 6, ... or 64 variables (prime
  ///         implicants: 8): see `max_order`
  /// errors  OverBudget: not even those of one variable were found
  /// source  Rauzy 1993, module by module; Coudert & Madre 1992
  [[nodiscard]] base::Result<RankedCutSets, OverBudget> cut_sets(Rank rank,
                                                                 std::span<const double> p,
                                                                 std::size_t max_order,
                                                                 std::size_t limit,
                                                                 const Budget& budget = {}) const;

  /// For people: how many modules there are, and decisions in all their diagrams.
  [[nodiscard]] std::size_t module_count() const;
  [[nodiscard]] std::size_t node_count() const;

 private:
  friend class WhatIf;
  template <class PassOn>
  static Solution put_together(const base::Gates& gates, base::GateId top, const Budget& budget,
                               std::span<const double> p, PassOn pass_on);
  explicit Solution(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace outlast::engines::faulttree
