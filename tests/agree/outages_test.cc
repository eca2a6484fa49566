// Days of many faults on random small architectures, where load plays no part: how long users are
// down on the clock against the structure worked out moment by moment, from the times between which
// each replica is up alone; and availability over a thousand outages against its formula.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "clock/simulate.h"
#include "support/make_blueprint.h"

namespace outlast::agree {
namespace {

struct Span {
  double begin_s = 0;
  double end_s = 0;
};

/// One component, as this test knows it: replicas one a zone, each down in its spans.
struct Part {
  std::string id;
  bool is_standby = false;
  int at_least = 1;
  double notices_s = 0;                 ///< detection, and the switch
  std::vector<std::vector<Span>> down;  ///< by replica
};

const Span* span_at(const std::vector<Span>& spans, double at_s) {
  const auto found = std::find_if(spans.begin(), spans.end(), [&](const Span& span) {
    return span.begin_s <= at_s && at_s < span.end_s;
  });
  return found == spans.end() ? nullptr : &*found;
}

/// Share of its requests that a component loses: all where too few are up, or the primary is gone
/// and nobody has taken over; else those to dead replicas that nobody has noticed.
double lost_at(const Part& part, double at_s) {
  const auto replicas = static_cast<double>(part.down.size());
  int up = 0;
  double unnoticed = 0;
  for (std::size_t r = 0; r < part.down.size(); ++r) {
    const Span* span = span_at(part.down[r], at_s);
    up += span == nullptr ? 1 : 0;
    const bool is_new = span != nullptr && at_s < span->begin_s + part.notices_s;
    unnoticed += is_new ? (part.is_standby && r > 0 ? 0 : part.is_standby ? 1 : 1 / replicas) : 0;
  }
  return up < part.at_least ? 1 : unnoticed;
}

std::vector<double> moments_of(const std::vector<Part>& parts) {
  std::vector<double> moments;
  for (const Part& part : parts) {
    for (const auto& spans : part.down) {
      for (const Span& span : spans) {
        moments.insert(moments.end(), {span.begin_s, span.begin_s + part.notices_s, span.end_s});
      }
    }
  }
  std::sort(moments.begin(), moments.end());
  return moments;
}

/// A request takes each of the parts once.
double down_by_structure(const std::vector<Part>& parts) {
  const auto moments = moments_of(parts);
  double down_s = 0;
  for (std::size_t i = 0; i + 1 < moments.size(); ++i) {
    double served = 1;
    for (const Part& part : parts) {
      served *= 1 - lost_at(part, (moments[i] + moments[i + 1]) / 2);
    }
    down_s += served < 0.495 ? moments[i + 1] - moments[i] : 0;
  }
  return down_s;
}

std::string yaml_of(const std::vector<Part>& parts, const std::vector<std::size_t>& caller) {
  std::string yaml = "outlast: 1\nname: random\njourneys:\n  main: {enters: A}\ncomponents:\n";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    std::string needs;
    for (std::size_t j = 1; j < parts.size(); ++j) {
      needs += caller[j] == i ? parts[j].id + ", " : "";
    }
    yaml += "  " + part.id + ": {kind: compute, provider: any, region: r, zones: [" +
            (part.down.size() > 1 ? "a, b" : "a") +
            "], replicas: " + std::to_string(part.down.size()) +
            ", at_least: " + std::to_string(part.at_least) +
            (part.is_standby ? ", redundancy: primary_standby" : "") +
            ", switching: {detect: " + std::to_string(static_cast<int>(part.notices_s)) +
            "s, takes: 0s}, needs: [" + needs + "]}\n";
  }
  return yaml;
}

blueprint::Scenario scenario_of(const std::vector<Part>& parts) {
  blueprint::Scenario scenario;
  scenario.name = "random";
  scenario.users = blueprint::Value<double>::of(600);
  for (const Part& part : parts) {
    for (std::size_t r = 0; r < part.down.size(); ++r) {
      for (const Span& span : part.down[r]) {
        blueprint::ScenarioFault fault;
        fault.id = "f" + std::to_string(scenario.faults.size());
        fault.fault = blueprint::Fault::down;  // with no start of its own afterwards
        fault.error = blueprint::Value<base::Share>::of({1});
        fault.at = {span.begin_s};
        fault.lasts = blueprint::Value<base::Seconds>::of({span.end_s - span.begin_s});
        fault.match.component = blueprint::Value<std::string>::of(part.id);
        fault.match.zone = blueprint::Value<std::string>::of(r == 0 ? "a" : "b");
        scenario.faults.push_back(fault);
      }
    }
  }
  return scenario;
}

findings::Simulated played(const std::vector<Part>& parts, const std::vector<std::size_t>& caller,
                           double until_s) {
  clock::SimulateOptions options;
  options.until_s = until_s;
  options.without_load_alone = true;
  base::Diagnostics diagnostics;
  const auto bp = support::make_blueprint(yaml_of(parts, caller));
  const auto simulated =
      clock::simulate(bp, catalog::Catalog::built_in(), scenario_of(parts), options, diagnostics);
  EXPECT_TRUE(simulated && *simulated);
  return simulated && *simulated ? **simulated : findings::Simulated{};
}

Part random_part(std::size_t index) {
  Part part;
  part.id = std::string(1, static_cast<char>('A' + index));
  const int replicas = index == 0 ? 1 : *rc::gen::inRange(1, 3);
  part.is_standby = replicas == 2 && *rc::gen::arbitrary<bool>();
  part.at_least = part.is_standby ? 1 : *rc::gen::inRange(1, replicas + 1);
  part.notices_s = replicas > 1 ? *rc::gen::inRange(0, 90) : 0;
  part.down.resize(static_cast<std::size_t>(replicas));
  for (std::size_t r = 0; r < part.down.size() && index > 0; ++r) {
    // One after the other, and a standby is not asked to take over twice.
    double at_s = 60;
    const int spans = part.is_standby ? (r == 0 ? 1 : 0) : *rc::gen::inRange(r == 0 ? 1 : 0, 3);
    for (int i = 0; i < spans; ++i) {
      at_s += *rc::gen::inRange(10, 200);
      const double end_s = at_s + *rc::gen::inRange(10, 200);
      part.down[r].push_back({at_s, end_s});
      at_s = end_s;
    }
  }
  return part;
}

RC_GTEST_PROP(Outages, DownOfManyFaultsIsThatOfTheStructureOverTime, ()) {
  std::vector<Part> parts;
  std::vector<std::size_t> caller;
  const auto components = *rc::gen::inRange<std::size_t>(2, 6);
  for (std::size_t i = 0; i < components; ++i) {
    parts.push_back(random_part(i));
    caller.push_back(i == 0 ? 0 : *rc::gen::inRange<std::size_t>(0, i));
  }
  // A second of each fault is what steps of one second can hide.
  const double steps_s = 2 + static_cast<double>(moments_of(parts).size()) / 3;
  const double clock_s = played(parts, caller, 1200).down_s.value;
  RC_ASSERT(std::fabs(clock_s - down_by_structure(parts)) <= steps_s);
}

/// Two replicas of which one suffices, half of the requests each: a replica that dies costs its half
/// until it is noticed, and both are gone together for q² of the time.
TEST(Outages, AvailabilityOfAThousandOutagesIsTheStructuresAndTheTransients) {
  constexpr double kUp_s = 1000;
  constexpr double kDown_s = 250;
  constexpr double kNotices_s = 30;
  constexpr int kDays = 22;
  constexpr double kDay_s = 30'000;
  std::mt19937_64 random(1);
  std::exponential_distribution<double> one;
  std::uniform_real_distribution<double> chance;
  double sum = 0;
  double squares = 0;
  std::size_t outages = 0;
  for (int day = 0; day < kDays; ++day) {
    Part entry;
    entry.id = "A";
    entry.down.resize(1);
    Part pair;
    pair.id = "B";
    pair.notices_s = kNotices_s;
    pair.down.resize(2);
    for (auto& spans : pair.down) {
      // As in the long run: down at first as often as ever.
      double at_s = chance(random) < kDown_s / (kUp_s + kDown_s) ? 0 : one(random) * kUp_s;
      while (at_s < kDay_s) {
        const double end_s = at_s + one(random) * kDown_s;
        spans.push_back({at_s, end_s});
        at_s = end_s + one(random) * kUp_s;
        ++outages;
      }
    }
    const auto simulated = played({entry, pair}, {0, 0}, kDay_s);
    const double lost = simulated.lost_requests / simulated.offered_requests;
    sum += lost;
    squares += lost * lost;
  }
  EXPECT_GE(outages, 1000U);
  const double mean = sum / kDays;
  const double error = std::sqrt((squares / kDays - mean * mean) / (kDays - 1));
  // U, and Σ w m a E[min(τ, D)]: while the other one is up, half of the requests.
  const double q = kDown_s / (kUp_s + kDown_s);
  const double unnoticed_s = kDown_s * (1 - std::exp(-kNotices_s / kDown_s));
  const double expected = q * q + 2 * (1 - q) * 0.5 * unnoticed_s / (kUp_s + kDown_s);
  constexpr double kErrors = 3.819;  // 99.9 % of 22 days, Student
  EXPECT_NEAR(mean, expected, kErrors * error);
  EXPECT_LT(kErrors * error, expected / 4) << "the interval must tell something";
}

}  // namespace
}  // namespace outlast::agree
