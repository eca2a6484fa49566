#pragma once

#include <array>
#include <cstddef>

#include "blueprint/blueprint.h"

namespace outlast::failure {

/// For how long old addresses are kept where nobody says it: good, likely, bad luck.
inline constexpr std::array<double, 3> kStaleFor_s = {300, 3600, 86400};

/// For how long those keep old addresses who do (`stale`): as stated, and never less than `ttl`.
///
/// in       luck  0 good, 1 likely, 2 bad: of what is not stated
/// assumes  A-272
[[nodiscard]] double stale_for_s(const blueprint::Need& need, std::size_t luck);

/// Share of users who keep a name's old address though it has none. Behind a switch it is that one's
/// address which is kept.
[[nodiscard]] double share_that_keeps(const blueprint::Need& need);

/// What is told of it where it is not stated.
[[nodiscard]] blueprint::Assumption stale_for_assumed(const blueprint::Blueprint& bp,
                                                      const blueprint::Need& need);

}  // namespace outlast::failure
