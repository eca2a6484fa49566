#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"
#include "blueprint/attributes.h"

namespace outlast::import {

/// Finds secrets that stand in clear in a resource's attributes and appends their places.
/// The values are never kept.
///
/// in      attributes  as in the input
///         sensitive   the same shape with `true` where the format itself says so; may not exist
///         evidence    of the resource; the pointer of `attributes` is its beginning
/// out     one place per attribute that is marked sensitive, is called like a secret (password,
///         token, private_key …) or holds what only a secret looks like (an AWS access key, a
///         private key in PEM), and has a value that is not empty
void find_secrets(base::Node attributes, base::Node sensitive, const blueprint::Evidence& evidence,
                  std::vector<blueprint::SecretPlace>& out);

/// True for names such as `master_password`, `DB_PASSWORD`, `api_token`.
[[nodiscard]] bool is_secret_name(std::string_view name);

}  // namespace outlast::import
