#pragma once

#include <cstddef>
#include <vector>

#include "engines/simulation/model.h"

/// Queues at rest: closed forms, and the map from load to number present that the flow engine
/// inverts at every step.
namespace outlast::engines::simulation {

/// Share of arrivals that find all c servers busy where nobody waits: Erlang's loss formula.
/// in  load  offered work in servers (arrival rate × mean service time)
/// cost O(c)
[[nodiscard]] double erlang_b(std::size_t servers, double load);

/// Share of arrivals that must wait where all who come wait: Erlang's delay formula.
/// assumes  load < servers
[[nodiscard]] double erlang_c(std::size_t servers, double load);

struct AtRest {
  double load = 0;     ///< offered work, in servers
  double present = 0;  ///< mean number waiting and served
  double refused = 0;  ///< share of arrivals that found no place
  double waits = 0;    ///< share of the others that found all servers busy
};

/// A station at rest: servers, places to wait, and how variable arrivals and service are.
struct StationShape {
  std::size_t servers = 1;
  std::size_t places = 0;  ///< to wait; `kUnbounded`: as many as come
  double variability = 1;  ///< (cv² of arrivals + cv² of service) / 2
  friend bool operator==(const StationShape&, const StationShape&) = default;
};

/// M/M/c/K exactly; the number waiting multiplied by the variability (Allen & Cunneen, in: Allen
/// 1990; exact for M/G/1). Past 4,096 servers Sakasegawa's formula (1977) without a table.
/// assumes  load < servers where places are unbounded
[[nodiscard]] AtRest at_rest(const StationShape& shape, double load);

/// Inverse of `at_rest`, tabulated: straight between 768 loads, dense where the servers are nearly
/// all busy.
class RestMap {
 public:
  explicit RestMap(const StationShape& shape);

  /// `at_rest` by the table; its last where the load is more than any.
  /// cost constant
  [[nodiscard]] AtRest of_load(double load) const;

  /// Implicit Euler step of L' = λ (1 − refused(L)) − μ load(L) (1 − refused(L)).
  ///
  /// in   present   now
  ///      arrivals  coming within the step
  ///      work      μ dt: what one busy server finishes within the step
  ///      near      where in the table the last step ended; becomes where this one does
  /// out  the state at its end; `present` beyond the table where arrivals outrun the servers
  /// cost O(log n) of the places between `near` and the answer; stable for every length of step,
  ///      exact at rest
  [[nodiscard]] AtRest advance(double present, double arrivals, double work,
                               std::size_t& near) const;

  [[nodiscard]] const StationShape& shape() const { return shape_; }

 private:
  StationShape shape_;
  std::vector<AtRest> points_;
};

/// How long those wait who are let in: some not at all, the others exponentially long, up to what
/// a full line takes.
struct RestWait {
  double share = 0;    ///< that waits
  double endless = 0;  ///< mean of those, had the line no end
  double most = kForever;
  double over = 0;  ///< P(exponential wait > most)

  RestWait() = default;
  RestWait(double its_share, double its_endless, double its_most = kForever);
  /// Mean and variance of all, with those who do not wait.
  [[nodiscard]] double mean() const;
  [[nodiscard]] double variance() const;
  friend bool operator==(const RestWait&, const RestWait&) = default;

 private:
  [[nodiscard]] double mean_of_waiting() const;
};

/// The wait at a station at rest.
/// in  use     of its servers, below 1
///     held_s  server time of one request
[[nodiscard]] RestWait wait_at_rest(const RestMap& map, double use, double held_s);

/// P(sojourn > t) at rest: a wait, and service, exponential or fixed.
///
/// in  service    mean, in the unit of t; `is_fixed`: all alike
///     scatter    mean of something exponential that follows
[[nodiscard]] double sojourn_beyond(double t, const RestWait& wait, double service, bool is_fixed,
                                    double scatter = 0);

}  // namespace outlast::engines::simulation
