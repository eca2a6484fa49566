#include "failure/stale.h"

#include <algorithm>

namespace outlast::failure {

double stale_for_s(const blueprint::Need& need, std::size_t luck) {
  return need.stale_for.is_known() ? need.stale_for->value
                                   : std::max(need.ttl.value_or({}).value, kStaleFor_s.at(luck));
}

double share_that_keeps(const blueprint::Need& need) {
  return need.via.exists() ? 0 : need.stale.value_or({}).value;
}

blueprint::Assumption stale_for_assumed(const blueprint::Blueprint& bp,
                                        const blueprint::Need& need) {
  return {bp[need.from].name + ": old addresses are kept", "1 h (5 min to 1 d)",
          "not stated (stale_for): resolvers and processes that ignore how long; our estimate"};
}

}  // namespace outlast::failure
