#pragma once

#include "blueprint/blueprint.h"

/// What an algebra of `Running` may leave out, and what holds then.
namespace outlast::failure {

/// A target as it is reached: some algebras know names and connections that fail.
template <class Algebra>
[[nodiscard]] typename Algebra::State by_way_of(Algebra& algebra, const blueprint::Need& need,
                                                blueprint::ComponentId target,
                                                typename Algebra::State state) {
  if constexpr (requires { algebra.by_way_of(need, target, state); }) {
    return algebra.by_way_of(need, target, state);
  } else {
    return state;
  }
}

/// What a need has switched away from: some algebras know that users follow as their addresses run out.
template <class Algebra>
[[nodiscard]] typename Algebra::State switched_by(Algebra& algebra, const blueprint::Need& need,
                                                  const typename Algebra::State& active,
                                                  const typename Algebra::State& via,
                                                  const typename Algebra::State& rest,
                                                  bool is_in_loop) {
  if constexpr (requires { algebra.switched_by(need, active, via, rest, is_in_loop); }) {
    return algebra.switched_by(need, active, via, rest, is_in_loop);
  } else {
    return algebra.switched(active, via, rest, need.switching, is_in_loop);
  }
}

/// What must be up for a standby to be promoted: some algebras know that it can be down.
template <class Algebra>
[[nodiscard]] typename Algebra::State promoter(Algebra& algebra, blueprint::ComponentId id) {
  if constexpr (requires { algebra.promoter(id); }) {
    return algebra.promoter(id);
  } else {
    return algebra.never();
  }
}

/// Replicas beside those of the input, which nothing takes down: what would help is tried with them.
template <class Algebra>
[[nodiscard]] std::size_t spare_replicas(const Algebra& algebra, blueprint::ComponentId id) {
  if constexpr (requires { algebra.spare_replicas(id); }) {
    return algebra.spare_replicas(id);
  } else {
    return 0;
  }
}

/// Of what runs no replica; who looks for what never runs by its loops passes it over.
template <class Algebra>
[[nodiscard]] typename Algebra::State none_running(Algebra& algebra) {
  if constexpr (requires { algebra.none_running(); }) {
    return algebra.none_running();
  } else {
    return algebra.always();
  }
}

}  // namespace outlast::failure
