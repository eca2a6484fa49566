#pragma once

#include <string_view>
#include <vector>

#include "base/document.h"
#include "blueprint/draft.h"

namespace outlast::catalog {

/// The statements of an IAM policy document (AWS, version 2012-10-17); of principals only whether
/// they are everybody. A condition makes it unknown whether a statement applies; one that names who
/// may come in closes it to everybody.
/// A text that is no such document gives none.
[[nodiscard]] std::vector<blueprint::DraftGrant> read_policy_document(std::string_view text);

/// The same of a statement that stands in a block of its own, its names in small letters.
[[nodiscard]] blueprint::DraftGrant read_policy_block(base::Node block);

}  // namespace outlast::catalog
