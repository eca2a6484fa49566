#include "pipeline/fact_draws.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/hash.h"
#include "base/pinned_math.h"
#include "base/random.h"
#include "catalog/catalog.h"

namespace outlast::pipeline {

using failure::EventId;

namespace {

constexpr double kNormal95 = 1.6448536269514722;

/// 95th percentile over median.
double error_factor(catalog::Trust trust) {
  switch (trust) {
    case catalog::Trust::verified:
      return 2;
    case catalog::Trust::memory:
      return 3;
    case catalog::Trust::estimate:
      break;
  }
  return 5;
}

/// Stratified draws of a lognormal factor of mean 1, in an order of the fact's own.
std::vector<double> draw(const std::string& name, double sigma, std::uint64_t seed) {
  const auto order =
      base::RandomStream(seed, base::stable_hash("fact|" + name)).permutation(FactDraws::kDraws);
  std::vector<double> factors(FactDraws::kDraws);
  for (std::size_t d = 0; d < factors.size(); ++d) {
    const double p = (order[d] + 0.5) / static_cast<double>(FactDraws::kDraws);
    factors[d] = base::pinned_exp(sigma * base::normal_quantile(p));
  }
  const double mean =
      std::accumulate(factors.begin(), factors.end(), 0.0) / static_cast<double>(factors.size());
  for (double& factor : factors) {
    factor /= mean;
  }
  return factors;
}

double sigma_of(const catalog::Figure* fact) {
  const auto trust = fact == nullptr ? catalog::Trust::estimate : fact->citation.trust;
  return base::pinned_log(error_factor(trust)) / kNormal95;
}

std::string name_of(const catalog::Figure* fact) {
  return fact == nullptr ? "" : std::string(fact->name) + "|" + std::string(fact->citation.source);
}

/// The draws of a rate that the owners' own record moved.
std::vector<double> draws_of_record(const failure::Event& event, std::uint64_t seed) {
  // A lognormal with the variation 1/shape of the gamma distribution that the record leaves.
  const double sigma = std::sqrt(base::pinned_log(1 + 1 / event.shape));
  return draw(name_of(event.fact) + "|" + std::to_string(event.record), sigma, seed);
}

}  // namespace

double squared_variation(const catalog::Figure* fact) {
  const double sigma = sigma_of(fact);
  return base::pinned_exp(sigma * sigma) - 1;
}

FactDraws::FactDraws(const Cases& cases, std::uint64_t seed) {
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    const failure::Event& event = cases.events[id];
    const auto& coverage = cases.impacts[id].coverage;
    const bool has_rate = event.per_year > 0;
    rate_.push_back(has_rate ? index_of_rate(event, seed) : 0);
    missed_.push_back(has_rate && coverage ? index_of(coverage->fact, seed) : 0);
  }
}

FactDraws::Index FactDraws::index_of(const catalog::Figure* fact, std::uint64_t seed) {
  if (fact == nullptr) {
    return 0;
  }
  const auto [at, is_new] = known_.try_emplace({fact, 0}, factors_.size() + 1);
  if (is_new) {
    factors_.push_back(draw(name_of(fact), sigma_of(fact), seed));
  }
  return at->second;
}

FactDraws::Index FactDraws::index_of_rate(const failure::Event& event, std::uint64_t seed) {
  if (event.record == 0) {
    return index_of(event.fact, seed);
  }
  const auto [at, is_new] = known_.try_emplace({event.fact, event.record}, factors_.size() + 1);
  if (is_new) {
    factors_.push_back(draws_of_record(event, seed));
  }
  return at->second;
}

bool FactDraws::share_a_fact(const std::vector<EventId>& events) const {
  std::set<Index> seen;
  const auto is_known = [&](Index fact) { return fact != 0 && !seen.insert(fact).second; };
  return std::any_of(events.begin(), events.end(), [&](EventId event) {
    const bool rate = is_known(rate_[event]);
    const bool missed = is_known(missed_[event]);
    return rate || missed;
  });
}

double factor_end(catalog::Trust trust, bool is_high) {
  const double sigma = base::pinned_log(error_factor(trust)) / kNormal95;
  const double from_median = is_high ? error_factor(trust) : 1 / error_factor(trust);
  return from_median * base::pinned_exp(-sigma * sigma / 2);
}

double quantile(std::vector<double> values, double p) {
  const auto last = static_cast<double>(values.size() - 1);
  const auto at = static_cast<std::ptrdiff_t>(std::lround(p * last));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

}  // namespace outlast::pipeline
