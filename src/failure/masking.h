#pragma once

#include "blueprint/blueprint.h"

namespace outlast::failure {

/// Is a need asked by every request, so that one on its way to something dead fails?
[[nodiscard]] inline bool is_asked_by_requests(const blueprint::Need& need,
                                               blueprint::Operations operations) {
  using blueprint::Strength;
  return (need.strength == Strength::hard || need.strength == Strength::auth) &&
         (need.operations & operations) != 0 && need.confidence != blueprint::Confidence::inferred;
}

/// How it is noticed that a target is dead: as the need says, else as the target's kind does.
[[nodiscard]] inline const blueprint::Switching& noticing(const blueprint::Need& need,
                                                          const blueprint::Component& target) {
  return need.switching.detect.is_known() ? need.switching : target.switching;
}

/// How long requests go on to what is dead.
[[nodiscard]] inline double noticed_s(const blueprint::Switching& switching) {
  return switching.detect.value_or({}).value + switching.takes.value_or({}).value;
}

/// Which share of a component's requests fails although the structure holds: those on their way to
/// something dead, until it is noticed. The one place where this is written down.
///
/// Algebra
///   Share           of requests; `Share()` is none
///   replica(c, r)   what a replica carries, while it is dead and that is not noticed
///   at(need, target)      of what goes to a target: all while it is dead and that is not noticed,
///                         and what it masks itself
///   masked(need, target)  what it masks itself, while it serves
///   active(need)          the same of the active one of several, until it is switched away from
///   sum(a, b)       of requests that go different ways
///   either(a, b)    of requests that need both
///   of(share, n)    an n-th of it
template <class Algebra>
[[nodiscard]] typename Algebra::Share masked_share(const blueprint::Blueprint& bp,
                                                   blueprint::ComponentId id,
                                                   blueprint::Operations operations,
                                                   Algebra& algebra) {
  using Share = typename Algebra::Share;
  const blueprint::Component& c = bp[id];
  Share all;
  if (c.redundancy == blueprint::Redundancy::active_active) {
    for (std::size_t r = 0; r < c.replicas.size(); ++r) {
      all = algebra.sum(all, algebra.replica(id, r));
    }
  }
  for (const blueprint::NeedId need_id : c.needs) {
    const blueprint::Need& need = bp[need_id];
    if (!is_asked_by_requests(need, operations)) {
      continue;
    }
    Share lost;
    if (need.via.exists()) {  // who is called is decided for all requests alike
      lost = algebra.active(need);
    } else if (need.any_of.size() == 1) {  // its own loss is one of the structure
      lost = algebra.masked(need, need.any_of.front());
    } else {
      for (const blueprint::ComponentId target : need.any_of) {
        lost = algebra.sum(lost, algebra.of(algebra.at(need, target), need.any_of.size()));
      }
    }
    all = algebra.either(all, lost);
  }
  return all;
}

}  // namespace outlast::failure
