#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engines/faulttree/node_table.h"
#include "engines/faulttree/variable_order.h"

namespace outlast::engines::faulttree {

/// Moves variables to where a diagram with several roots is smaller.
///
/// in      graph  children first; its `root` does not matter
///         roots  nodes of it; renamed to those of the result, which are the same functions
///         order  variable by level; becomes the new one
///         work   nodes looked at, about
/// out     never larger than `graph`; less than it where some of it hangs on no root
/// source  Rudell 1993
[[nodiscard]] NodeGraph sift(const NodeGraph& graph, std::span<std::uint32_t> roots,
                             VariableOrder& order, std::size_t work);

}  // namespace outlast::engines::faulttree
