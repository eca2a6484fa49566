#pragma once

#include "base/diagnostics.h"
#include "base/document.h"
#include "blueprint/draft.h"

namespace outlast::import {

/// True if the document says `outlast:` at its top: a blueprint or an overlay.
[[nodiscard]] bool is_blueprint(base::Node root);

/// Reads a blueprint or overlay (YAML or JSON) into the draft: components to `overlays`, the rest
/// to its place; a later file overrides an earlier one.
/// errors  unknown keys (with the nearest known), wrong units and types: all of them, each with
///         its place
void read_blueprint(base::Node root, blueprint::Draft& draft, base::Diagnostics& diagnostics);

}  // namespace outlast::import
