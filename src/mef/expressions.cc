// Expressions: probabilities as functions of rates, times and uncertain numbers.
//
// Method: all expressions lie in one vector, arguments first; their values are one pass. In a trial
//   only what depends on a deviate is computed again.
// Periodic test with repair: let u be the probability of being down right before a test. Found down,
//   the item is repaired with rate μ and can fail again with λ; found up, it only fails:
//     u(s) = u (1 − μ (e^(−λs) − e^(−μs)) / (μ − λ)) + (1 − u) (1 − e^(−λs))   s after the test,
//   and for μ = λ the fraction is s e^(−λs). From test to test this is u → a u + b, which is
//   applied n times by squaring, so that a million tests cost twenty steps.
// Source: Open-PSA MEF 2.0d, section on built-in time-dependent expressions.

#include "mef/expressions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/assert.h"
#include "base/pinned_math.h"
#include "mef/deviates.h"

namespace outlast::mef {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr double kMostTests = 1e15;

/// 1 − e^(−x), with its digits where x is small.
double happened_by(double x) {
  constexpr double kSmall = 1e-5;  // the series' next term is below 1e-16 of the result
  return x < kSmall ? x - x * x / 2 + x * x * x / 6 : 1 - base::pinned_exp(-x);
}

double natural_log(double x) {
  return x >= std::numeric_limits<double>::min() ? base::pinned_log(x) : kUndefined;
}

/// a^b: whole exponents by squaring, so that they are exact where they can be.
double power(double a, double b) {
  constexpr double kMostSquared = 1024;
  if (std::trunc(b) == b && std::fabs(b) <= kMostSquared) {
    double result = 1;
    double square = a;
    for (auto left = static_cast<unsigned>(std::fabs(b)); left > 0; left /= 2, square *= square) {
      result *= left % 2 == 1 ? square : 1;
    }
    return b < 0 ? 1 / result : result;
  }
  return a == 0 && b > 0 ? 0 : base::pinned_exp(b * natural_log(a));
}

double glm(double gamma, double lambda, double mu, double time) {
  const double rate = lambda + mu;
  if (!(gamma >= 0 && gamma <= 1 && lambda >= 0 && mu >= 0 && time >= 0)) {
    return kUndefined;
  }
  return rate == 0
             ? gamma
             : gamma * base::pinned_exp(-rate * time) + lambda / rate * happened_by(rate * time);
}

double weibull(double scale, double shape, double start, double time) {
  if (!(scale > 0 && shape > 0 && start >= 0 && time >= 0)) {
    return kUndefined;
  }
  return time <= start ? 0 : happened_by(power((time - start) / scale, shape));
}

/// u → slope · u + offset
struct Affine {
  double slope = 1;
  double offset = 0;
  [[nodiscard]] double operator()(double u) const { return slope * u + offset; }
};

Affine repeated(Affine step, double times) {
  Affine all;
  while (times >= 1) {
    if (std::fmod(times, 2) == 1) {
      all = {step.slope * all.slope, step.slope * all.offset + step.offset};
    }
    step = {step.slope * step.slope, step.slope * step.offset + step.offset};
    times = std::floor(times / 2);
  }
  return all;
}

/// What lies `s` after a test makes of the probability of being down at it.
Affine after_test(double lambda, double mu, double s) {
  const double fails = happened_by(lambda * s);
  const double up = 1 - fails;
  const double still_or_again = mu == lambda
                                    ? 1 - lambda * s * up
                                    : 1 - mu * (up - base::pinned_exp(-mu * s)) / (mu - lambda);
  return {still_or_again - fails, fails};
}

double periodic_repair(std::span<const double> a) {
  const double lambda = a[0], mu = a[1], tau = a[2], theta = a[3], time = a[4];
  if (!(lambda >= 0 && mu >= 0 && tau > 0 && theta >= 0 && time >= 0)) {
    return kUndefined;
  }
  if (time <= theta) {
    return happened_by(lambda * time);
  }
  const double tests = std::floor((time - theta) / tau);
  if (tests > kMostTests) {
    return kUndefined;
  }
  const double at_last = repeated(after_test(lambda, mu, tau), tests)(happened_by(lambda * theta));
  return after_test(lambda, mu, time - theta - tests * tau)(at_last);
}

double periodic_test(double lambda, double tau, double theta, double time) {
  if (!(lambda >= 0 && tau > 0 && theta >= 0 && time >= 0)) {
    return kUndefined;
  }
  if (time <= theta) {
    return happened_by(lambda * time);
  }
  const double since = std::fmod(time - theta, tau);
  return happened_by(lambda * (since > 0 ? since : tau));
}

double of_time(Operation operation, std::span<const double> a) {
  switch (operation) {
    case Operation::exponential:
      return a[0] >= 0 && a[1] >= 0 ? happened_by(a[0] * a[1]) : kUndefined;
    case Operation::glm:
      return glm(a[0], a[1], a[2], a[3]);
    case Operation::weibull:
      return weibull(a[0], a[1], a[2], a[3]);
    case Operation::periodic_test:
      return periodic_test(a[0], a[1], a[2], a[3]);
    default:
      return periodic_repair(a);
  }
}

double sum_of(std::span<const double> a) {
  return std::accumulate(a.begin(), a.end(), 0.0);
}

double arithmetic(Operation operation, std::span<const double> a) {
  switch (operation) {
    case Operation::negative:
      return -a[0];
    case Operation::add:
      return sum_of(a);
    case Operation::subtract:
      return a[0] - sum_of(a.subspan(1));
    case Operation::multiply:
      return std::accumulate(a.begin(), a.end(), 1.0, std::multiplies<>());
    case Operation::divide:
      return std::accumulate(a.begin() + 1, a.end(), a[0], std::divides<>());
    case Operation::absolute:
      return std::fabs(a[0]);
    case Operation::exp:
      return base::pinned_exp(a[0]);
    case Operation::log:
      return natural_log(a[0]);
    case Operation::log10:
      return natural_log(a[0]) / base::pinned_log(10);
    case Operation::sqrt:
      return std::sqrt(a[0]);
    case Operation::power:
      return power(a[0], a[1]);
    case Operation::minimum:
      return *std::min_element(a.begin(), a.end());
    case Operation::maximum:
      return *std::max_element(a.begin(), a.end());
    case Operation::mean:
      return sum_of(a) / static_cast<double>(a.size());
    default:
      return of_time(operation, a);
  }
}

}  // namespace

