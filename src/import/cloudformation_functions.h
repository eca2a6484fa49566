#pragma once

#include "import/value_tree.h"

/// Functions of templates that need nothing but their arguments.
namespace outlast::import {

[[nodiscard]] ValueTree join(const ValueTree& separator, const ValueTree& parts, base::Span span);
[[nodiscard]] ValueTree split_text(const ValueTree& separator, const ValueTree& text,
                                   base::Span span);
/// Is the item certainly not there? Where parts of the list are not known, nobody can tell.
[[nodiscard]] bool is_out_of_range(const ValueTree& index, const ValueTree& list);
/// The item at an index; unknown if there is no list, no index or no such item.
[[nodiscard]] ValueTree select_item(const ValueTree& index, const ValueTree& list, base::Span span);
/// Blocks of 2^bits addresses from the beginning of an IPv4 block; unknown for IPv6.
[[nodiscard]] ValueTree cidr_blocks(const ValueTree& block, const ValueTree& count,
                                    const ValueTree& bits, base::Span span);
/// Appends a value to a text that is being joined.
void append(ValueTree& text, const ValueTree& part);
/// A text as the list that parameters of list types hold.
[[nodiscard]] ValueTree comma_list(const ValueTree& text);

/// Could both texts be the same, for some value of their unknown parts?
[[nodiscard]] bool may_be_same(std::string_view a, std::string_view b);

}  // namespace outlast::import
