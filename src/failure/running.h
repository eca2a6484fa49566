#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "failure/algebra_parts.h"
#include "failure/dependence.h"
#include "failure/knots.h"
#include "failure/near_parts.h"
#include "failure/reading.h"

namespace outlast::failure {

/// What it takes for a component to run: the one place where this is written down.
///
/// The rules are those of the model, told in failures: a state says when, or whether, something is
/// down. An algebra gives them their sense: gates, or spans of time; so both functions agree.
///
/// Algebra
///   State        cheap to copy, comparable with ==
///   never() always()
///   any(states)  all(states)  at_least(k, states)
///   may_strike(c) false where neither `own` nor `whole` of a component is ever down
///   own(c, r)    what takes down one replica itself, its zone included
///   whole(c)     what takes down a component as a whole: region, service
///   switched(active, via, rest, switching, is_in_loop)
///                down until the active one is back, or the rest and what switches to it are up
///   moved(c, r, state)  what a replica needs where it lies, until it is started elsewhere when its
///                zone falls; what it needs there is looked at beside this
///   delayed(need, state)  the same once a need's buffer is empty, or its lease has run out
///   narrower(operations)  may be absent: {Running*, const States*} of fewer operations, settled
///                before; null where these are not looked at. With it a need that names operations
///                asks its targets for no more than those; without it for all that it is asked for
/// and what it may leave out: `algebra_parts.h`.
template <class Algebra>
class Running {
 public:
  using State = typename Algebra::State;
  using States = base::IdVector<blueprint::ComponentId, State>;

  /// in  knots  of the same operations, and of the same needs as the reading lets take part
  Running(const blueprint::Blueprint& bp, const Dependence& dependence, const Knots& knots,
          blueprint::Operations operations, Reading reading, Algebra& algebra)
      : bp_(bp),
        dependence_(dependence),
        knots_(knots),
        operations_(operations),
        reading_(reading),
        algebra_(algebra) {}

  /// Finds the states of the components of one loop, given all that they need outside of it.
  ///
  /// Calls may go round in a circle and keep running: in a loop they start as never down and get
  /// worse. Supply must come from outside: it starts as always down and gets better: the outer
  /// fixed point. Each is reached after as many rounds as the loop has knots.
  void settle(std::size_t loop_index, States& states) {
    const auto& members = dependence_.loops()[loop_index];
    if (members.size() == 1) {
      states[members.front()] = component(members.front(), {&states, loop_index, nullptr, nullptr});
      return;
    }
    const Knots::Loop& loop = knots_.of_loop(loop_index);
    std::vector<State> supply(loop.knots.size(), algebra_.always());
    std::vector<State> service;
    for (std::size_t outer = 0; outer <= loop.knots.size(); ++outer) {
      service.assign(loop.knots.size(), algebra_.never());
      settle_calls(loop_index, states, service, supply);
      const bool is_settled = !loop.draws_supply_inside || service == supply;
      supply = service;
      if (is_settled) {
        break;
      }
    }
    for (const blueprint::ComponentId member : members) {
      states[member] = service[knots_.knot_of(member)];
    }
  }

  /// State of what a need is to, its buffer and cache left aside, given settled states.
  [[nodiscard]] State unbuffered(const blueprint::Need& need, const States& states) {
    return ends_of(need, {&states, kNoLoop, nullptr, nullptr}, blueprint::FateGroupId());
  }

  /// State of a component, given the settled states of all that it needs.
  [[nodiscard]] State component_of(blueprint::ComponentId id, const States& states) {
    return component(id, {&states, kNoLoop, nullptr, nullptr});
  }

  /// State of one replica and what it needs where it lies, given settled states.
  [[nodiscard]] State replica_of(blueprint::ComponentId id, std::size_t r, const States& states) {
    return replica(id, r, {&states, kNoLoop, nullptr, nullptr});
  }

 private:
  static constexpr std::size_t kNoLoop = static_cast<std::size_t>(-1);

