// Probability by sampling, also of what is rare.
//
// Problem: at p = 1e-7 a hundred failures take a thousand million scenarios.
// Formulation: sets S_1 … S_m of events of which any failure contains one (cover.h), with
//   Z = Σ P(S_i). Draw a set with probability P(S_i)/Z, let its events have happened, draw all
//   others as ever, and take Y = [failed]/N, N the number of sets that have happened. A scenario x
//   is met with density f(x) N(x)/Z, so Z·E[Y] is the probability of failure, whatever the sets.
//   Y lies in [0, 1] and no Z is above 1, so this is never worse than plain sampling, which is the
//   same with the empty set; where the sets are cut sets of rare events, Y is nearly always 1.
// Method: scenarios come in batches of 16,384. A batch depends on seed, streams and its own number
//   only, and yields whole numbers: how many failed scenarios had N = 1, 2, … These are added up,
//   in any order. Rounds of batches double; after each it is asked whether that is enough. Where
//   that is asked against a threshold, the interval is widened by the number of times one looks.
// Source: Karp, Luby & Madras 1989; intervals: interval.h.
// Limits: memory is 2 KB per event and thread. A cover of total near 1 although failure is rare
//   (very many combinations that each matter little) leaves little more than plain sampling, which the
//   interval then says.

#include "engines/montecarlo/sampler.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/assert.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/pinned_math.h"
#include "engines/montecarlo/coin.h"
#include "engines/montecarlo/cover.h"
#include "engines/montecarlo/interval.h"
#include "engines/montecarlo/program.h"

namespace outlast::engines::montecarlo {

using base::GateId;
using base::GateKind;

namespace {

constexpr double kTail = 0.025;             // of each side of a 95 % interval
constexpr std::uint64_t kFirstRound = 8;    // batches
constexpr std::uint64_t kPieceBatches = 8;  // that one thread does in a row
constexpr std::size_t kRandomAtOnce = 16;   // words of Kernel::random
/// A cover more probable than this saves less than counting its sets costs.
constexpr double kWorthwhile = 0.25;

/// Failed scenarios by the number of sets that had happened; [0] is not in use.
using Tally = std::vector<std::uint64_t>;

class Sampler {
 public:
  Sampler(const base::Gates& gates, GateId top, std::span<const double> p,
          std::span<const std::uint64_t> streams, const SampleOptions& options)
      : program_(gates, top),
        kernel_(kernel_of(options.lanes.value_or(best_lanes()))),
        seed_(options.seed) {
    for (const base::VariableId variable : program_.events()) {
      p_.push_back(p[variable.index]);
      coins_.push_back(coin_for(p_.back()));
      streams_.push_back(streams.empty() ? variable.index : streams[variable.index]);
    }
    if (options.conditions) {
      use_cover(find_cover(program_, p_));
    }
  }

  [[nodiscard]] bool is_conditioned() const { return is_conditioned_; }
  [[nodiscard]] double scale() const { return is_conditioned_ ? total_ : 1; }

  /// Batches [from, to), split among the crew and then among threads.
  [[nodiscard]] Tally run(std::uint64_t from, std::uint64_t to,
                          const SampleOptions& options) const {
    const std::uint64_t each = (to - from + options.crew.size - 1) / options.crew.size;
    const std::uint64_t first = std::min(to, from + each * options.crew.rank);
    const std::uint64_t last = std::min(to, first + each);
    const auto pieces =
        static_cast<std::size_t>((last - first + kPieceBatches - 1) / kPieceBatches);
    std::vector<Tally> tallies(pieces, Tally(tally_size(), 0));
    base::parallel_for(pieces, options.threads, [&](std::size_t piece) {
      const std::uint64_t begin = first + piece * kPieceBatches;
      run_piece(begin, std::min(last, begin + kPieceBatches), tallies[piece]);
    });
    Tally sum(tally_size(), 0);
    for (const Tally& tally : tallies) {
      add(tally, sum);
    }
    if (options.crew.size > 1) {
      options.crew.add_up(sum);
    }
    return sum;
  }

  static void add(const Tally& tally, Tally& sum) {
    for (std::size_t i = 0; i < sum.size(); ++i) {
      sum[i] += tally[i];
    }
  }

