#pragma once

#include <cstdint>

#include "base/document.h"

namespace outlast::import {

/// Appends the attributes that Terraform up to 0.11 keeps flat, as the tree they stand for.
///
/// in      flat     map of texts: "subnets.#": "1", "subnets.1359096304": "subnet-1",
///                  "tags.%": "1", "tags.Name": "web"
/// out     index of a map in `builder`; `x.#` makes a list in the order of the numbers, `x.%` a map,
///         and scalars stay texts, for a state of that age has no types
/// assumes spans of `flat` lie in the builder's source
[[nodiscard]] std::uint32_t append_unflattened(base::Node flat, base::DocumentBuilder& builder);

}  // namespace outlast::import
