#pragma once

#include <string_view>
#include <vector>

#include "blueprint/draft.h"

namespace outlast::catalog {

/// The statements of an IAM policy document (AWS, version 2012-10-17), without principals.
/// A text that is no such document gives none.
[[nodiscard]] std::vector<blueprint::DraftGrant> read_policy_document(std::string_view text);

}  // namespace outlast::catalog
