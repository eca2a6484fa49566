#pragma once

#include <cstddef>
#include <vector>

#include "base/gates.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

/// A formula cut into parts that share no variable: each part is a formula over variables and
/// earlier parts. Part i stands for variable `variable_count + i` in the parts after it; the last
/// one is the whole.
struct Modules {
  std::vector<Formula> parts;
  std::size_t variable_count = 0;
};

/// in      variable_count  of the model; variables have smaller indices
/// cost    linear in the formula, and sorting of inputs
/// source  Dutuit & Rauzy 1996
[[nodiscard]] Modules split_into_modules(const Formula& formula, std::size_t variable_count);

}  // namespace outlast::engines::faulttree