  [[nodiscard]] std::size_t tally_size() const {
    return is_conditioned_ ? cumulative_.size() + 1 : 2;
  }

 private:
  /// What one thread works in.
  struct Bench {
    std::vector<std::uint64_t> events;
    std::vector<std::uint64_t> scratch;
    std::vector<std::uint64_t> top;
    std::vector<std::uint64_t> planes;
  };

  void use_cover(const Cover& cover) {
    if (cover.total > kWorthwhile || cover.sets.size() >= (std::size_t{1} << kPlanes)) {
      return;
    }
    is_conditioned_ = true;
    total_ = cover.total;
    double sum = 0;
    first_.push_back(0);
    for (std::size_t s = 0; s < cover.sets.size(); ++s) {
      sum += cover.probability[s];
      cumulative_.push_back(sum);
      set_events_.insert(set_events_.end(), cover.sets[s].begin(), cover.sets[s].end());
      first_.push_back(static_cast<std::uint32_t>(set_events_.size()));
    }
  }

  void run_piece(std::uint64_t from, std::uint64_t to, Tally& tally) const {
    Bench bench;
    bench.events.resize(program_.events().size() * kBatchWords);
    bench.scratch.resize(program_.operations().size() * kBlockWords);
    bench.top.resize(kBatchWords);
    bench.planes.resize(is_conditioned_ ? kPlanes * kBatchWords : 0);
    for (std::uint64_t batch = from; batch < to; ++batch) {
      for (std::size_t e = 0; e < coins_.size(); ++e) {
        kernel_.draw(coins_[e], {seed_, streams_[e], batch}, bench.events.data() + e * kBatchWords);
      }
      if (is_conditioned_) {
        let_sets_happen(batch, bench);
      }
      kernel_.evaluate(program_.view(), bench.events.data(), bench.scratch.data(),
                       bench.top.data());
      if (is_conditioned_) {
        kernel_.count_sets({first_.data(), cumulative_.size(), set_events_.data()},
                           bench.events.data(), bench.planes.data());
        tally_by_sets(bench, tally);
      } else {
        for (const std::uint64_t word : bench.top) {
          tally[1] += static_cast<std::uint64_t>(std::popcount(word));
        }
      }
    }
  }

  /// Each scenario begins with one set, drawn by its probability.
  void let_sets_happen(std::uint64_t batch, Bench& bench) const {
    static const std::uint64_t stream = base::stable_hash("montecarlo|set");
    std::uint64_t random[kRandomAtOnce];
    for (std::size_t s = 0; s < kBatchScenarios; s += kRandomAtOnce) {
      kernel_.random({seed_, stream, batch}, s / 2, random);
      for (std::size_t i = 0; i < kRandomAtOnce; ++i) {
        const double at = static_cast<double>(random[i] >> 11U) * 0x1p-53 * cumulative_.back();
        const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), at);
        const auto set =
            static_cast<std::size_t>(std::min(found, cumulative_.end() - 1) - cumulative_.begin());
        for (std::uint32_t e = first_[set]; e < first_[set + 1]; ++e) {
          bench.events[set_events_[e] * kBatchWords + (s + i) / 64] |= std::uint64_t{1}
                                                                       << ((s + i) % 64);
        }
      }
    }
  }

  static void tally_by_sets(const Bench& bench, Tally& tally) {
    for (std::size_t w = 0; w < kBatchWords; ++w) {
      std::uint64_t several = 0;
      for (std::size_t p = 1; p < kPlanes; ++p) {
        several |= bench.planes[p * kBatchWords + w];
      }
      tally[1] += static_cast<std::uint64_t>(std::popcount(bench.top[w] & ~several));
      for (std::uint64_t open = bench.top[w] & several; open != 0; open &= open - 1) {
        const int bit = std::countr_zero(open);
        std::size_t count = 0;
        for (std::size_t p = 0; p < kPlanes; ++p) {
          count |= (bench.planes[p * kBatchWords + w] >> bit & 1U) << p;
        }
        ++tally[count];
      }
    }
  }

  Program program_;
  const Kernel& kernel_;
  std::uint64_t seed_;
  std::vector<double> p_;  ///< by event of the program
  std::vector<Coin> coins_;
  std::vector<std::uint64_t> streams_;
  bool is_conditioned_ = false;
  double total_ = 1;
  std::vector<double> cumulative_;  ///< of the sets' probabilities
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> set_events_;
};

