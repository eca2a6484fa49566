#pragma once

#include <cstdint>

#include "base/document.h"

namespace outlast::import {

/// Appends which attributes a state marks as sensitive, in the shape that `find_secrets` takes.
///
/// in   attributes  of the instance, a tree
///      paths       list of paths, each a list of {"type": "get_attr", "value": "password"} and
///                  {"type": "index", "value": {"value": 0}}; may not exist
/// out  index in `builder` of maps and lists like `attributes`, `true` where a path ends
[[nodiscard]] std::uint32_t append_sensitive(base::Node attributes, base::Node paths,
                                             base::DocumentBuilder& builder);

}  // namespace outlast::import
