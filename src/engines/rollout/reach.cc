// Where a bad change stops, whom it has hit by then, and for how long.
//
// A change goes through stages that reach s_1 < s_2 < … < s_J = 1 of the users. Each is watched for
// a time; a gate that sees more than a share of its requests fail stops it there. Given the share e
// of requests that the change makes fail,
//
//   P(stop at j) = Π_{m<j} (1 − d_m) · d_j   (j < J),     Π_{m<J} (1 − d_m)   (j = J)
//
// with d_m = P(Bin(n_m, e) > threshold · n_m), n_m the requests of the stage while it is watched and
// the change has taken effect: a small canary of little traffic sees nothing, nor does a gate that
// closes before the change shows. At the last stage the gate speaks, or people notice. By then
//
//   harm = h · (Σ_{m≤j} s_m · watched_m + s_j · (until the old is back))
//
// h being e for errors and 1 for what is dead. How bad a change is differs: the whole product is
// averaged over e (quadrature in ln e), never d_m. Durations enter by strata of equal probability,
// so that means are exact.

#include "engines/rollout/reach.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/assert.h"
#include "base/pinned_math.h"
#include "base/quadrature.h"
#include "engines/rollout/binomial.h"

namespace outlast::engines::rollout {

namespace {

constexpr std::size_t kStrata = 8;
/// Users are down while more than this share of all requests fails.
constexpr double kLostShare = 0.01;

/// The durations that follow a stop, by strata.
struct Times {
  std::vector<double> reverted_s;
  std::vector<double> mended_s;  ///< reaction and way back: who is slow in one is in the other
  std::vector<double> noticed_s;
};

Times times_of(const Plan& plan, const Badness& way) {
  Times times = {plan.revert.strata_s(kStrata), plan.react.strata_s(kStrata),
                 way.noticed.strata_s(kStrata)};
  for (std::size_t i = 0; i < kStrata; ++i) {
    times.mended_s[i] += times.reverted_s[i];
  }
  return times;
}

class Walk {
 public:
  Walk(const Plan& plan, const Times& times, double hit, Reach& out)
      : plan_(plan), times_(times), hit_(hit), out_(out) {}

  /// in  weight  probability that a bad change is bad in this way and so much
  void go(double weight, bool shows) {
    double left = weight;
    for (const Stage& stage : plan_.stages) {
      const double stopped = plan_.gate && shows ? power_of(*plan_.gate, stage, hit_) : 0;
      out_.everyone += &stage == &plan_.stages.back() ? left : 0;
      pass(stage);
      end_by_gate(left * stopped);
      left *= 1 - stopped;
    }
    end_by_people(left);
  }

 private:
  void pass(const Stage& stage) {
    before_last_ = so_far_;
    so_far_.harm_s += hit_ * stage.reached * stage.watched_s;
    so_far_.down_s += stage.reached * hit_ > kLostShare ? stage.watched_s : 0;
    so_far_.reached = stage.reached;
    so_far_.hit = hit_;
  }

  void keep(Outcome at, double after_s, double probability) {
    at.harm_s += hit_ * at.reached * after_s;
    at.down_s += at.reached * hit_ > kLostShare ? after_s : 0;
    at.probability = probability;
    out_.outcomes.push_back(at);
  }

  void end_by_gate(double probability) {
    if (probability <= 0) {
      return;
    }
    for (const double after_s : times_.reverted_s) {
      keep(so_far_, after_s, probability / kStrata);
    }
  }

  /// Everyone is reached and no gate spoke: from then until people notice, and mend it.
  void end_by_people(double probability) {
    if (probability <= 0) {
      return;
    }
    Outcome at = before_last_;
    at.reached = plan_.stages.back().reached;
    at.hit = hit_;
    for (const double noticed_s : times_.noticed_s) {
      for (const double mended_s : times_.mended_s) {
        keep(at, noticed_s + mended_s, probability / (kStrata * kStrata));
      }
    }
  }

  const Plan& plan_;
  const Times& times_;
  double hit_;
  Reach& out_;
  Outcome so_far_;
  Outcome before_last_;
};

void walk(const Plan& plan, const Badness& way, Reach& out) {
  if (way.cannot_start && plan.starts_checked) {
    out.outcomes.push_back({way.weight, 0, 0, 0, 0});  // nobody ever comes to it
    return;
  }
  const Times times = times_of(plan, way);
  if (way.least_hit >= way.most_hit) {
    Walk(plan, times, way.most_hit, out).go(way.weight, way.shows);
    return;
  }
  constexpr int kPanels = 4;  // a gate's power is a steep function of how bad a change is
  const double low = base::pinned_log(way.least_hit);
  const double width = (base::pinned_log(way.most_hit) - low) / kPanels;
  for (int panel = 0; panel < kPanels; ++panel) {
    for (const auto& point : base::kGaussLegendre) {
      const double hit = base::pinned_exp(low + width * (panel + point.at));
      Walk(plan, times, hit, out).go(way.weight * point.weight / kPanels, way.shows);
    }
  }
}

}  // namespace

double power_of(const Gate& gate, const Stage& stage, double hit) {
  const double seen_s = std::max(0.0, stage.watched_s - gate.takes_effect_s);
  constexpr double kMost = 1e15;  // beyond it the law of large numbers has spoken
  const double requests = std::min(kMost, gate.requests_per_s * stage.reached * seen_s);
  const auto n = static_cast<std::uint64_t>(requests);
  const auto tolerated = static_cast<std::uint64_t>(gate.threshold * static_cast<double>(n));
  return binomial_above(n, hit, tolerated);
}

const Outcome& Reach::at(double share) const {
  OUTLAST_ASSERT(!outcomes.empty(), "a bad change ends somehow");
  double passed = 0;
  for (const Outcome& outcome : outcomes) {
    passed += outcome.probability;
    if (passed >= share) {
      return outcome;
    }
  }
  return outcomes.back();
}

double Reach::down_s_at(double share) const {
  std::vector<std::pair<double, double>> times;  // with their probability
  for (const Outcome& outcome : outcomes) {
    times.emplace_back(outcome.down_s, outcome.probability);
  }
  std::sort(times.begin(), times.end());
  double passed = 0;
  for (const auto& [down_s, probability] : times) {
    passed += probability;
    if (passed >= share) {
      return down_s;
    }
  }
  return times.empty() ? 0 : times.back().first;
}

Reach reach_of(const Plan& plan, std::span<const Badness> ways) {
  OUTLAST_ASSERT(!plan.stages.empty(), "a change reaches somebody");
  Reach out;
  for (const Badness& way : ways) {
    walk(plan, way, out);
  }
  std::stable_sort(out.outcomes.begin(), out.outcomes.end(),
                   [](const Outcome& a, const Outcome& b) { return a.harm_s < b.harm_s; });
  for (const Outcome& outcome : out.outcomes) {
    out.harm_s += outcome.probability * outcome.harm_s;
    out.reached += outcome.probability * outcome.reached;
  }
  return out;
}

}  // namespace outlast::engines::rollout
