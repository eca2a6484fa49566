#pragma once

#include "blueprint/draft.h"

namespace outlast::pipeline {

/// Firewalls, addresses, identities and rights of one draft hold in another for what has the same
/// ids there: the format of blueprints has no words for them.
///
/// in   from  with meaning read; `to` likewise, and without rules of its own
/// out  in `to`; the data of what is of another type there is no longer got at by the provider's
///      rights, but by whoever reaches it
void carry_guards(const blueprint::Draft& from, blueprint::Draft& to);

}  // namespace outlast::pipeline
