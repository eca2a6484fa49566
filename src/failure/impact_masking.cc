// Which share of requests fails at first although the structure holds: those on their way to
// something dead, until it is noticed.

#include "failure/impact.h"

#include <algorithm>

#include "failure/masking.h"

namespace outlast::failure {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;

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

double ImpactFinder::lost_at_first(ComponentId id) const {
  double share = 0;
  for (std::size_t r = 0; r < bp_[id].replicas.size(); ++r) {
    share += is_lost(id, r) ? bp_[id].replicas[r].carries : 0;
  }
  return std::min(share, 1.0);
}

/// Gives `masked_share` its sense at the moment an event strikes.
struct ImpactFinder::AtFirst {
  struct Share {
    double lost = 0;
    double for_s = 0;
  };
  const ImpactFinder& finder;

  [[nodiscard]] Share replica(ComponentId id, std::size_t r) const {
    const Component& c = finder.bp_[id];
    return finder.is_lost(id, r) ? Share{c.replicas[r].carries, noticed_s(c.switching)} : Share();
  }
  /// A target that serves, if not all, notices its own dead ends.
  [[nodiscard]] Share at(const Need& need, ComponentId target) const {
    return finder.scene_.states[target].is_never()
               ? masked(need, target)
               : Share{1, noticed_s(noticing(need, finder.bp_[target]))};
  }
  [[nodiscard]] Share masked(const Need& /*need*/, ComponentId target) const {
    return masked(target);
  }
  [[nodiscard]] Share masked(ComponentId target) const {
    const bool serves = finder.scene_.states[target].is_never();
    return serves ? Share{finder.scene_.masked[target.index], finder.scene_.masked_s[target.index]}
                  : Share();
  }
  [[nodiscard]] Share active(const Need& need) const { return masked(need, need.any_of.front()); }
  [[nodiscard]] static Share sum(Share a, Share b) {
    return {std::min(a.lost + b.lost, 1.0), longer(a, b)};
  }
  [[nodiscard]] static Share either(Share a, Share b) {
    return {1 - (1 - a.lost) * (1 - b.lost), longer(a, b)};
  }
  [[nodiscard]] static Share of(Share share, std::size_t n) {
    return {share.lost / static_cast<double>(n), share.for_s};
  }

 private:
  static double longer(Share a, Share b) {
    return std::max(a.lost > 0 ? a.for_s : 0, b.lost > 0 ? b.for_s : 0);
  }
};

void ImpactFinder::measure_masking(Operations operations, Reading reading) {
  AtFirst algebra{*this};
  const PlainNeeds& plain = plain_needs(operations, reading);
  for (const ComponentId id : scene_.reach) {
    AtFirst::Share share;
    if (!scene_.states[id].is_never()) {
      // it fails as a whole
    } else if (hit_at_[id.index] == 0 && plain.are_all_of(id)) {
      for (const ComponentId target : plain.asked_by(id)) {
        share = AtFirst::either(share, algebra.masked(target));
      }
    } else {
      share = masked_share(bp_, id, operations, algebra);
    }
    scene_.masked[id.index] = share.lost;
    scene_.masked_s[id.index] = share.for_s;
  }
}

}  // namespace outlast::failure
