#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "engines/faulttree/parts.h"

namespace outlast::engines::faulttree {

/// What the modules of a solution pass on to those of changed gates. See the essay in heritage.cc.
class Heritage {
 public:
  /// in    before          with what they stand for; outlives this
  ///       variables_…     how many before and now; one means the same in both
  ///       budget          for the diagram of a module that changed
  Heritage(std::span<const Part> before, std::size_t variables_before, std::size_t variables_now,
           const Budget& budget);

  /// Asked of every module of the changed gates, in their order.
  ///
  /// out   true where `part` is solved: as it was before, or by a diagram in the order it had
  /// cost  linear in the module, and one attempt at a diagram
  [[nodiscard]] bool pass_on(Part& part);

 private:
  using Key = std::vector<std::uint32_t>;
  [[nodiscard]] bool take_equal(Part& part);
  [[nodiscard]] VariableOrder order_for(const Formula& formula) const;

  std::span<const Part> before_;
  std::size_t variables_before_;
  std::size_t variables_now_;
  std::size_t budget_;
  std::size_t nodes_before_ = 0;
  std::map<Key, std::uint32_t> known_;    ///< module before, by what it says
  std::vector<std::uint32_t> rank_;       ///< by variable or module before: place in the orders
  std::vector<std::uint32_t> before_of_;  ///< by module now: the equal one before
  std::vector<std::uint32_t> now_of_;     ///< by module before
};

}  // namespace outlast::engines::faulttree
