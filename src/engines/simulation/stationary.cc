#include "engines/simulation/stationary.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/pinned_math.h"

namespace outlast::engines::simulation {
namespace {

constexpr std::size_t kMostExact = 4096;
/// Points of a table below full use, and above it.
constexpr std::size_t kBelow = 512;
constexpr std::size_t kAbove = 256;

double power(double x, double exponent) {
  return x <= 0 ? 0 : base::pinned_exp(exponent * base::pinned_log(x));
}

/// Σ ρᵏ and Σ k ρᵏ over k = 1 … n, and ρⁿ, all divided by the greater of 1 and ρⁿ.
struct GeometricSums {
  double plain = 0;
  double weighted = 0;
  double last = 1;
  double one = 1;  ///< what 1 became
};

GeometricSums geometric_sums(double rho, double n) {
  constexpr double kNearOne = 1e-5;
  if (std::fabs(1 - rho) * std::max(1.0, n) < kNearOne) {
    return {n, n * (n + 1) / 2, 1, 1};
  }
  if (rho < 1) {
    const double last = power(rho, n);
    const double rest = 1 - rho;
    return {rho * (1 - last) / rest, rho * (1 - (n + 1) * last + n * last * rho) / (rest * rest),
            last, 1};
  }
  // From the other end, with q = 1/ρ: Σ qʲ and Σ j qʲ over j = 0 … n − 1.
  const double q = 1 / rho;
  const double far = power(q, n);
  const double rest = 1 - q;
  const double plain = (1 - far) / rest;
  const double from_end = q * (1 - n * far / q + (n - 1) * far) / (rest * rest);
  return {plain, n * plain - from_end, 1, far};
}

}  // namespace

double erlang_b(std::size_t servers, double load) {
  double b = 1;
  for (std::size_t n = 1; n <= servers; ++n) {
    b = load * b / (static_cast<double>(n) + load * b);
  }
  return b;
}

double erlang_c(std::size_t servers, double load) {
  const double b = erlang_b(servers, load);
  const double rho = load / static_cast<double>(servers);
  return b / (1 - rho * (1 - b));
}

AtRest at_rest(const StationShape& shape, double load) {
  const auto c = static_cast<double>(shape.servers);
  const double rho = load / c;
  if (shape.servers > kMostExact) {
    const double waiting = rho < 1 ? power(rho, std::sqrt(2 * (c + 1))) / (1 - rho) : kForever;
    const double most = shape.places == kUnbounded ? kForever : static_cast<double>(shape.places);
    return {load, std::min(load, c) + std::min(most, waiting * shape.variability),
            rho > 1 ? 1 - 1 / rho : 0, rho < 1 ? power(rho, std::sqrt(2 * (c + 1)) - 1) : 1};
  }
  const double b = erlang_b(shape.servers, load);
  if (shape.places == kUnbounded) {
    const double delayed = b / (1 - rho * (1 - b));
    return {load, load + shape.variability * delayed * rho / (1 - rho), 0, delayed};
  }
  const auto sums = geometric_sums(rho, static_cast<double>(shape.places));
  const double total = sums.one + b * sums.plain;
  const double refused = b * sums.last / total;
  const double waiting =
      std::min(static_cast<double>(shape.places), shape.variability * b * sums.weighted / total);
  const double delayed = rho > 0 ? b * sums.plain / rho / (total - b * sums.last) : 0;
  return {load, load * (1 - refused) + waiting, refused, std::min(1.0, delayed)};
}

RestMap::RestMap(const StationShape& shape) : shape_(shape) {
  const auto c = static_cast<double>(shape.servers);
  points_.reserve(kBelow + kAbove);
  points_.push_back({});
  for (std::size_t i = 1; i < kBelow; ++i) {
    // 1 − ρ = (1 − u)⁴: the distance to full use shrinks as the number waiting grows.
    const double u = 1 - static_cast<double>(i) / kBelow;
    points_.push_back(at_rest(shape, c * (1 - u * u * u * u)));
  }
  if (shape.places != kUnbounded) {
    for (std::size_t i = 0; i < kAbove; ++i) {
      const double v = static_cast<double>(i) / kAbove;
      points_.push_back(at_rest(shape, c / (1 - v * 0.99)));
    }
  }
  // Interpolation needs both to rise; rounding of the sums can make them fall by a last bit.
  for (std::size_t i = 1; i < points_.size(); ++i) {
    points_[i].present = std::max(points_[i].present, points_[i - 1].present);
    points_[i].refused = std::max(points_[i].refused, points_[i - 1].refused);
  }
}

namespace {

AtRest between(const AtRest& a, const AtRest& b, double share) {
  return {a.load + share * (b.load - a.load), a.present + share * (b.present - a.present),
          a.refused + share * (b.refused - a.refused), a.waits + share * (b.waits - a.waits)};
}

/// The first point at which `excess`, which rises along the points, is not negative; looked for
/// from `near` on, twice as far at every look.
template <class Excess>
std::size_t first_not_below(const std::vector<AtRest>& points, Excess excess, std::size_t near) {
  std::size_t low = 0;               // before it all are below
  std::size_t high = points.size();  // it, and what follows, is not
  near = std::min(near, high - 1);
  if (excess(points[near]) < 0) {
    low = near + 1;
    for (std::size_t stride = 1; low + stride <= points.size(); stride *= 2) {
      if (excess(points[low + stride - 1]) >= 0) {
        high = low + stride - 1;
        break;
      }
      low += stride;
    }
  } else {
    high = near;
    for (std::size_t stride = 1; stride <= high; stride *= 2) {
      if (excess(points[high - stride]) < 0) {
        low = high - stride + 1;
        break;
      }
      high -= stride;
    }
  }
  const auto begin = points.begin();
  const auto found = std::partition_point(begin + static_cast<std::ptrdiff_t>(low),
                                          begin + static_cast<std::ptrdiff_t>(high),
                                          [&](const AtRest& p) { return excess(p) < 0; });
  return static_cast<std::size_t>(found - begin);
}

/// The state where `excess` is zero; the ends where it is nowhere.
template <class Excess>
AtRest find(const std::vector<AtRest>& points, Excess excess, std::size_t& near) {
  near = first_not_below(points, excess, near);
  if (near == 0 || near == points.size()) {
    return near == 0 ? points.front() : points.back();
  }
  const AtRest& low = points[near - 1];
  const double under = -excess(low);
  const double over = excess(points[near]);
  return between(low, points[near], under / (under + over));
}

}  // namespace

AtRest RestMap::of_load(double load) const {
  // Where the grid has it, see the constructor.
  const double rest = std::max(0.0, 1 - load / static_cast<double>(shape_.servers));
  auto near = static_cast<std::size_t>(kBelow * (1 - std::sqrt(std::sqrt(rest)))) + 1;
  return find(
      points_, [&](const AtRest& p) { return p.load - load; }, near);
}

AtRest RestMap::advance(double present, double arrivals, double work, std::size_t& near) const {
  const auto change = [&](const AtRest& p) { return (1 - p.refused) * (arrivals - work * p.load); };
  AtRest next = find(
      points_, [&](const AtRest& p) { return p.present - present - change(p); }, near);
  if (next.present < points_.back().present) {
    return next;
  }
  // Beyond the table every server is busy.
  const auto c = static_cast<double>(shape_.servers);
  if (shape_.places == kUnbounded) {
    return {c, std::max(points_.back().present, present + arrivals - work * c), 0, 1};
  }
  next.present = c + static_cast<double>(shape_.places);
  next.refused =
      std::clamp(1 - (c * work + next.present - present) / std::max(arrivals, 1e-300), 0.0, 1.0);
  // What is offered, so that what is let in keeps all servers busy, as in the table.
  next.load = std::max(next.load, c / std::max(1 - next.refused, 1e-12));
  return next;
}

namespace {

/// P(X > t) of an exponential X.
double beyond(double t, double mean) {
  constexpr double kNothingLeft = 45;  // of the last digit of one
  return t < kNothingLeft * mean ? base::pinned_exp(-t / mean) : 0.0;
}

/// An exponential time, and P(it > t) for the t at hand: worked out once for all sums it is a part of.
struct Tail {
  Tail() = default;
  Tail(double t, double its_mean) : mean(its_mean), left(beyond(t, its_mean)) {}
  double mean = 0;
  double left = 0;
};

/// Of the sum of two; alike ones would divide by nothing.
double beyond(double t, const Tail& a, const Tail& b) {
  constexpr double kAlike = 1e-6;
  const double gap = b.mean - a.mean;
  return std::fabs(gap) < kAlike * (a.mean + b.mean) ? a.left * (1 + t / std::max(a.mean, 1e-300))
                                                     : (b.mean * b.left - a.mean * a.left) / gap;
}

/// Of the sum of three; those that are alike are moved apart by less than what is asked of it.
double beyond(double t, Tail a, Tail b, Tail c) {
  constexpr double kApart = 1e-4;
  const auto order = [](Tail& low, Tail& high) {
    if (high.mean < low.mean) {
      std::swap(low, high);
    }
  };
  order(a, b);
  order(b, c);
  order(a, b);
  const double apart = kApart * c.mean;
  b = b.mean < a.mean + apart ? Tail(t, a.mean + apart) : b;
  c = c.mean < b.mean + apart ? Tail(t, b.mean + apart) : c;
  const double ab = b.mean - a.mean;
  const double ac = c.mean - a.mean;
  const double bc = c.mean - b.mean;
  return a.mean * a.mean * a.left / (ab * ac) - b.mean * b.mean * b.left / (ab * bc) +
         c.mean * c.mean * c.left / (ac * bc);
}

}  // namespace

namespace {

/// P(X > t) of two exponential times that follow each other, either of which may be nothing, alone
/// or after an exponential wait.
class After {
 public:
  After(double t, double one, double other) : t_(t) {
    if (t > 0 && one > 0) {
      one_ = Tail(t, one);
    }
    if (t > 0 && other > 0) {
      other_ = Tail(t, other);
    }
  }

