#pragma once

#include <string>

#include "blueprint/draft.h"
#include "import/key_reader.h"

namespace outlast::import {

/// One component as a blueprint writes it.
/// errors  wrong values go to `diagnostics`; what is wrong is left unknown
[[nodiscard]] blueprint::DraftComponent read_component(const std::string& id, KeyReader& reader,
                                                       base::Node node,
                                                       base::Diagnostics& diagnostics);

}  // namespace outlast::import
