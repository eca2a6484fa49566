#include "clock/fail_open.h"

#include <algorithm>

namespace outlast::clock {

using blueprint::Need;

bool is_asked_when_all_seem_dead(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                                 blueprint::ComponentId id) {
  const auto fails_open = [&](const blueprint::Component& caller) {
    const catalog::TypeEntry* type = catalog.type_of(caller);
    return type != nullptr && catalog.figure(*type, "fails_open") != nullptr;
  };
  bool is_called = false;
  for (const Need& need : bp.needs()) {
    const auto& to = need.any_of;
    if (need.kind == blueprint::EdgeKind::service &&
        std::find(to.begin(), to.end(), id) != to.end()) {
      if (!fails_open(bp[need.from])) {
        return false;
      }
      is_called = true;
    }
  }
  return is_called;
}

}  // namespace outlast::clock