  [[nodiscard]] double alone() const {
    return t_ <= 0                            ? 1
           : one_.mean > 0 && other_.mean > 0 ? beyond(t_, one_, other_)
                                              : one_.left + other_.left;
  }

  [[nodiscard]] double waited(double mean) const {
    if (t_ <= 0) {
      return 1;
    }
    const Tail wait(t_, mean);
    return one_.mean > 0 && other_.mean > 0 ? beyond(t_, one_, other_, wait)
           : one_.mean > 0                  ? beyond(t_, one_, wait)
           : other_.mean > 0                ? beyond(t_, other_, wait)
                                            : wait.left;
  }

 private:
  double t_;
  Tail one_;
  Tail other_;
};

}  // namespace

RestWait::RestWait(double its_share, double its_endless, double its_most)
    : share(its_share),
      endless(its_endless),
      most(its_most),
      over(its_endless > 0 ? beyond(its_most, its_endless) : 0) {}

double RestWait::mean_of_waiting() const {
  return over > 0 ? endless - most * over / (1 - over) : endless;
}

double RestWait::mean() const {
  return share * mean_of_waiting();
}

double RestWait::variance() const {
  const double mean_s = mean_of_waiting();
  const double odds = over > 0 ? over / (1 - over) : 0;
  const double cut = over > 0 ? most * most * odds * (1 + odds) : 0;
  return share * (endless * endless - cut + (1 - share) * mean_s * mean_s);
}

RestWait wait_at_rest(const RestMap& map, double use, double held_s) {
  const StationShape& shape = map.shape();
  const auto servers = static_cast<double>(shape.servers);
  // A turn more than there are places: so an even line of n has its mean of (n + 1) / 2 turns.
  const double most_s = shape.places == kUnbounded
                            ? kForever
                            : static_cast<double>(shape.places + 1) * held_s / servers;
  const double variability = std::max(shape.variability, 1e-9);
  return {map.of_load(use * servers).waits, variability * held_s / (servers * (1 - use)), most_s};
}

double sojourn_beyond(double t, const RestWait& wait, double service, bool is_fixed,
                      double scatter) {
  if (t <= 0 || service + wait.endless + scatter <= 0) {
    return t <= 0 ? 1 : 0;
  }
  const double fixed = is_fixed ? service : 0;
  if (t < fixed) {
    return 1;
  }
  // Of three exponential times less than (t/m)² e^(−t/m), m their longest mean: nobody.
  constexpr double kNobody = 60;
  if (t - fixed > kNobody * std::max({is_fixed ? 0 : service, wait.endless, scatter})) {
    return 0;
  }
  const After now(t - fixed, is_fixed ? 0 : service, scatter);
  const double alone = wait.share < 1 ? now.alone() : 0;
  double waited = wait.share > 0 ? now.waited(wait.endless) : 0;
  if (wait.share > 0 && wait.over > 0) {
    // Who would have waited for longer than a full line takes was not let in.
    const After later(t - fixed - wait.most, is_fixed ? 0 : service, scatter);
    waited = (waited - wait.over * later.waited(wait.endless)) / (1 - wait.over);
  }
  return std::clamp((1 - wait.share) * alone + wait.share * waited, 0.0, 1.0);
}

}  // namespace outlast::engines::simulation
