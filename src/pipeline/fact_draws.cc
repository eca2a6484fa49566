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

/// The draws of an event's rate: by its own record where there is one, else by its fact.
std::vector<double> draws_of(const failure::Event& event, std::uint64_t seed) {
  if (event.record == 0) {
    return draw(name_of(event.fact), sigma_of(event.fact), seed);
  }
  // A lognormal with the variation 1/shape of the gamma distribution that the record leaves.
  const double sigma = std::sqrt(base::pinned_log(1 + 1 / event.shape));
  return draw(name_of(event.fact) + "|" + std::to_string(event.record), sigma, seed);
}

}  // namespace

double squared_variation(const catalog::Figure* fact) {
  const double sigma = sigma_of(fact);
  return base::pinned_exp(sigma * sigma) - 1;
}

FactDraws::FactDraws(const base::IdVector<EventId, failure::Event>& events, std::uint64_t seed) {
  std::map<std::pair<const catalog::Figure*, std::size_t>, std::size_t> known;
  for (const failure::Event& event : events) {
    if ((event.fact == nullptr && event.record == 0) || event.per_year <= 0) {
      at_.push_back(0);
      continue;
    }
    const auto [at, is_new] = known.try_emplace({event.fact, event.record}, factors_.size() + 1);
    if (is_new) {
      factors_.push_back(draws_of(event, seed));
    }
    at_.push_back(at->second);
  }
}

bool FactDraws::share_a_fact(const std::vector<EventId>& events) const {
  std::set<std::size_t> seen;
  return std::any_of(events.begin(), events.end(), [&](EventId event) {
    return is_drawn(event) && !seen.insert(at_[event]).second;
  });
}

double quantile(std::vector<double> values, double p) {
  const auto last = static_cast<double>(values.size() - 1);
  const auto at = static_cast<std::ptrdiff_t>(std::lround(p * last));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

}  // namespace outlast::pipeline
