#include "failure/patience.h"

#include <algorithm>
#include <cstddef>

#include "base/quadrature.h"

namespace outlast::failure {
namespace {

/// Leases behind leases: of more spreads than this the widest are kept, the others taken whole,
/// which never makes anything look better.
constexpr std::size_t kMostSpreads = 2;

/// Mean of `value(buffer)` over what the spreads take off a buffer of `most_s`.
template <class Value>
double averaged(double most_s, const std::vector<double>& spreads_s, Value value) {
  if (spreads_s.empty()) {
    return value(most_s);
  }
  const double widest = spreads_s.back();
  const std::vector<double> others(spreads_s.begin(), spreads_s.end() - 1);
  double sum = 0;
  for (const base::QuadraturePoint& node : base::kGaussLegendre) {
    sum += node.weight * averaged(most_s - node.at * widest, others, value);
  }
  return sum;
}

}  // namespace

bool is_lease(const blueprint::Need& need) {
  return need.strength == blueprint::Strength::refresh && need.every.is_known() &&
         need.every->value > 0;
}

Patience Patience::and_of(const blueprint::Need& need) const {
  Patience both = *this;
  both.most_s += need.buffer.value_or({}).value;
  if (is_lease(need)) {
    both.spreads_s.push_back(need.every->value);
    if (const double retry = need.retry.value_or({}).value; retry > 0) {
      both.spreads_s.push_back(retry);
    }
  }
  std::sort(both.spreads_s.begin(), both.spreads_s.end());
  while (both.spreads_s.size() > kMostSpreads) {
    both.most_s -= both.spreads_s.front();
    both.spreads_s.erase(both.spreads_s.begin());
  }
  return both;
}

double Patience::mean_felt_s(double fixed_s, const base::Duration& random) const {
  return averaged(most_s, spreads_s, [&](double buffer_s) {
    const double left_s = buffer_s - fixed_s;
    return left_s > 0 ? random.mean_beyond_s(left_s) : random.mean_s() - left_s;
  });
}

double Patience::share_felt(double fixed_s, const base::Duration& random) const {
  return averaged(most_s, spreads_s, [&](double buffer_s) {
    return buffer_s > fixed_s ? random.share_beyond(buffer_s - fixed_s) : 1.0;
  });
}

}  // namespace outlast::failure
