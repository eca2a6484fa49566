#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"

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

/// What is asked and known of a condition. Unknown is never false.
enum class Truth { no, unknown, yes };

[[nodiscard]] inline Truth opposite(Truth a) {
  return a == Truth::unknown ? a : a == Truth::yes ? Truth::no : Truth::yes;
}
[[nodiscard]] inline Truth both(Truth a, Truth b) {
  return a < b ? a : b;
}

/// Does the attribute at `path` have this value? "present" and "absent" ask for any value.
[[nodiscard]] Truth holds(base::Node root, std::string_view path, std::string_view value);

/// "/change/after" + "load_balancer[0].arn" → "/change/after/load_balancer/0/arn".
[[nodiscard]] std::string pointer_to(const std::string& base_pointer, std::string_view path);

/// Is `text` what `pattern` says, where `*` stands for any text and `?` for any character?
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

}  // namespace outlast::catalog
