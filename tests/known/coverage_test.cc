// Coverage against a Markov chain of the whole group, solved without any of the formulas.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "support/analysed.h"
#include "support/lab.h"

namespace outlast {
namespace {

using support::analysed;
using support::down;
using support::lab;

/// Rates an hour of one element; where it is after a fault that the others do not stand in for, it
/// holds the group first and is then out for the rest.
struct Element {
  double fails;
  double covered;
  double repair_h;
  double freed_h;
  double good_h;
};

enum State : std::size_t { good, out, holding, left_out, kStates };

/// [from][to] rates an hour.
using Rates = std::array<std::array<double, kStates>, kStates>;

Rates rates_of(const Element& e) {
  Rates rates{};
  rates[good][out] = e.fails * e.covered;
  rates[good][holding] = e.fails * (1 - e.covered);
  rates[out][good] = 1 / e.repair_h;
  rates[holding][left_out] = 1 / e.freed_h;
  rates[left_out][good] = 1 / (e.good_h - e.freed_h);
  return rates;
}

struct Group {
  double unavailability = 0;
  double outages_per_h = 0;
};

/// The chain of all elements together: its stationary distribution by iteration, and how often it
/// goes from up to down.
class Chain {
 public:
  Chain(std::vector<Element> elements, std::size_t at_least)
      : elements_(std::move(elements)), at_least_(at_least) {
    for (const Element& e : elements_) {
      rates_.push_back(rates_of(e));
      count_ *= kStates;
    }
  }

  [[nodiscard]] Group solve() const {
    std::vector<double> p(count_, 1.0 / static_cast<double>(count_));
    constexpr double kStep_h = 0.02;  // shorter than any sojourn, so that the step is a probability
    for (int i = 0; i < 60'000; ++i) {
      std::vector<double> next = p;
      for_each_move([&](std::size_t from, std::size_t to, double rate) {
        next[from] -= p[from] * rate * kStep_h;
        next[to] += p[from] * rate * kStep_h;
      });
      p = std::move(next);
    }
    Group group;
    for (std::size_t s = 0; s < count_; ++s) {
      group.unavailability += is_down(s) ? p[s] : 0;
    }
    for_each_move([&](std::size_t from, std::size_t to, double rate) {
      group.outages_per_h += !is_down(from) && is_down(to) ? p[from] * rate : 0;
    });
    return group;
  }

 private:
  template <class Visit>
  void for_each_move(Visit visit) const {
    for (std::size_t s = 0; s < count_; ++s) {
      std::size_t place = 1;
      for (const Rates& rates : rates_) {
        const std::size_t at = s / place % kStates;
        for (std::size_t to = 0; to < kStates; ++to) {
          if (rates[at][to] > 0) {
            visit(s, s + (to - at) * place, rates[at][to]);
          }
        }
        place *= kStates;
      }
    }
  }

  [[nodiscard]] bool is_down(std::size_t s) const {
    std::size_t alive = 0;
    bool is_held = false;
    for (std::size_t i = 0; i < elements_.size(); ++i, s /= kStates) {
      alive += s % kStates == good ? 1U : 0U;
      is_held = is_held || s % kStates == holding;
    }
    return is_held || alive < at_least_;
  }