  /// Where states are looked up: settled ones, and, by knot, those of the loop that is being
  /// settled.
  struct Lookup {
    const States* settled;
    std::size_t loop;
    const std::vector<State>* service;
    const std::vector<State>* supply;
  };

  /// The inner fixed point, in rounds. After the first only those are looked at again who need
  /// something that has changed; all are where somebody looks past its own needs (`target_of`).
  void settle_calls(std::size_t loop_index, const States& states, std::vector<State>& service,
                    const std::vector<State>& supply) {
    const Knots::Loop& loop = knots_.of_loop(loop_index);
    std::vector<bool> is_due(loop.knots.size(), true);
    for (std::size_t round = 0; round <= loop.knots.size(); ++round) {
      std::vector<std::pair<std::size_t, State>> changed;
      for (std::size_t k = 0; k < loop.knots.size(); ++k) {
        if (is_due[k]) {
          State state = knot(loop.knots[k], {&states, loop_index, &service, &supply});
          if (!(state == service[k])) {
            changed.emplace_back(k, std::move(state));
          }
        }
      }
      if (changed.empty()) {
        return;
      }
      is_due.assign(loop.knots.size(), loop.sees_far);
      for (auto& [k, state] : changed) {
        service[k] = std::move(state);
        for (const blueprint::ComponentId member : loop.knots[k]) {
          mark_needing(loop_index, member, is_due);
        }
      }
    }
  }

  /// Marks the knots of a loop that need a member of it, its own only where more than what ties it
  /// leads back.
  void mark_needing(std::size_t loop_index, blueprint::ComponentId member,
                    std::vector<bool>& is_due) const {
    const std::size_t own = knots_.knot_of(member);
    for (const blueprint::ComponentId needing : dependence_.needed_by(member)) {
      const std::size_t k = knots_.knot_of(needing);
      if (dependence_.loop_of(needing) == loop_index &&
          (k != own || knots_.of_loop(loop_index).looks_at_itself[k])) {
        is_due[k] = true;
      }
    }
  }

  [[nodiscard]] bool is_in(const Lookup& at, blueprint::ComponentId id) const {
    return at.service != nullptr && dependence_.loop_of(id) == at.loop;
  }

  [[nodiscard]] State state_of(blueprint::ComponentId id, blueprint::EdgeKind kind,
                               const Lookup& at) const {
    if (!is_in(at, id)) {
      return (*at.settled)[id];
    }
    const std::size_t k = knots_.knot_of(id);
    return kind == blueprint::EdgeKind::supply ? (*at.supply)[k] : (*at.service)[k];
  }

  /// A target as one replica sees it: where it has replicas in the same zone, only those.
  ///
  /// What is near is worked out on the spot. Seen over a supply edge everything below it is taken
  /// from the supply round too, so that a loop through it must still be fed from outside.
  [[nodiscard]] State target_of(const blueprint::Need& need, blueprint::ComponentId id,
                                const Lookup& at, blueprint::FateGroupId zone) {
    if (!need.is_local || !zone.exists()) {
      return state_of(id, need.kind, at);
    }
    const blueprint::Component& target = bp_[id];
    const auto lies_near = [&](const blueprint::Replica& r) {
      return reading_.zone_of(r.zone) == zone;
    };
    const auto near = static_cast<std::size_t>(
        std::count_if(target.replicas.begin(), target.replicas.end(), lies_near));
    if (near == 0 || near == target.replicas.size()) {
      return state_of(id, need.kind, at);
    }
    if (const auto circle = near_.closes(id, zone, need.kind)) {
      return *circle == NearParts::Circle::runs_on ? algebra_.never() : algebra_.always();
    }
    const bool is_supply = need.kind == blueprint::EdgeKind::supply;
    const Lookup seen = {at.settled, at.loop, is_supply ? at.supply : at.service, at.supply};
    near_.open(id, zone, need.kind);
    std::vector<State> replicas;
    for (std::size_t r = 0; r < target.replicas.size(); ++r) {
      if (lies_near(target.replicas[r])) {
        replicas.push_back(replica(id, r, seen));
      }
    }
    std::vector<State> causes = {algebra_.all(replicas), algebra_.whole(id)};
    add_needs(target, seen, causes);
    near_.close();
    return algebra_.any(causes);
  }

