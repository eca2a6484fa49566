#pragma once

#include <functional>
#include <string>

#include "base/diagnostics.h"
#include "blueprint/draft.h"

namespace outlast::catalog {

/// Turns a name into the id it stands for, where it stands for one.
using Resolve = std::function<void(std::string& word, base::Span span)>;

/// Adds who can come to what, as blueprints declare it, to what resources tell. Of a component's
/// address, layers, data and class the blueprint has the last word; rules, identities and grants
/// stand beside those of resources.
///
/// in      draft  with overlays merged
/// errors  a name that stands for no component, a grant for an identity that nobody has
void merge_access(blueprint::Draft& draft, const Resolve& resolve, base::Diagnostics& diagnostics);

}  // namespace outlast::catalog
