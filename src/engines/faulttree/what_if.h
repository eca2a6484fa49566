#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engines/faulttree/node_table.h"
#include "engines/faulttree/solution.h"

namespace outlast::engines::faulttree {

/// A solution at probabilities that change one by one.
///
/// For changes of the gates themselves see `Solution::changed`.
class WhatIf {
 public:
  /// in    solution  outlives this
  ///       p         [V], each in [0,1]
  WhatIf(const Solution& solution, std::span<const double> p);

  /// To the last bit what the solution says of these probabilities.
  [[nodiscard]] Bounds probability() const { return whole_; }

  /// One variable has another probability from now on.
  ///
  /// in    p  in [0,1]
  /// out   the probability now
  /// cost  the part of its module's diagram that asks the variable or comes before it, then the
  ///       same of the modules around; modules without diagrams are solved anew
  Bounds set(base::VariableId variable, double p);

 private:
  /// A module's diagram, deepest level first: what depends on a level begins with it.
  struct Ladder {
    std::vector<Node> nodes;
    std::vector<std::uint32_t> first;  ///< by level
    std::vector<double> low;           ///< P of every node at the lower ends
    std::vector<double> high;          ///< and at the upper ones; empty where all is exact
  };
  /// Where a variable or module is asked; every one of them is in one module only.
  struct Place {
    std::uint32_t part = kNowhere;
    std::uint32_t level = 0;
  };
  static constexpr std::uint32_t kNowhere = kLeafLevel;

  void lay_out(std::uint32_t part);
  /// P of one module, once what is asked at `level` has changed.
  [[nodiscard]] Bounds updated(std::uint32_t part, std::uint32_t level);
  /// Else no module has a probability of its own, and the whole is bounded at once.
  [[nodiscard]] bool is_by_parts() const;
  void tell_whole();

  const Solution::Parts& parts_;
  std::vector<double> low_;  ///< by variable and module
  std::vector<double> high_;
  std::vector<Ladder> ladders_;  ///< by module
  std::vector<Place> place_;     ///< by variable and module
  Bounds whole_;
};

}  // namespace outlast::engines::faulttree
