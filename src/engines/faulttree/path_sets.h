#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/faulttree/diagram.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

/// The inputs of a gate whose path sets together are one of the gate's: the lightest of them, the
/// first where they weigh the same.
///
/// in    missing  so many true inputs make the gate true
///       sorted   a place to sort in, which the answer may lie in
[[nodiscard]] std::span<const std::uint32_t> lightest_inputs(std::span<const std::uint32_t> inputs,
                                                             std::size_t missing,
                                                             std::span<const double> weight,
                                                             std::vector<std::uint32_t>& sorted);

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
  [[nodiscard]] std::span<const Formula::Node> lightest(Formula::Node gate) {
    return lightest_inputs(formula_.inputs(gate), formula_.threshold(gate), weight_, sorted_);
  }

  const Formula& formula_;
  std::vector<double> weight_;  ///< by node: the sum of the path set's; infinite: surely true
  std::vector<bool> is_in_;     ///< by node
  std::vector<Formula::Node> sorted_;
  std::vector<std::size_t> found_;
};

}  // namespace outlast::engines::faulttree