  [[nodiscard]] State need_of(const blueprint::Need& need, const Lookup& at,
                              blueprint::FateGroupId zone) {
    const State state = behind_cache(need, ends_of(need, at, zone), at);
    return is_buffered(need.strength) ? buffered(need, state) : state;
  }

  /// What a cache answers is answered also while what it stands before is down: nothing is where
  /// both are. What it has not is lost beside this (`lost_without`).
  [[nodiscard]] State behind_cache(const blueprint::Need& need, const State& state,
                                   const Lookup& at) const {
    if (!need.cached.exists) {
      return state;
    }
    return need.cached_in.exists() ? algebra_.all({state, state_of(need.cached_in, need.kind, at)})
                                   : algebra_.never();
  }

  [[nodiscard]] State ends_of(const blueprint::Need& need, const Lookup& at,
                              blueprint::FateGroupId zone) {
    if (need.any_of.size() == 1 && !need.via.exists()) {
      const blueprint::ComponentId only = need.any_of.front();
      return by_way_of(algebra_, need, only, asked_of(need, only, at, zone));
    }
    std::vector<State> targets;
    bool is_in_loop = need.via.exists() && is_in(at, need.via);
    for (const blueprint::ComponentId id : need.any_of) {
      targets.push_back(by_way_of(algebra_, need, id, asked_of(need, id, at, zone)));
      is_in_loop = is_in_loop || is_in(at, id);
    }
    const std::size_t too_many = targets.size() - need.at_least + 1;
    State state = algebra_.at_least(too_many, targets);
    if (need.via.exists()) {
      const std::vector<State> active(targets.begin(),
                                      targets.begin() + static_cast<std::ptrdiff_t>(need.at_least));
      state = switched_by(algebra_, need, algebra_.any(active),
                          state_of(need.via, blueprint::EdgeKind::supply, at), state, is_in_loop);
    }
    return state;
  }

  /// A target as far as a need asks anything of it. Who asks for fewer operations than it is asked
  /// for is never asked for more by what it needs, so no circle leads through such a need.
  [[nodiscard]] State asked_of(const blueprint::Need& need, blueprint::ComponentId id,
                               const Lookup& at, blueprint::FateGroupId zone) {
    if constexpr (requires { algebra_.narrower(operations_); }) {
      const blueprint::Operations asked = need.operations & operations_;
      if (asked != operations_) {
        if (const auto [running, settled] = algebra_.narrower(asked); running != nullptr) {
          return running->target_of(need, id, {settled, kNoLoop, nullptr, nullptr}, zone);
        }
      }
    }
    return target_of(need, id, at, zone);
  }

  [[nodiscard]] State buffered(const blueprint::Need& need, const State& state) {
    if (need.buffer.is_known() && need.buffer->value <= 0) {
      return state;
    }
    if (need.buffer.is_known()) {
      return algebra_.delayed(need, state);
    }
    return reading_.buffers == Bound::pessimistic ? state : algebra_.never();
  }

  [[nodiscard]] State replica(blueprint::ComponentId id, std::size_t r, const Lookup& at) {
    const blueprint::Component& c = bp_[id];
    const blueprint::Replica& replica = c.replicas[r];
    // An unknown number of replicas may be any number: at best no single one matters.
    const bool is_one_of_many =
        c.replica_count.is_unknown() && reading_.placement == Bound::optimistic;
    std::vector<State> causes;
    if (!is_one_of_many) {
      causes.push_back(algebra_.own(id, r));
    }
    if (!replica.local_needs.empty()) {
      const State here = met_in_place(replica, at, false);
      const bool moves = c.relocates && c.zones.size() > 1;
      causes.push_back(moves ? algebra_.moved(id, r, here) : here);
      if (moves) {
        causes.push_back(algebra_.all({here, met_elsewhere(c, r, at)}));
      }
    }
    return algebra_.any(causes);
  }

