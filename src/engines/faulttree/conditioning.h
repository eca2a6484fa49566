#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/faulttree/diagram.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

/// A formula made ready for answering without a diagram: by telling cases apart on what is
/// shared, and counting what is alike. See the essay in conditioning.cc.
class Conditioning {
 public:
  explicit Conditioning(const Formula& formula);

  /// Bounds of the formula's probability, as tight as `work` allows: equal up to rounding where
  /// that was enough.
  ///
  /// in      low, high  by variable; 0 ≤ low ≤ high ≤ 1, the same where something is negated
  ///         work       nodes looked at, over all cases
  ///         near       see `Budget`
  [[nodiscard]] Bounds probability(std::span<const double> low, std::span<const double> high,
                                   std::size_t work, double near = 0) const;

  /// The same at one p, and how it changes with that of each variable: Birnbaum's importance.
  ///
  /// out     slopes  of each of `variables()`, none for what surely or never happens; what is told
  ///                 apart no further adds less than 1e-14 of the probability, divided by the variable's own
  ///         bounds  apart where `work` was not enough, and then the slopes miss something
  [[nodiscard]] Bounds slopes(std::span<const double> p, std::size_t work,
                              std::vector<double>& slopes) const;

  /// What the formula depends on.
  [[nodiscard]] std::span<const base::VariableId> variables() const { return variables_; }

 private:
  friend class CaseSearch;
  friend class CaseTree;
  enum class Kind : std::uint8_t { leaf, negation, any, all, count, group };
  struct Item {
    Kind kind = Kind::leaf;
    std::uint32_t k = 0;       ///< place in variables_, or threshold of a count
    std::uint32_t first = 0;   ///< into children_
    std::uint32_t guards = 0;  ///< of a group: how many of its children make all its members true
    std::uint32_t count = 0;
    std::uint32_t members = 0;  ///< of a group: how many inputs of the count are in it
  };
  std::uint32_t add(Kind kind, std::uint32_t k, const std::vector<std::uint32_t>& children);
  std::uint32_t add_count(Formula::Node node);
  std::uint32_t add_own(Formula::Node input, const std::vector<Formula::Node>& own);
  std::uint32_t add_group(const std::vector<Formula::Node>& guards,
                          const std::vector<std::uint32_t>& members);
  [[nodiscard]] std::span<const std::uint32_t> children(const Item& item) const {
    return std::span(children_).subspan(item.first, item.count);
  }

  /// The values of its variables alone: a model of many modules has many more.
  [[nodiscard]] std::vector<double> own(std::span<const double> of_all) const;

  Formula formula_;  ///< over places in variables_
  std::vector<base::VariableId> variables_;
  std::vector<Item> items_;  ///< children first; the last one is the whole
  std::vector<std::uint32_t> children_;
  std::vector<std::uint32_t> item_of_;  ///< by node of the formula
  bool is_monotone_ = true;
};

}  // namespace outlast::engines::faulttree
