#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "failure/events.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// Squared coefficient of variation of a figure's rate, by its trust; of a rate that the blueprint
/// states (null) as of an estimate.
[[nodiscard]] double squared_variation(const catalog::Figure* fact);

/// How far the catalog's figures may be off: one factor per fact and draw, shared by all events
/// that cite the fact. So E[q²] of two that cite one fact is not E[q]².
///
/// A fact's rate, or the share of faults that redundancy does not cover, is lognormal about its
/// figure, which is its mean; the 95th percentile lies 2, 3 or 5 times above the median by trust.
/// What the blueprint states is taken as it is. A rate that the owners' own record moved is drawn
/// with the spread that the record leaves.
/// source  Apostolakis & Kaplan 1981; the factors are ours (docs/model.md)
class FactDraws {
 public:
  static constexpr std::size_t kDraws = 200;

  FactDraws(const Cases& cases, std::uint64_t seed);

  /// Factor of the event's rate; 1 where nothing is drawn.
  [[nodiscard]] double factor(failure::EventId event, std::size_t draw) const {
    return at(rate_[event], draw);
  }
  /// Factor of the share of its faults that redundancy does not stand in for.
  [[nodiscard]] double missed_factor(failure::EventId event, std::size_t draw) const {
    return at(missed_[event], draw);
  }
  [[nodiscard]] bool is_drawn(failure::EventId event) const {
    return rate_[event] != 0 || missed_[event] != 0;
  }
  /// Do two of these events cite one fact? Then a mean at mean rates is not the mean.
  [[nodiscard]] bool share_a_fact(const std::vector<failure::EventId>& events) const;

 private:
  using Index = std::size_t;  ///< 1 + index of factors_; 0: none

  [[nodiscard]] double at(Index fact, std::size_t draw) const {
    return fact == 0 ? 1 : factors_[fact - 1][draw];
  }
  [[nodiscard]] Index index_of(const catalog::Figure* fact, std::uint64_t seed);
  [[nodiscard]] Index index_of_rate(const failure::Event& event, std::uint64_t seed);

  base::IdVector<failure::EventId, Index> rate_;
  base::IdVector<failure::EventId, Index> missed_;
  /// By fact, and the owners' record that moved it or 0; looked up, never walked through.
  std::map<std::pair<const catalog::Figure*, std::size_t>, Index> known_;
  std::vector<std::vector<double>> factors_;
};

/// The 5th or 95th percentile of the factor by which a figure of this trust may be off.
[[nodiscard]] double factor_end(catalog::Trust trust, bool is_high);

/// The value below which a share p of the values lies; sorts them. assumes there are some
[[nodiscard]] double quantile(std::vector<double> values, double p);

}  // namespace outlast::pipeline
