// Which share of requests fails at first although the structure holds: those on their way to
// something dead, until it is noticed.

#include "failure/impact.h"

#include <algorithm>

namespace outlast::failure {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;
using blueprint::Strength;

namespace {

bool is_running_need(const Need& need, Operations operations) {
  return (need.strength == Strength::hard || need.strength == Strength::auth) &&
         (need.operations & operations) != 0 && need.confidence != blueprint::Confidence::inferred;
}

/// How long users still go to a dead target: as the need says, else as the target's kind does.
double noticed_s(const Need& need, const Component& target) {
  const auto& says = need.switching.detect.is_known() ? need.switching : target.switching;
  return says.detect.value_or({}).value + says.takes.value_or({}).value;
}

}  // namespace

/// Is this replica out at first: hit itself, or without what it needs for itself?
bool ImpactFinder::is_lost(ComponentId id, std::size_t replica) const {
  const std::size_t at = hit_at_[id.index];
  if (at != 0 && !hits_[at - 1].second.replicas.empty() && hits_[at - 1].second.replicas[replica]) {
    return true;
  }
  const auto& local = bp_[id].replicas[replica].local_needs;
  return std::any_of(local.begin(), local.end(), [&](NeedId need) {
    const auto& any_of = bp_[need].any_of;
    return stops(bp_[need].strength) &&
           std::all_of(any_of.begin(), any_of.end(),
                       [&](ComponentId t) { return !scene_.states[t].is_never(); });
  });
}

double ImpactFinder::masked_in_replicas(ComponentId id, double& detect_s) const {
  const Component& c = bp_[id];
  double share = 0;
  for (std::size_t r = 0; r < c.replicas.size(); ++r) {
    share += is_lost(id, r) ? c.replicas[r].carries : 0;
  }
  if (share > 0) {
    detect_s = std::max(
        detect_s, c.switching.detect.value_or({}).value + c.switching.takes.value_or({}).value);
  }
  return std::min(share, 1.0);
}

/// Share of requests that fail because of a need that holds, until its dead end is noticed.
double ImpactFinder::masked_by_needs(const Component& c, Operations operations,
                                     double& detect_s) const {
  double served = 1;
  for (const NeedId id : c.needs) {
    const Need& need = bp_[id];
    if (!is_running_need(need, operations)) {
      continue;
    }
    double lost = 0;
    for (const ComponentId target : need.any_of) {
      const bool is_down = !scene_.states[target].is_never();
      const double of_target = is_down ? 1 : scene_.masked[target.index];
      const bool is_the_active_one = target == need.any_of.front();
      lost += need.via.exists() ? (is_the_active_one && !is_down ? of_target : 0)
                                : of_target / static_cast<double>(need.any_of.size());
      if (of_target > 0) {
        // A target that serves, if not all, notices its own dead ends.
        detect_s = std::max(detect_s,
                            is_down ? noticed_s(need, bp_[target]) : scene_.masked_s[target.index]);
      }
    }
    served *= 1 - std::min(lost, 1.0);
  }
  return 1 - served;
}

void ImpactFinder::measure_masking(Operations operations) {
  for (const ComponentId id : scene_.reach) {
    const Component& c = bp_[id];
    double detect_s = 0;
    double share = 0;
    if (scene_.states[id].is_never()) {
      const double in_replicas = c.redundancy == blueprint::Redundancy::active_active
                                     ? masked_in_replicas(id, detect_s)
                                     : 0;
      share = 1 - (1 - in_replicas) * (1 - masked_by_needs(c, operations, detect_s));
    }
    scene_.masked[id.index] = share;
    scene_.masked_s[id.index] = detect_s;
  }
}

}  // namespace outlast::failure
