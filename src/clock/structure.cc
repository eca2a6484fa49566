#include "clock/structure.h"

#include <algorithm>
#include <cmath>

#include "failure/knots.h"
#include "failure/running.h"
#include "replay/timeline_algebra.h"

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using replay::worst_of;

struct Structure::Algebra : replay::TimelineAlgebra {
  const Structure& structure;
  const Losses& losses;
  const States* settled;  ///< null: with all calls; else those of one are left to the engine
  ComponentId itself;     ///< that one
  blueprint::Operations operations;

  [[nodiscard]] bool may_strike(ComponentId id) const {
    return !structure.wounds_at_[id.index].empty();
  }
  [[nodiscard]] State own(ComponentId id, std::size_t replica) const {
    return structure.own(losses, id, replica, operations);
  }
  [[nodiscard]] State whole(ComponentId id) const {
    return structure.own(losses, id, kAll, operations);
  }
  [[nodiscard]] State promoter(ComponentId id) const {
    std::vector<State> causes;
    for (std::size_t f = 0; f < structure.damage_.frozen.size(); ++f) {
      const Freeze& freeze = structure.damage_.frozen[f];
      if (freeze.component == id && freeze.stops_promotion) {
        causes.push_back(losses.frozen[f]);
      }
    }
    return worst_of(causes);
  }
  [[nodiscard]] State moved(ComponentId id, std::size_t replica, const State& state) const {
    return structure.moved(losses, id, replica, state);
  }
  [[nodiscard]] State by_way_of(const Need& need, ComponentId target, const State& state) const {
    // Only its own calls are the engine's. Those of what it draws on in its zone, which is worked out
    // on the spot, take that down here.
    return structure.by_way_of(losses, need, target, state,
                               need.from == itself ? settled : nullptr);
  }
};

Structure::Structure(const Blueprint& bp, const failure::Dependence& dependence,
                     const Damage& damage, const std::set<NeedId>& called)
    : bp_(bp),
      dependence_(dependence),
      damage_(damage),
      called_(called),
      wounds_at_(bp.components().size()) {
  for (std::size_t w = 0; w < damage.wounds.size(); ++w) {
    wounds_at_[damage.wounds[w].component.index].push_back(w);
  }
  for (std::size_t s = 0; s < damage.severed.size(); ++s) {
    severed_at_[{damage.severed[s].need, damage.severed[s].target}].push_back(s);
  }
}

/// Of requests that take these operations.
Timeline Structure::own(const Losses& losses, ComponentId id, std::size_t replica,
                        blueprint::Operations operations) const {
  std::vector<Timeline> causes;
  for (const std::size_t w : wounds_at_[id.index]) {
    const auto& replicas = damage_.wounds[w].replicas;
    const bool is_hit =
        replica == kAll ? replicas.empty()
                        : std::find(replicas.begin(), replicas.end(), replica) != replicas.end();
    if (is_hit && (damage_.wounds[w].operations & operations) != 0) {
      causes.push_back(losses.wounds[w]);
    }
  }
  return worst_of(causes);
}

Timeline Structure::moved(const Losses& losses, ComponentId id, std::size_t replica,
                          const Timeline& state) const {
  double until_s = std::numeric_limits<double>::infinity();
  for (const std::size_t w : wounds_at_[id.index]) {
    const auto& replicas = damage_.wounds[w].replicas;
    if (std::find(replicas.begin(), replicas.end(), replica) != replicas.end()) {
      until_s = std::min(until_s, losses.moved_s[w]);
    }
  }
  return std::isfinite(until_s)
             ? replay::combined({state, Timeline({{0, 1}, {until_s, 0}})},
                                [](std::vector<double>& lost) { return lost[0] * lost[1]; })
             : state;
}

Timeline Structure::by_way_of(const Losses& losses, const Need& need, ComponentId target,
                              const Timeline& state, const States* whole) const {
  const NeedId id = id_of(need);
  const bool is_engines = whole != nullptr && called_.contains(id);
  if (is_engines) {
    return {};
  }
  std::vector<Timeline> causes = {state};
  if (whole != nullptr && !need.is_local) {
    causes.push_back((*whole)[target]);
  }
  for (std::size_t t = 0; t < need.any_of.size(); ++t) {
    const auto found = severed_at_.find({id, t});
    if (need.any_of[t] == target && found != severed_at_.end()) {
      for (const std::size_t s : found->second) {
        causes.push_back(losses.severed[s]);
      }
    }
  }
  return worst_of(causes);
}

NeedId Structure::id_of(const Need& need) const {
  return NeedId(static_cast<std::size_t>(&need - &bp_[NeedId(0)]));
}

void Structure::settle(const Losses& losses, blueprint::Operations operations,
                       States& states) const {
  Algebra algebra{{}, *this, losses, nullptr, {}, operations};
  const failure::Knots knots(bp_, dependence_, operations, false);
  failure::Running<Algebra> running(bp_, dependence_, knots, operations, {}, algebra);
  for (std::size_t loop = 0; loop < dependence_.loops().size(); ++loop) {
    running.settle(loop, states);
  }
}

Timeline Structure::by_itself(const Losses& losses, blueprint::Operations operations,
                              const States& whole, ComponentId id) const {
  const failure::Knots knots(bp_, dependence_, operations, false);
  Algebra algebra{{}, *this, losses, &whole, id, operations};
  failure::Running<Algebra> own(bp_, dependence_, knots, operations, {}, algebra);
  return own.component_of(id, whole);
}

void Structure::split(const Losses& losses, blueprint::Operations operations, const States& whole,
                      States& own, std::vector<std::vector<Timeline>>& replicas) const {
  const failure::Knots knots(bp_, dependence_, operations, false);
  Algebra by_itself{{}, *this, losses, &whole, {}, operations};
  Algebra with_calls{{}, *this, losses, nullptr, {}, operations};
  failure::Running<Algebra> itself(bp_, dependence_, knots, operations, {}, by_itself);
  failure::Running<Algebra> all(bp_, dependence_, knots, operations, {}, with_calls);
  replicas.resize(bp_.components().size());
  for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
    by_itself.itself = id;
    own[id] = itself.component_of(id, whole);
    for (std::size_t r = 0; r < bp_[id].replicas.size(); ++r) {
      replicas[id.index].push_back(all.replica_of(id, r, whole));
    }
  }
}

}  // namespace outlast::clock
