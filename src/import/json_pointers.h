#pragma once

#include <vector>

#include "base/document.h"
#include "blueprint/draft.h"

namespace outlast::import {

/// The JSON pointer of the innermost value that a span lies in: "/items/3/spec"; empty for the
/// whole document.
/// cost  a binary search per level
[[nodiscard]] std::string pointer_at(base::Node root, base::Span span);

/// Adds pointers to the evidence of resources and calls that lie in these documents and have none:
/// a line says little where a file has only one.
///
/// in  roots  of inputs that are JSON
void add_pointers(const std::vector<base::Node>& roots, blueprint::Draft& draft);

}  // namespace outlast::import
