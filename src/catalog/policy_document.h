#pragma once

#include <string_view>
#include <vector>

#include "base/document.h"
#include "blueprint/draft.h"

namespace outlast::catalog {

/// The statements of an IAM policy document (AWS, version 2012-10-17); of principals only whether
/// they are everybody. Whether a statement applies is told by its conditions (policy_conditions.h).
/// A refusal for everybody is one more, for every identity of the inputs (kEveryIdentity).
/// A text that is no such document gives none.
[[nodiscard]] std::vector<blueprint::DraftGrant> read_policy_document(std::string_view text);

/// Is it a statement of which nothing is known? It may allow anything that its policy can.
[[nodiscard]] bool is_unread(const blueprint::DraftGrant& grant);

/// The same of a statement that stands in a block of its own, its names in small letters.
void read_policy_block(base::Node block, std::vector<blueprint::DraftGrant>& grants);

}  // namespace outlast::catalog