Moments moments_of(const Tally& tally, std::uint64_t scenarios) {
  double sum = 0;
  double squares = 0;
  for (std::size_t n = 1; n < tally.size(); ++n) {
    const double y = 1 / static_cast<double>(n);
    sum += static_cast<double>(tally[n]) * y;
    squares += static_cast<double>(tally[n]) * y * y;
  }
  const auto draws = static_cast<double>(scenarios);
  return {scenarios, sum / draws, squares / draws};
}

SampledProbability estimate(const Moments& moments, double scale) {
  static const double z = base::normal_quantile(1 - kTail);
  const Interval interval = score_interval(moments, z);
  SampledProbability out;
  out.probability = scale * moments.mean;
  // Of a cover as unlikely as the least double it is only known that it is at most that likely.
  constexpr double kFarFromLeast = 1e-290;
  out.low = scale > kFarFromLeast ? scale * interval.low : 0;
  out.high = scale * interval.high;
  out.scenarios = moments.draws;
  const double half = (out.high - out.low) / 2;
  const double middle = (out.high + out.low) / 2;
  // The square of half may be less than any double, and the quotient more.
  const double worth = half > 0 ? z * z * (middle / half) * ((1 - middle) / half) : 0;
  out.effective_scenarios = std::min(worth, std::numeric_limits<double>::max());
  return out;
}

/// On which side of the threshold, if that can be told after looking so many times.
std::optional<bool> side_of(double threshold, const Moments& moments, double scale, double looks) {
  const Interval wide = score_interval(moments, base::normal_quantile(1 - kTail / looks));
  if (scale * wide.low > threshold) {
    return true;
  }
  if (scale * wide.high < threshold) {
    return false;
  }
  return std::nullopt;
}

SampledProbability certain(double probability, const SampleOptions& options) {
  SampledProbability out;
  out.probability = out.low = out.high = probability;
  if (options.threshold && probability != *options.threshold) {
    out.above_threshold = probability > *options.threshold;
  }
  return out;
}

bool is_precise(const SampledProbability& now, double relative_error) {
  return relative_error > 0 && (now.high - now.low) / 2 <= relative_error * now.probability;
}

SampledProbability sample_in_rounds(const Sampler& sampler, const SampleOptions& options) {
  const std::uint64_t batches =
      std::max<std::uint64_t>(1, (options.scenarios + kBatchScenarios - 1) / kBatchScenarios);
  double looks = 1;
  for (std::uint64_t end = kFirstRound; end < batches; end *= 2) {
    ++looks;
  }
  Tally tally(sampler.tally_size(), 0);
  SampledProbability now;
  for (std::uint64_t done = 0; done < batches;) {
    const std::uint64_t next = std::min(batches, done == 0 ? kFirstRound : 2 * done);
    Sampler::add(sampler.run(done, next, options), tally);
    done = next;
    const Moments moments = moments_of(tally, done * kBatchScenarios);
    now = estimate(moments, sampler.scale());
    if (options.threshold) {
      now.above_threshold = side_of(*options.threshold, moments, sampler.scale(), looks);
    }
    if (now.above_threshold || is_precise(now, options.relative_error)) {
      break;
    }
  }
  now.is_conditioned = sampler.is_conditioned();
  return now;
}

}  // namespace

SampledProbability sample_probability(const base::Gates& gates, GateId top,
                                      std::span<const double> p,
                                      std::span<const std::uint64_t> streams,
                                      const SampleOptions& options) {
  OUTLAST_ASSERT(p.size() == gates.variable_count(), "every variable has a probability");
  OUTLAST_ASSERT(streams.empty() || streams.size() == p.size(), "every variable has a stream");
  if (gates.kind(top) == GateKind::constant_false || gates.kind(top) == GateKind::constant_true) {
    return certain(gates.kind(top) == GateKind::constant_true ? 1 : 0, options);
  }
  const Sampler sampler(gates, top, p, streams, options);
  if (sampler.is_conditioned() && sampler.tally_size() == 1) {
    return certain(0, options);  // no set of a cover can happen
  }
  return sample_in_rounds(sampler, options);
}

}  // namespace outlast::engines::montecarlo
