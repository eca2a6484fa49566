#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace outlast::import {

/// One step of a Terraform reference: a name with the index behind it, if any.
/// `aws_instance.web["a.b"].id` is {aws_instance}, {web, "a.b"}, {id}.
struct AddressStep {
  std::string name;
  std::string index;       ///< without brackets and quotes
  std::string brackets;    ///< the index as it stands: `[0]`, `["a.b"]`; empty if there is none
  bool has_index = false;  ///< also where the index is an expression, which is then empty
};

/// Splits at dots outside brackets and quotes.
[[nodiscard]] std::vector<AddressStep> split_address(std::string_view address);

/// The address without any index: what the configuration calls it.
[[nodiscard]] std::string without_indexes(std::string_view address);

}  // namespace outlast::import
