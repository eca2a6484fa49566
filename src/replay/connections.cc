#include "replay/connections.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "failure/stale.h"

namespace outlast::replay {

using blueprint::Need;
using incidents::Fault;
using incidents::Incident;
using incidents::Phase;

Timeline lost_by(const Unconnected& how) {
  const double falls_s = std::isfinite(how.fades_s) ? how.falls_s + how.ttl_s : 0;
  Timeline usual = wave({.begins_s = how.begins_s,
                         .rises_s = how.reaches_s + how.ttl_s,
                         .fades_s = how.fades_s,
                         .falls_s = falls_s,
                         .lost = how.lost * (1 - how.stale)});
  if (how.stale <= 0) {
    return usual;
  }
  const Timeline kept = wave({.begins_s = how.begins_s + how.ttl_s,
                              .rises_s = std::max(0.0, how.stale_s - how.ttl_s) + how.reaches_s,
                              .fades_s = how.fades_s,
                              .falls_s = how.falls_s,
                              .lost = how.lost * how.stale});
  return combined({usual, kept}, [](std::vector<double>& at) { return at[0] + at[1]; });
}

Timeline new_connections(const Incident& incident, const Phase& phase, const Need& need,
                         Luck luck) {
  const bool is_name = phase.fault == Fault::unresolve;
  const auto ending = incidents::ending_of(incident, phase);
  Unconnected how;
  how.begins_s = phase.at.value;
  how.reaches_s = need.pool.value_or({}).value + (phase.reaches ? phase.reaches->value : 0);
  how.fades_s = ending.from_s;
  how.falls_s = ending.until_s - ending.from_s;
  how.lost = phase.error ? phase.error->value : 1;
  if (is_name) {
    how.ttl_s = need.ttl.value_or({}).value;
    how.stale = failure::share_that_keeps(need);
    how.stale_s = failure::stale_for_s(need, static_cast<std::size_t>(luck));
  }
  return lost_by(how);
}

}  // namespace outlast::replay