  std::vector<Element> elements_;
  std::size_t at_least_;
  std::vector<Rates> rates_;
  std::size_t count_ = 1;
};

std::string group(int replicas, int at_least, const std::string& switching) {
  return lab("  A: {kind: compute, scope: region, replicas: " + std::to_string(replicas) +
             ", at_least: " + std::to_string(at_least) +
             ", failure: {every: 20h, repair: 1h}, switching: {detect: 0s, " + switching + "}}\n");
}

constexpr double kHoursPerYear = base::kSecondsPerYear / 3600;

void expect_agreement(int replicas, int at_least) {
  const Element element = {1.0 / 20, 0.9, 1, 0.5, 2};
  const auto chain = Chain(std::vector<Element>(static_cast<std::size_t>(replicas), element),
                           static_cast<std::size_t>(at_least))
                         .solve();
  const auto analysis = analysed(group(replicas, at_least, "coverage: 90%, freed: 30m, good: 2h"));
  EXPECT_NEAR(down(analysis), chain.unavailability, 1e-9);
  EXPECT_NEAR(analysis.availability->outages_per_year, chain.outages_per_h * kHoursPerYear,
              1e-6 * kHoursPerYear);
  EXPECT_EQ(analysis.availability->exactness, findings::Exactness::exact);
}

TEST(Coverage, OfOneInTwoAgreesWithTheMarkovChain) {
  expect_agreement(2, 1);
}

TEST(Coverage, OfTwoInThreeAgreesWithTheMarkovChain) {
  expect_agreement(3, 2);
}

TEST(Coverage, OfAllFaultsIsNoCoverageAtAll) {
  const auto plain = analysed(group(3, 2, "takes: 0s"));
  const auto full = analysed(group(3, 2, "coverage: 100%"));
  EXPECT_EQ(down(plain), down(full));
}

TEST(Coverage, LimitsWhatMoreReplicasAreWorth) {
  // With enough of them the group is down only by faults that nobody stands in for, and each
  // replica more brings more of those: 2 replicas are better than 1, and 6 worse than 3.
  const auto at = [](int n) { return down(analysed(group(n, 1, "coverage: 90%, freed: 30m"))); };
  const double one = down(
      analysed(lab("  A: {kind: compute, scope: region, failure: {every: 20h, repair: 1h}}\n")));
  EXPECT_LT(at(2), one);
  EXPECT_GT(at(6), at(3));
}

TEST(Coverage, IsOfGroupsThatHaveOneToSpare) {
  const auto all_needed = analysed(group(2, 2, "coverage: 50%, freed: 10h"));
  const auto plain = analysed(group(2, 2, "takes: 0s"));
  EXPECT_EQ(down(all_needed), down(plain));
}

TEST(Coverage, OfAStandbyIsAFailoverThatHappens) {
  const auto standby = [](const std::string& coverage) {
    return down(analysed(
        lab("  A: {kind: database, scope: region, replicas: 2, redundancy: primary_standby, "
            "failure: {every: 20h, repair: 1h}, switching: {detect: 0s, takes: 0s" +
            coverage + "}}\n")));
  };
  const Element element = {1.0 / 20, 0.8, 1, 0.5, 2};
  EXPECT_NEAR(standby(", coverage: 80%, freed: 30m, good: 2h"),
              Chain({element, element}, 1).solve().unavailability, 1e-9);
  EXPECT_LT(standby(""), standby(", coverage: 80%, freed: 30m, good: 2h"));
}

TEST(Coverage, ADeadOneThatNoCheckFindsCostsItsShareUntilPeopleDo) {
  // Two servers, MTTF 60 d, MTTR 1 h, one suffices: of one fault in ten half of the requests are lost
  // for two hours instead of 30 s.
  const auto two = [](const std::string& more) {
    return analysed(
        lab("  A: {kind: compute, scope: region, replicas: 2, at_least: 1, failure: {every: 60d, "
            "repair: 1h}, switching: {detect: 30s, takes: 0s" +
            more + "}}\n"));
  };
  const double w = 1.0 / (60 * 86400.0 + 3600);
  const double q = 3600 * w;
  const double tau = 3600 * (1 - std::exp(-30.0 / 3600));
  const double extra = 2 * w * (1 - q) * 0.5 * 0.1 * (7200 - tau);
  EXPECT_NEAR(down(two(", unnoticed: 10%, freed: 2h")) - down(two("")), extra, 1e-3 * extra);
  EXPECT_EQ(*support::row(two(", unnoticed: 10%, freed: 2h"), "server").down_s,
            *support::row(two(""), "server").down_s);
}

TEST(Coverage, OfATypeIsAFactThatIsDrawnAndTold) {
  const auto analysis =
      analysed(lab("  A: {type: aws.rds.mysql, region: us-east-1, zones: [a, b], replicas: 2, "
                   "redundancy: primary_standby}\n"));
  const auto is_told = [](const auto& a) { return a.name == "A stands in for"; };
  EXPECT_EQ(std::count_if(analysis.assumptions.begin(), analysis.assumptions.end(), is_told), 1);
}

}  // namespace
}  // namespace outlast
