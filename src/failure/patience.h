#pragma once

#include <compare>
#include <vector>

#include "base/distribution.h"
#include "blueprint/blueprint.h"

namespace outlast::failure {

/// How long something goes on without what it needs, counted from the start of the loss: what
/// buffers hold, and what is left of leases.
///
/// A lease of life G, renewed every R and retried every r, has between G − R and G left when the
/// loss begins, and is missed for up to r longer than the loss itself. Both are uniform, so that
/// E[(D + r V − B)⁺] is a mean over B ~ U(G − R, G) and V ~ U(0, 1): `most_s` = G, and the
/// `spreads_s` = {R, r} are taken off it by chance.
struct Patience {
  double most_s = 0;
  std::vector<double> spreads_s;  ///< widths of independent uniform times, ascending

  [[nodiscard]] bool is_none() const { return most_s <= 0 && spreads_s.empty(); }
  /// This one and another need's, met one after the other on the way.
  [[nodiscard]] Patience and_of(const blueprint::Need& need) const;

  /// Mean time that an outage of `fixed_s` + `random` is felt.
  /// out     E[(fixed + random + Σ U(0, spread) − most)⁺]
  /// cost    one evaluation of the distribution; a lease 8 or 64
  /// source  Zheng, Cui & Hawkes 2006; Gauss–Legendre quadrature over the spreads
  [[nodiscard]] double mean_felt_s(double fixed_s, const base::Duration& random) const;
  /// Probability that it is felt at all.
  [[nodiscard]] double share_felt(double fixed_s, const base::Duration& random) const;

  friend auto operator<=>(const Patience&, const Patience&) = default;
};

/// A lease has a life and is renewed; any other buffer only runs empty.
[[nodiscard]] bool is_lease(const blueprint::Need& need);

}  // namespace outlast::failure
