#include "failure/knots.h"

#include <algorithm>

namespace outlast::failure {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;

namespace {

/// Is its target, as long as it is down, reason enough for who needs it to be down? Not where less is
/// asked of it than of who needs it: then it may be down for others only.
bool is_plain_call(const Blueprint& bp, const Need& need, Operations operations,
                   bool with_inferred) {
  const bool is_only_possible =
      need.confidence == blueprint::Confidence::inferred && !with_inferred;
  return stops(need.strength) && !is_only_possible && is_direct(need) &&
         need.kind == blueprint::EdgeKind::service &&
         (need.operations & operations) == operations &&
         (bp[need.from].operations & operations) != 0;
}

}  // namespace

Knots::Knots(const Blueprint& bp, const Dependence& dependence, Operations operations,
             bool with_inferred)
    : loops_(dependence.loops().size()),
      knot_of_(bp.components().size(), 0),
      ties_(bp.needs().size(), false) {
  for (const auto& c : bp.components()) {
    has_local_needs_.push_back(
        std::any_of(c.replicas.begin(), c.replicas.end(),
                    [](const auto& replica) { return !replica.local_needs.empty(); }));
  }
  tie(bp, dependence, operations, with_inferred);
  for (std::size_t l = 0; l < loops_.size(); ++l) {
    look_inside(bp, dependence, l);
  }
}

void Knots::tie(const Blueprint& bp, const Dependence& dependence, Operations operations,
                bool with_inferred) {
  std::vector<std::vector<ComponentId>> calls(bp.components().size());
  std::vector<NeedId> tying;
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    for (const NeedId need : bp[id].needs) {
      if (is_plain_call(bp, bp[need], operations, with_inferred) &&
          dependence.loop_of(bp[need].any_of.front()) == dependence.loop_of(id)) {
        calls[id.index].push_back(bp[need].any_of.front());
        tying.push_back(need);
      }
    }
  }
  for (auto& knot : strongly_connected(calls)) {
    const std::size_t loop = dependence.loop_of(knot.front());
    if (dependence.loops()[loop].size() == 1) {
      continue;
    }
    auto& knots = loops_[loop].knots;
    for (const ComponentId member : knot) {
      knot_of_[member.index] = knots.size();
    }
    knots.push_back(std::move(knot));
  }
  for (const NeedId need : tying) {
    ties_[need.index] = knot_of(bp[need].from) == knot_of(bp[need].any_of.front());
  }
}

void Knots::look_inside(const Blueprint& bp, const Dependence& dependence, std::size_t loop) {
  Loop& out = loops_[loop];
  out.looks_at_itself.assign(out.knots.size(), false);
  const auto is_inside = [&](ComponentId id) {
    return id.exists() && dependence.loop_of(id) == loop;
  };
  const auto look_at = [&](NeedId id) {
    const Need& need = bp[id];
    const bool is_supply = need.kind == blueprint::EdgeKind::supply;
    out.draws_supply_inside =
        out.draws_supply_inside || is_inside(need.via) ||
        (is_supply && std::any_of(need.any_of.begin(), need.any_of.end(), is_inside));
    const auto is_itself = [&](ComponentId target) {
      return is_inside(target) && knot_of(target) == knot_of(need.from);
    };
    if (!ties(id) && std::any_of(need.any_of.begin(), need.any_of.end(), is_itself)) {
      out.looks_at_itself[knot_of(need.from)] = true;
    }
  };
  for (const auto& knot : out.knots) {
    for (const ComponentId member : knot) {
      out.sees_far = out.sees_far || has_local_needs(member);
      std::for_each(bp[member].needs.begin(), bp[member].needs.end(), look_at);
      for (const auto& replica : bp[member].replicas) {
        std::for_each(replica.local_needs.begin(), replica.local_needs.end(), look_at);
      }
    }
  }
}

}  // namespace outlast::failure
