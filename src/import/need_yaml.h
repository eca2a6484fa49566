#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "blueprint/draft.h"
#include "import/key_reader.h"

namespace outlast::import {

/// The needs of a component, in any of their spellings:
/// `db` · `{cache: soft}` · `{orders: {strength: async, buffer: 10m}}` · `{to: auth0, …}` ·
/// `{any_of: [a, b], via: dns}`.
[[nodiscard]] std::vector<blueprint::DraftNeed> read_needs(KeyReader& component,
                                                           const std::string& id,
                                                           base::Diagnostics& diagnostics);

}  // namespace outlast::import
