#pragma once

#include <cstdint>
#include <vector>

#include "base/gates.h"
#include "engines/montecarlo/kernel.h"

namespace outlast::engines::montecarlo {

/// One gate's part of a model as a straight line of operations; only what the gate depends on.
class Program {
 public:
  /// assumes `top` is no constant
  /// cost    linear in the gates below `top`
  Program(const base::Gates& gates, base::GateId top);

  /// The variables in use, ascending; event i of the program is the i-th.
  [[nodiscard]] const std::vector<base::VariableId>& events() const { return events_; }
  [[nodiscard]] const std::vector<Operation>& operations() const { return operations_; }
  [[nodiscard]] const std::vector<std::uint32_t>& inputs() const { return inputs_; }
  [[nodiscard]] std::uint32_t top() const { return top_; }
  [[nodiscard]] ProgramView view() const;

 private:
  std::vector<base::VariableId> events_;
  std::vector<Operation> operations_;
  std::vector<std::uint32_t> inputs_;
  std::uint32_t top_ = 0;
};

}  // namespace outlast::engines::montecarlo
