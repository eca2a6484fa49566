#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "base/gates.h"
#include "base/result.h"

namespace outlast::engines::faulttree {

/// How much work may be done; counted in diagram nodes, never in time, so that the same input
/// gives the same answer on any machine.
struct Budget {
  std::size_t nodes = 6'000'000;
  /// Width of bounds, as a share of the upper one, from which on they are near enough; 0: nearer
  /// than any rounding. Narrower ones are not worked for.
  double near = 0;

  /// Nodes are numbered in 32 bits: a greater budget is no greater.
  [[nodiscard]] Budget within_numbers() const {
    constexpr std::size_t kMostNodes = std::numeric_limits<std::uint32_t>::max();
    return {nodes < kMostNodes ? nodes : kMostNodes, near};
  }
};

/// Tells that the budget was reached. The model is still bounded: see `bounds`.
struct OverBudget {
  std::size_t nodes = 0;
};

/// A set of variables that together make the gate true, none of them left out without it
/// becoming false; ascending.
using CutSet = std::vector<base::VariableId>;

struct CutSets {
  std::vector<CutSet> sets;  ///< by order, then by variables
  /// [min(max_order, V) + 1]; exact even where `sets` is cut off, and the greatest size_t where
  /// there are more.
  std::vector<std::size_t> count_by_order;
  bool complete = true;  ///< false: more than `limit` sets, the rest is only counted
};

/// One gate of a model, compiled to a reduced ordered binary decision diagram.
/// Immutable once built; all questions may be asked from several threads at once.
class Diagram {
 public:
  /// in      gates    V variables
  ///         top      the gate asked about (true = failure)
  /// cost    linear in the diagram; its size may be exponential in the gates, hence the budget
  /// errors  OverBudget: each order tried made more than `budget` nodes; ask `bounds` instead
  /// source  Bryant 1986; variable orders: depth-first, weighted (Minato et al. 1990), by
  ///         separators, by forces (Aloul et al. 2003); the smallest diagram is kept
  [[nodiscard]] static base::Result<Diagram, OverBudget> build(const base::Gates& gates,
                                                               base::GateId top,
                                                               const Budget& budget = {});
  Diagram(Diagram&&) noexcept;
  Diagram& operator=(Diagram&&) noexcept;
  ~Diagram();

  /// Probability that the gate is true.
  ///
  /// in      p  [V], each in [0,1]; variables independent
  /// out     in [0,1], exact up to rounding
  /// cost    linear in the diagram
  [[nodiscard]] double probability(std::span<const double> p) const;

  /// Birnbaum importance of every variable: P(true | v happened) − P(true | v did not).
  ///
  /// out     [V], each in [0,1], below 0 where happening helps; 0 for variables the gate does not depend on
  /// cost    one pass down and one up, for all variables together
  /// source  Birnbaum 1969; Rauzy 1993
  [[nodiscard]] std::vector<double> birnbaum(std::span<const double> p) const;

  /// Minimal cut sets of at most `max_order` variables.
  ///
  /// assumes the gate is monotone
  /// cost    grows with the diagram times the order, not with the number of sets;
  ///         at most `limit` of them are listed, smallest order first
  /// errors  OverBudget: the diagram of the cut sets outgrew `budget`
  /// source  Rauzy 1993
  [[nodiscard]] base::Result<CutSets, OverBudget> cut_sets(std::size_t max_order,
                                                           std::size_t limit = 100'000,
                                                           const Budget& budget = {}) const;

  /// Decisions in the diagram; the two leaves are not counted.
  [[nodiscard]] std::size_t node_count() const;

 private:
  struct Nodes;
  explicit Diagram(std::unique_ptr<Nodes> nodes);
  std::unique_ptr<Nodes> nodes_;
};

struct Bounds {
  double low = 0;
  double high = 1;
};

/// Proven bounds of a gate's probability without a diagram.
///
/// in      p  [V], each in [0,1]; variables independent
/// out     low ≤ P(gate) ≤ high
/// cost    linear in the gates
/// source  monotone functions of independent variables are associated (Esary, Proschan & Walkup
///         1967): P(all) ≥ Π P and P(any) ≤ 1 − Π(1 − P); beside it P(all) ≤ min P,
///         P(any) ≥ max P, and Markov's inequality for k of n
[[nodiscard]] Bounds bounds(const base::Gates& gates, base::GateId top, std::span<const double> p);

/// Every single variable that alone makes the gate true; ascending.
/// None where the gate is true without any.
/// assumes the gate is monotone
/// cost    for each variable the uses of the gates it alone makes true; needs no diagram
[[nodiscard]] std::vector<base::VariableId> single_points(const base::Gates& gates,
                                                          base::GateId top);

}  // namespace outlast::engines::faulttree
