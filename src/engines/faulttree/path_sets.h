#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engines/faulttree/diagram.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

/// Path sets of a formula: variables of which every cut set holds one, for the gate is false where
/// none of them happens, whatever else does. What is negated happens by not happening. The formula
/// outlives it.
class PathSets {
 public:
  explicit PathSets(const Formula& formula);

  /// A path set that is unlikely to be hit; of a shared part it may count what is in it twice, so
  /// it is not the unlikeliest.
  ///
  /// in    low, high  by variable; what surely happens or never does takes no part
  /// out   its variables, ascending; none where the formula is surely true, or never
  /// cost  linear, and sorting of the inputs of gates that count
  std::span<const std::size_t> unlikely(std::span<const double> low, std::span<const double> high);

 private:
  void weigh(std::span<const double> low, std::span<const double> high);
  [[nodiscard]] std::span<const Formula::Node> lightest(Formula::Node gate);

  const Formula& formula_;
  std::vector<double> weight_;  ///< by node: the sum of the path set's; infinite: surely true
  std::vector<bool> is_in_;     ///< by node
  std::vector<Formula::Node> sorted_;
  std::vector<std::size_t> found_;
};

}  // namespace outlast::engines::faulttree
