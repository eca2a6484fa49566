#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "failure/events.h"

namespace outlast::pipeline {

/// Squared coefficient of variation of a figure's rate, by its trust; of a rate that the blueprint
/// states (null) as of an estimate.
[[nodiscard]] double squared_variation(const catalog::Figure* fact);

/// How far the catalog's figures may be off: one factor per fact and draw, shared by all events
/// that cite the fact. So E[q²] of two that cite one fact is not E[q]².
///
/// A fact's rate is lognormal about its figure, which is its mean; the 95th percentile lies 2, 3 or
/// 5 times above the median by trust. What the blueprint states is taken as it is. A rate that the
/// owners' own record moved is drawn with the spread that the record leaves.
/// source  Apostolakis & Kaplan 1981; the factors are ours (docs/model.md)
class FactDraws {
 public:
  static constexpr std::size_t kDraws = 200;

  FactDraws(const base::IdVector<failure::EventId, failure::Event>& events, std::uint64_t seed);

  /// Factor of the event's rate; 1 where nothing is drawn.
  [[nodiscard]] double factor(failure::EventId event, std::size_t draw) const {
    const std::size_t at = at_[event];
    return at == 0 ? 1 : factors_[at - 1][draw];
  }
  [[nodiscard]] bool is_drawn(failure::EventId event) const { return at_[event] != 0; }
  /// Do two of these events cite one fact? Then a mean at mean rates is not the mean.
  [[nodiscard]] bool share_a_fact(const std::vector<failure::EventId>& events) const;

 private:
  base::IdVector<failure::EventId, std::size_t> at_;  ///< 1 + index of factors_; 0: none
  std::vector<std::vector<double>> factors_;
};

/// The value below which a share p of the values lies; sorts them. assumes there are some
[[nodiscard]] double quantile(std::vector<double> values, double p);

}  // namespace outlast::pipeline