bool is_deviate(Operation operation) {
  return operation >= Operation::uniform_deviate;
}

ExpressionId Expressions::constant(double value) {
  nodes_.push_back({Operation::constant, 0, 0, value});
  return ExpressionId(nodes_.size() - 1);
}

ExpressionId Expressions::add(Operation operation, std::span<const ExpressionId> arguments) {
  Node node{operation,
            static_cast<std::uint32_t>(arguments_.size()),
            static_cast<std::uint32_t>(arguments.size()),
            0,
            is_deviate(operation),
            streams_};
  streams_ += is_deviate(operation) ? 1 : 0;
  for (const ExpressionId argument : arguments) {
    OUTLAST_ASSERT(argument.index < nodes_.size(), "an expression is made after its arguments");
    node.is_drawn = node.is_drawn || nodes_[argument.index].is_drawn;
    arguments_.push_back(argument);
  }
  has_deviates_ = has_deviates_ || node.is_drawn;
  nodes_.push_back(node);
  return ExpressionId(nodes_.size() - 1);
}

void Expressions::draw_only_for(std::span<const ExpressionId> wanted) {
  std::vector<bool> is_needed(nodes_.size());
  for (const ExpressionId id : wanted) {
    is_needed[id.index] = true;
  }
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    for (const ExpressionId argument : arguments(ExpressionId(i))) {
      is_needed[argument.index] = is_needed[argument.index] || is_needed[i];
    }
  }
  has_deviates_ = false;
  streams_ = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    Node& node = nodes_[i];
    node.is_drawn = node.is_drawn && is_needed[i];
    has_deviates_ = has_deviates_ || node.is_drawn;
    if (node.is_drawn && is_deviate(node.operation)) {
      node.stream = streams_++;
    }
  }
}

template <class OfDeviate>
void Expressions::evaluate(double mission_time, bool all, OfDeviate of_deviate,
                           std::vector<double>& values) const {
  std::vector<double> a;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    if (!all && !node.is_drawn) {
      continue;
    }
    a.clear();
    for (const ExpressionId id : std::span(arguments_).subspan(node.first, node.count)) {
      a.push_back(values[id.index]);
    }
    if (node.operation == Operation::constant) {
      values[i] = node.number;
    } else if (node.operation == Operation::mission_time) {
      values[i] = mission_time;
    } else {
      values[i] = is_deviate(node.operation) ? of_deviate(node.operation, a, node.stream)
                                             : arithmetic(node.operation, a);
    }
  }
}

std::vector<double> Expressions::at_means(double mission_time) const {
  std::vector<double> values(nodes_.size());
  evaluate(
      mission_time, true,
      [](Operation deviate, std::span<const double> a, std::size_t) { return mean_of(deviate, a); },
      values);
  return values;
}

void Expressions::draw(double mission_time, std::uint64_t seed, std::uint64_t trial,
                       std::vector<double>& values) const {
  evaluate(
      mission_time, false,
      [&](Operation deviate, std::span<const double> a, std::size_t stream) {
        return draw_of(deviate, a, seed, stream, trial);
      },
      values);
}

}  // namespace outlast::mef