  /// What a replica needs for itself where it lies.
  [[nodiscard]] State met_in_place(const blueprint::Replica& replica, const Lookup& at,
                                   bool without_inferred) {
    std::vector<State> causes;
    for (const blueprint::NeedId need : replica.local_needs) {
      const bool is_left_out =
          without_inferred && bp_[need].confidence == blueprint::Confidence::inferred;
      if (reading_.takes_part(bp_[need], operations_) && !is_left_out) {
        causes.push_back(need_of(bp_[need], at, reading_.zone_of(replica.zone)));
      }
    }
    return algebra_.any(causes);
  }

  /// What a replica would need in the best other zone of its kind, as the replicas there show. Where
  /// none shows it, every place has the needs that are stated of all of them.
  [[nodiscard]] State met_elsewhere(const blueprint::Component& c, std::size_t r,
                                    const Lookup& at) {
    std::vector<blueprint::FateGroupId> seen = {reading_.zone_of(c.replicas[r].zone)};
    std::vector<State> places;
    for (std::size_t i = 0; i < c.replicas.size() && seen.size() < c.zones.size(); ++i) {
      const blueprint::FateGroupId zone = reading_.zone_of(c.replicas[i].zone);
      if (std::find(seen.begin(), seen.end(), zone) == seen.end()) {
        seen.push_back(zone);
        places.push_back(met_in_place(c.replicas[i], at, false));
      }
    }
    return places.empty() ? met_in_place(c.replicas[r], at, true) : algebra_.all(places);
  }

  [[nodiscard]] State group(blueprint::ComponentId id, const Lookup& at) {
    const blueprint::Component& c = bp_[id];
    std::vector<State> replicas;
    for (std::size_t r = 0; r < c.replicas.size(); ++r) {
      replicas.push_back(replica(id, r, at));
    }
    if (c.redundancy == blueprint::Redundancy::primary_standby && replicas.size() > 1) {
      return algebra_.switched(replicas.front(), promoter(algebra_, id), algebra_.all(replicas),
                               c.switching, false);
    }
    const std::size_t too_many =
        replicas.size() - reading_.replicas_needed(c) + 1 + spare_replicas(algebra_, id);
    return too_many > replicas.size() ? algebra_.never() : algebra_.at_least(too_many, replicas);
  }

  void add_needs(const blueprint::Component& c, const Lookup& at, std::vector<State>& causes) {
    for (const blueprint::NeedId id : c.needs) {
      if (reading_.takes_part(bp_[id], operations_)) {
        causes.push_back(need_of(bp_[id], at, blueprint::FateGroupId()));
      }
    }
  }

  [[nodiscard]] State component(blueprint::ComponentId id, const Lookup& at) {
    const blueprint::Component& c = bp_[id];
    if ((c.operations & operations_) == 0) {
      return algebra_.never();
    }
    if (c.runs_none()) {
      return none_running(algebra_);
    }
    std::vector<State> causes;
    if (algebra_.may_strike(id) || knots_.has_local_needs(id)) {
      causes = {group(id, at), algebra_.whole(id)};
    }
    for (const blueprint::NeedId need : c.needs) {
      if (!reading_.takes_part(bp_[need], operations_)) {
        continue;
      }
      // What ties a knot says of it only that it is down while it is, and what its way adds.
      causes.push_back(knots_.ties(need) ? by_way_of(algebra_, bp_[need], bp_[need].any_of.front(),
                                                     algebra_.never())
                                         : need_of(bp_[need], at, blueprint::FateGroupId()));
    }
    return algebra_.any(causes);
  }

  [[nodiscard]] State knot(const std::vector<blueprint::ComponentId>& members, const Lookup& at) {
    std::vector<State> causes;
    for (const blueprint::ComponentId member : members) {
      causes.push_back(component(member, at));
    }
    return algebra_.any(causes);
  }

  const blueprint::Blueprint& bp_;
  const Dependence& dependence_;
  const Knots& knots_;
  blueprint::Operations operations_;
  Reading reading_;
  Algebra& algebra_;
  NearParts near_;
};

}  // namespace outlast::failure
