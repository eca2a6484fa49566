#pragma once

#include <cstddef>

#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

/// The same formula with what arguments have in common said once; see factoring.cc.
///
/// in    variable_count  V; the formula's variables are below
/// cost  linear in the inputs but for sorting, and for how deep common things lie within each other
[[nodiscard]] Formula with_common_arguments_once(Formula formula, std::size_t variable_count);

}  // namespace outlast::engines::faulttree
