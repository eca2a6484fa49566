#pragma once

#include "catalog/passes.h"

namespace outlast::catalog {

/// Whether something has a public address, and which resource says so.
struct ToldAddress {
  blueprint::Value<bool> is_public;  ///< unset: neither it nor a part of it says
  ResourceId told_by;                ///< absent where nobody does
};

/// What a resource, its parts and its members say of a public address. An address that is a resource of its own
/// is one, whatever the machine that it is a part of asks its subnet for. Where one of them says that
/// the internet is shut out, and none that it is not, no address opens it.
[[nodiscard]] ToldAddress told_address(const Sight& sight, ResourceId id);

}  // namespace outlast::catalog
