#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "import/value_tree.h"

namespace outlast::import {

/// A function of Terraform's, as far as it is known here; not known, and made of all that the
/// arguments are made of, where the function is none of these or an argument is not known.
///
/// cost  linear in the arguments; results have a bounded size
[[nodiscard]] ValueTree call_function(std::string_view name,
                                      const std::vector<ValueTree>& arguments, base::Span span);

[[nodiscard]] ValueTree number_value(double number, base::Span span);
[[nodiscard]] ValueTree bool_value(bool value, base::Span span);
[[nodiscard]] std::optional<double> number_of(const ValueTree& value);
/// Known all the way down.
[[nodiscard]] bool is_known(const ValueTree& value);
[[nodiscard]] bool are_equal(const ValueTree& a, const ValueTree& b);

}  // namespace outlast::import
