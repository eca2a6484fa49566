// How often a 95 % interval contains the truth: over a thousand seeds, 93 to 97 times in a
// hundred, for what is frequent, rare and very rare. (Where the cover leaves next to nothing to
// chance, as with a single point of failure, an interval of a hundred-thousandth covers always.)

#include <gtest/gtest.h>

#include "engines/faulttree/diagram.h"
#include "engines/montecarlo/sampler.h"
#include "unit/engines/faulttree/models.h"

namespace outlast::engines {
namespace {

using faulttree::Model;

struct Asked {
  double truth;
  std::uint64_t scenarios;
  bool conditions;
};

/// The probability that every event needs for the top to have `truth`.
double event_probability(const faulttree::Diagram& diagram, std::size_t events, double truth) {
  double low = 0;
  double high = 1;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    const double p = diagram.probability(std::vector<double>(events, middle));
    (p < truth ? low : high) = middle;
  }
  return high;
}

/// How many intervals of a thousand contain the truth.
std::size_t covering(const Model& m, const Asked& asked) {
  const auto diagram = faulttree::Diagram::build(m.gates, m.top);
  const std::size_t events = m.gates.variable_count();
  const double q = event_probability(*diagram, events, asked.truth);
  const std::vector<double> p(events, q);
  const double truth = diagram->probability(p);
  std::size_t covered = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    montecarlo::SampleOptions options;
    options.seed = seed;
    options.scenarios = asked.scenarios;
    options.relative_error = 0;
    options.conditions = asked.conditions;
    const auto s = montecarlo::sample_probability(m.gates, m.top, p, {}, options);
    covered += s.low <= truth && truth <= s.high ? 1U : 0U;
  }
  return covered;
}

/// Groups that fail where two of three replicas do, and nothing else.
Model pairs_of_three(std::size_t groups) {
  Model m;
  std::vector<base::GateId> down;
  for (std::size_t i = 0; i < groups; ++i) {
    down.push_back(m.gates.at_least(2, m.add(3)));
  }
  m.top = m.gates.any(down);
  return m;
}

/// Much redundancy of parts that are often down: each of eight for one of two reasons.
Model four_of_eight() {
  Model m;
  std::vector<base::GateId> down;
  for (std::size_t i = 0; i < 8; ++i) {
    down.push_back(m.gates.any(m.add(2)));
  }
  m.top = m.gates.at_least(4, down);
  return m;
}

void expect_honest(const Model& m, const Asked& asked) {
  const std::size_t covered = covering(m, asked);
  EXPECT_GE(covered, 930U) << asked.truth;
  EXPECT_LE(covered, 970U) << asked.truth;
}

TEST(Intervals, CoverOneInAHundred) {
  expect_honest(pairs_of_three(2), {1e-2, 1U << 16U, false});
  expect_honest(pairs_of_three(2), {1e-2, 1U << 16U, true});
}

TEST(Intervals, CoverOneInTenThousand) {
  expect_honest(pairs_of_three(2), {1e-4, 1U << 20U, false});
  expect_honest(faulttree::zonal_groups(4), {1e-4, 1U << 16U, true});
  expect_honest(pairs_of_three(4), {1e-4, 1U << 16U, true});
}

TEST(Intervals, CoverOneInTenMillion) {
  expect_honest(pairs_of_three(4), {1e-7, 1U << 17U, true});
  expect_honest(four_of_eight(), {1e-7, 1U << 15U, true});
}

}  // namespace
}  // namespace outlast::engines
