#include "clock/mood.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace outlast::clock {
namespace {

/// Users are down while less than this is served: half, but for what rounding may take.
constexpr double kServedHalf = 0.495;

/// Sums of requests, so that any span of steps is known at once.
class Spans {
 public:
  Spans(const Asked& asked, double step_s) : offered_{0}, served_{0} {
    for (std::size_t i = 0; i < asked.offered.size(); ++i) {
      offered_.push_back(offered_.back() + asked.offered[i] * step_s);
      served_.push_back(served_.back() + asked.served[i] * step_s);
    }
  }

  [[nodiscard]] double offered(std::size_t begin, std::size_t end) const {
    return offered_[end] - offered_[begin];
  }

  /// Nobody is lost where nobody comes.
  [[nodiscard]] double served_share(std::size_t begin, std::size_t end) const {
    const double all = offered(begin, end);
    return all > 0 ? (served_[end] - served_[begin]) / all : 1;
  }

  /// Is it clear on which side of half a span of drawn requests lies? Who is served is counted of
  /// others than come in it, so both numbers scatter, each by its root.
  [[nodiscard]] bool is_clear(std::size_t begin, std::size_t end) const {
    constexpr double kErrors = 3;
    const double of_one = std::sqrt(kServedHalf * (1 + kServedHalf));
    return std::fabs(served_share(begin, end) - kServedHalf) * std::sqrt(offered(begin, end)) >
           kErrors * of_one;
  }

 private:
  std::vector<double> offered_;
  std::vector<double> served_;
};

/// The moment that parts a span best in two with different shares; its end where none does.
///
/// A gain of twenty is four and a half standard errors: enough for a look at every moment.
std::size_t best_split(const Spans& spans, std::size_t begin, std::size_t end) {
  constexpr double kEnough = 20;
  const double share = spans.served_share(begin, end);
  const double of_one = std::max(share * (1 + share), 1e-9);
  double most = kEnough;
  std::size_t best = end;
  for (std::size_t at = begin + 1; at < end; ++at) {
    const double before = spans.offered(begin, at);
    const double after = spans.offered(at, end);
    const double gap = spans.served_share(begin, at) - spans.served_share(at, end);
    const double gain = gap * gap * before * after / std::max(before + after, 1e-9) / of_one;
    if (gain > most) {
      most = gain;
      best = at;
    }
  }
  return best;
}

/// Gives each step of a span the share of its piece: pieces are as long as the share stays the same.
void judge_together(const Spans& spans, std::size_t begin, std::size_t end,
                    std::vector<double>& shares) {
  std::vector<std::pair<std::size_t, std::size_t>> pieces = {{begin, end}};
  while (!pieces.empty()) {
    const auto [from, to] = pieces.back();
    pieces.pop_back();
    const std::size_t at = best_split(spans, from, to);
    if (at < to) {
      pieces.emplace_back(from, at);
      pieces.emplace_back(at, to);
    } else {
      std::fill(shares.begin() + static_cast<std::ptrdiff_t>(from),
                shares.begin() + static_cast<std::ptrdiff_t>(to), spans.served_share(from, to));
    }
  }
}

std::vector<double> drawn_shares(const Spans& spans, std::size_t steps) {
  std::vector<double> shares(steps);
  for (std::size_t i = 0; i < steps;) {
    std::size_t end = i;
    while (end < steps && !spans.is_clear(end, end + 1)) {
      ++end;
    }
    judge_together(spans, i, end, shares);
    if (end < steps) {
      shares[end] = spans.served_share(end, end + 1);
    }
    i = end + 1;
  }
  return shares;
}

}  // namespace

Moods moods_of(const Asked& asked, double step_s, bool is_random) {
  const std::size_t steps = asked.offered.size();
  const Spans spans(asked, step_s);
  std::vector<double> shares;
  if (is_random) {
    shares = drawn_shares(spans, steps);
  } else {
    for (std::size_t i = 0; i < steps; ++i) {
      shares.push_back(spans.served_share(i, i + 1));
    }
  }
  Moods moods;
  for (std::size_t i = 0; i < steps; ++i) {
    constexpr double kNear = 0.05;
    moods.near_half_s += std::fabs(shares[i] - 0.5) <= kNear ? step_s : 0;
    const bool is_losing = asked.failed[i] > kLossyShare * (asked.served[i] + asked.failed[i]);
    moods.steps.push_back(shares[i] < kServedHalf ? Mood::down
                          : is_losing             ? Mood::losing
                                                  : Mood::served);
  }
  return moods;
}

std::vector<Mood> moods_of_part(const engines::simulation::StationTracks& tracks, double step_s,
                                bool is_random) {
  Asked asked{tracks.arrived, {}, {}};
  for (std::size_t i = 0; i < tracks.arrived.size(); ++i) {
    const double failed = std::min(tracks.arrived[i], tracks.refused[i] + tracks.wasted[i]);
    asked.failed.push_back(failed);
    asked.served.push_back(tracks.arrived[i] - failed);
  }
  return moods_of(asked, step_s, is_random).steps;
}

}  // namespace outlast::clock
