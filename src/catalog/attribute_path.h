#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"
#include "base/text.h"
#include "base/truth.h"

namespace outlast::catalog {

/// A node that a path leads to, with the path that names it exactly.
struct Selected {
  base::Node node;
  std::string path;  ///< with positions: "load_balancer[1].target_group_arn"
};

/// Every node that `path` leads to from `root`. A path is keys joined by dots; lists on the way
/// stand for each of their elements, as nested blocks do in Terraform. What is left of the path may
/// also be one key that holds dots, as labels do: "metadata.labels.example.com/zone".
/// A null is unset and is not selected; an unknown on the way is.
[[nodiscard]] std::vector<Selected> select(base::Node root, std::string_view path);

/// The path without positions: "load_balancer[1].x" → "load_balancer.x".
[[nodiscard]] std::string without_positions(std::string_view path);

using base::both;
using base::matches;
using base::opposite;
using base::Truth;

/// Does the attribute at `path` have this value? "present" and "absent" ask for any value, "not x"
/// for another one or none.
[[nodiscard]] Truth holds(base::Node root, std::string_view path, std::string_view value);

/// "/change/after" + "load_balancer[0].arn" → "/change/after/load_balancer/0/arn".
[[nodiscard]] std::string pointer_to(const std::string& base_pointer, std::string_view path);

}  // namespace outlast::catalog
