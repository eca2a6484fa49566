#include "replay/connections.h"

#include <algorithm>
#include <vector>

#include "failure/stale.h"

namespace outlast::replay {

using blueprint::Need;
using incidents::Fault;
using incidents::Incident;
using incidents::Phase;

Timeline new_connections(const Incident& incident, const Phase& phase, const Need& need,
                         Luck luck) {
  const bool is_name = phase.fault == Fault::unresolve;
  const double pool = need.pool.value_or({}).value;
  const double ttl = is_name ? need.ttl.value_or({}).value : 0;
  const double reaches = phase.reaches ? phase.reaches->value : 0;
  const double lost = phase.error ? phase.error->value : 1;
  const auto ending = incidents::ending_of(incident, phase);
  // Behind a switch it is that one's address which is kept.
  const double stale = is_name && !need.via.exists() ? need.stale.value_or({}).value : 0;
  Timeline usual = wave({.begins_s = phase.at.value,
                         .rises_s = pool + ttl + reaches,
                         .fades_s = ending.from_s,
                         .falls_s = ending.until_s - ending.from_s + ttl,
                         .lost = lost * (1 - stale)});
  if (stale <= 0) {
    return usual;
  }
  const double stale_s = failure::stale_for_s(need, static_cast<std::size_t>(luck));
  const Timeline kept = wave({.begins_s = phase.at.value + ttl,
                              .rises_s = std::max(0.0, stale_s - ttl) + pool + reaches,
                              .fades_s = ending.from_s,
                              .falls_s = ending.until_s - ending.from_s,
                              .lost = lost * stale});
  return combined({usual, kept}, [](std::vector<double>& at) { return at[0] + at[1]; });
}

}  // namespace outlast::replay
