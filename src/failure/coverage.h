#pragma once

#include "catalog/tables.h"

namespace outlast::failure {

/// How surely redundancy stands in for one failed replica.
///
/// With probability `covered` it does. Else the fault holds the whole group down until people have
/// found and freed it, though enough replicas are good.
struct Coverage {
  double covered = 1;   ///< c
  double repair_s = 0;  ///< mean time until the replica is good after a fault that was covered
  double freed_s = 0;   ///< M: mean time until the group is freed after one that was not
  double good_s = 0;    ///< L ≥ M: mean time until the replica is good after one that was not
  /// The figure that `covered` is taken from; null where the blueprint states it.
  const catalog::Figure* fact = nullptr;

  /// Mean time the replica is out after any fault.
  [[nodiscard]] constexpr double out_s() const {
    return covered * repair_s + (1 - covered) * good_s;
  }
};

/// One replica as two independent causes: N, it holds its group down; C, it is down and does not.
/// It is down where either is.
struct CoveredReplica {
  double per_second;  ///< w = 1/(MTTF + c MTTR + (1 − c) L)
  double holds;       ///< P(N) = w (1 − c) M
  double is_down;     ///< P(C) = w (c MTTR + (1 − c)(L − M)) / (1 − P(N))
};

/// in      mttf_s > 0; coverage with good_s ≥ freed_s
/// source  Amari, Dugan & Misra 1999; checked against a Markov chain in tests/known
[[nodiscard]] constexpr CoveredReplica covered_replica(double mttf_s, const Coverage& coverage) {
  const double missed = 1 - coverage.covered;
  const double per_second = 1 / (mttf_s + coverage.out_s());
  const double holds = per_second * missed * coverage.freed_s;
  const double rest_s =
      coverage.covered * coverage.repair_s + missed * (coverage.good_s - coverage.freed_s);
  return {per_second, holds, per_second * rest_s / (1 - holds)};
}

}  // namespace outlast::failure
