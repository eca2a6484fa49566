#include "engines/montecarlo/years.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "unit/engines/faulttree/models.h"

namespace outlast::engines::montecarlo {
namespace {

using faulttree::Model;

constexpr double kYear_s = base::kSecondsPerYear;
constexpr std::size_t kYears = 4000;

/// A cause of one variable that is out for about `mean_s`, exponentially, once in `between_s`.
Cause cause(std::size_t variable, double between_s, double mean_s) {
  Cause made;
  made.stream = 1000 + variable;
  made.between_s = between_s;
  made.length = base::Duration::exponential({mean_s});
  made.parts = {{base::VariableId(variable), mean_s, 1}};
  return made;
}

YearModel model_of(const Model& m, std::vector<Cause> causes) {
  return {m.gates, {m.top}, std::move(causes), {}, {{}}};
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double share_without(const std::vector<bool>& has_outage) {
  return static_cast<double>(std::count(has_outage.begin(), has_outage.end(), false)) /
         static_cast<double>(has_outage.size());
}

TEST(Years, NumbersOfShortOutagesArePoisson) {
  Model m;
  m.top = m.add();
  const auto years = sample_years(model_of(m, {cause(0, kYear_s / 2, 60)}), kYears, {});
  EXPECT_NEAR(share_without(years.has_outage[0]), std::exp(-2), 0.025);  // 4.6 deviations
  EXPECT_NEAR(mean(years.down_s[0]) / 120, 1, 0.1);
}

TEST(Years, OneAlternatingComponentIsDownAsRenewalTheorySays) {
  Model m;
  m.top = m.add();
  const double fails = 1 / (0.1 * kYear_s);
  const double mends = 1 / (0.05 * kYear_s);
  const double both = fails + mends;
  // Up at first: P(down at t) = fails/both · (1 − e^(−both·t)), averaged over the year.
  const double share = fails / both * (1 - (1 - std::exp(-both * kYear_s)) / (both * kYear_s));
  const auto years = sample_years(model_of(m, {cause(0, 1 / fails, 1 / mends)}), kYears, {});
  EXPECT_NEAR(mean(years.down_s[0]) / kYear_s / share, 1, 0.03);
}

TEST(Years, TwoOfThreeAreDownAsASlowSimulationSays) {
  Model m;
  const auto replicas = m.add(3);
  const auto zone = m.add();
  m.top = m.gates.any({m.gates.at_least(2, replicas), zone});
  const double up[] = {0.05 * kYear_s, 0.08 * kYear_s, 0.1 * kYear_s, 1.5 * kYear_s};
  const double out[] = {0.02 * kYear_s, 0.01 * kYear_s, 0.03 * kYear_s, 0.01 * kYear_s};
  std::vector<Cause> causes;
  for (std::size_t i = 0; i < 4; ++i) {
    causes.push_back(cause(i, up[i], out[i]));
  }
  const auto fast = sample_years(model_of(m, causes), kYears, {});

  std::mt19937_64 random(5);
  std::vector<double> slow;
  for (std::size_t year = 0; year < kYears; ++year) {
    bool is_out[4] = {};
    double down = 0;
    for (double now = 0; now < kYear_s;) {  // by memoryless steps: whatever changes first
      double rate[4];
      for (std::size_t i = 0; i < 4; ++i) {
        rate[i] = 1 / (is_out[i] ? out[i] : up[i]);
      }
      const double all = rate[0] + rate[1] + rate[2] + rate[3];
      const double step = std::exponential_distribution<double>(all)(random);
      if (is_out[3] || is_out[0] + is_out[1] + is_out[2] >= 2) {
        down += std::min(step, kYear_s - now);
      }
      now += step;
      const int changed = std::discrete_distribution<int>(rate, rate + 4)(random);
      is_out[changed] = !is_out[changed];
    }
    slow.push_back(down);
  }
  std::vector<double> sampled = fast.down_s[0];
  EXPECT_NEAR(mean(sampled) / mean(slow), 1, 0.05);
  for (const double p : {0.1, 0.5, 0.9}) {
    const auto at = static_cast<std::ptrdiff_t>(p * kYears);
    std::nth_element(sampled.begin(), sampled.begin() + at, sampled.end());
    std::nth_element(slow.begin(), slow.begin() + at, slow.end());
    EXPECT_NEAR(sampled[static_cast<std::size_t>(at)] / slow[static_cast<std::size_t>(at)], 1, 0.1);
  }
}

TEST(Years, ASeriesSeesTheSameYearsAsItsGates) {
  Model m;
  const auto x = m.add(3);
  const auto other = m.add();
  const base::GateId series = m.gates.any({x[0], m.gates.any({x[1], x[2]})});
  // Says the same, but is no series.
  const base::GateId gates = m.gates.all({series, m.gates.any({series, other})});
  std::vector<Cause> causes;
  for (std::size_t i = 0; i < 3; ++i) {
    causes.push_back(cause(i, kYear_s / 20, kYear_s / 100));
  }
  causes[1].parts.front().present = 0.5;
  causes.push_back(cause(3, kYear_s / 30, 60));
  const std::vector<Moment> moments = {{3, 7}};
  const YearModel model{m.gates, {series, gates}, causes, {}, {moments, moments}};
  const auto years = sample_years(model, 300, {});
  for (std::size_t year = 0; year < years.count; ++year) {
    EXPECT_NEAR(years.down_s[0][year], years.down_s[1][year], 1e-3) << year;
    EXPECT_EQ(years.has_outage[0][year], years.has_outage[1][year]) << year;
  }
}

TEST(Years, SeriesThatShareMuchSeeTheSameYearsAsTheirGates) {
  Model m;
  constexpr std::size_t kVariables = 12;
  const auto x = m.add(kVariables);
  const auto other = m.add();
  std::vector<Cause> causes;
  for (std::size_t i = 0; i < kVariables; ++i) {
    causes.push_back(cause(i, kYear_s / 40, kYear_s / (i < 6 ? 300 : 80)));
  }
  std::mt19937 random(7);
  YearModel model{m.gates, {}, causes, {}, {}};
  for (std::size_t t = 0; t < 10; ++t) {
    // Most rest on the first six, some on a few of these, and each on others of its own.
    std::vector<base::GateId> inputs = {x[t]};
    std::vector<Moment> moments;
    for (std::size_t i = 0; i < kVariables; ++i) {
      const bool is_shared = i < 6 && t % 4 != 3;
      if (is_shared || random() % 3 == 0) {
        inputs.push_back(x[i]);
      }
      if (is_shared || random() % 3 == 0) {
        moments.push_back({i, random() % 2 == 0 ? 60.0 : 600.0});
      }
    }
    const base::GateId series = m.gates.any(inputs);
    const base::GateId gates = m.gates.all({series, m.gates.any({series, other})});
    model.tops.insert(model.tops.end(), {series, gates});
    model.moments.insert(model.moments.end(), {moments, moments});
  }
  const auto years = sample_years(model, 100, {});
  for (std::size_t t = 0; t < model.tops.size(); t += 2) {
    for (std::size_t year = 0; year < years.count; ++year) {
      EXPECT_NEAR(years.down_s[t][year], years.down_s[t + 1][year], 1e-3) << t << ' ' << year;
      EXPECT_EQ(years.has_outage[t][year], years.has_outage[t + 1][year]) << t << ' ' << year;
    }
  }
}

TEST(Years, PartsOfOneCauseEndOneAfterTheOther) {
  Model m;  // both out at once only as long as the shorter one is
  const auto both = m.add(2);
  m.top = m.gates.all(both);
  Cause zone = cause(0, kYear_s / 4, 3600);
  zone.length = base::Duration::fixed({3600});
  zone.parts.push_back({base::VariableId(std::size_t{1}), 600, 1});
  const auto years = sample_years(model_of(m, {zone}), kYears, {});
  EXPECT_NEAR(mean(years.down_s[0]) / (4 * 600), 1, 0.05);
}

TEST(Years, WhatDoesNotComeBackIsOutForTheRest) {
  Model m;
  m.top = m.add();
  Cause destroyed = cause(0, 10 * kYear_s, kYear_s / 2);
  destroyed.lasts = true;
  const auto years = sample_years(model_of(m, {destroyed}), kYears, {});
  // E[(1 − T)⁺] for T exponential with a mean of ten years.
  EXPECT_NEAR(mean(years.down_s[0]) / kYear_s, 1 - 10 * (1 - std::exp(-0.1)), 0.01);
  EXPECT_NEAR(share_without(years.has_outage[0]), std::exp(-0.1), 0.025);
}

TEST(Years, AShockStrikesByChance) {
  Model m;
  const auto shock = m.add();
  const auto hit = m.add();
  m.top = m.gates.all({shock, hit});
  YearModel model = model_of(m, {cause(0, kYear_s, 600)});
  model.causes[0].has_chances = true;
  model.chances = {{base::VariableId(std::size_t{1}), 0.3, 77}};
  const auto years = sample_years(model, kYears, {});
  EXPECT_NEAR(share_without(years.has_outage[0]), std::exp(-0.3), 0.035);
}

TEST(Years, MaskedFaultsCostTheirMoment) {
  Model m;
  m.top = m.gates.all(m.add(2));
  YearModel model = model_of(m, {cause(0, kYear_s / 3, 60), cause(1, kYear_s / 3, 60)});
  model.moments = {{{0, 30.0}, {1, 30.0}}};
  const auto years = sample_years(model, kYears, {});
  EXPECT_NEAR(mean(years.down_s[0]) / (6 * 30), 1, 0.05);
  EXPECT_GT(share_without(years.has_outage[0]), 0.99);
}

TEST(Years, AnyNumberOfThreadsGivesTheSameBytes) {
  Model m;
  const auto all = m.add(3);
  YearModel model = model_of(m, {});
  model.tops = {m.gates.at_least(2, all), m.gates.any(all), m.gates.all(all), m.gates.never()};
  model.moments.resize(4);
  for (std::size_t i = 0; i < 3; ++i) {
    model.causes.push_back(cause(i, kYear_s / 20, kYear_s / 50));
  }
  const auto alone = sample_years(model, 200, {1, 1});
  const auto together = sample_years(model, 200, {1, 3});
  EXPECT_EQ(alone.down_s, together.down_s);
  EXPECT_EQ(alone.has_outage, together.has_outage);
  EXPECT_EQ(mean(alone.down_s[3]), 0);
  EXPECT_GT(mean(alone.down_s[1]), mean(alone.down_s[0]));
}

}  // namespace
}  // namespace outlast::engines::montecarlo
