// Four ways to one answer: the brute force over all states of the events, read off the blueprint;
// the gates evaluated at the same states; the diagram's probability; and the sum over states.

#include "failure/structure.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "agree/oracle.h"
#include "agree/random_blueprint.h"
#include "base/series.h"
#include "engines/faulttree/diagram.h"
#include "support/make_blueprint.h"

namespace outlast::agree {
namespace {

using failure::EventId;

/// A blueprint with its events and their structure, every event with a rate.
struct Model {
  explicit Model(const std::string& yaml)
      : bp(support::make_blueprint(yaml)),
        dependence(bp),
        paths(failure::list_paths(bp)),
        events(failure::list_events(bp, catalog::Catalog::built_in())),
        impacts(events.size()) {
    failure::ImpactFinder finder(bp, catalog::Catalog::built_in(), dependence, paths, 1);
    for (const EventId id : base::ids<EventId>(events.size())) {
      impacts[id] = finder.impact_of(events[id]);
    }
    structure.emplace(bp, catalog::Catalog::built_in(), dependence, events, impacts, paths,
                      failure::Reading{});
  }

  blueprint::Blueprint bp;
  failure::Dependence dependence;
  std::vector<failure::Path> paths;
  base::IdVector<EventId, failure::Event> events;
  base::IdVector<EventId, failure::Impact> impacts;
  std::optional<failure::Structure> structure;
};

constexpr std::size_t kMostEvents = 16;

/// Calls `visit(happened by event, truth by variable, probability)` for every state of the
/// variables. A variable of no event says whether a region's shock hits its only service.
template <class Visit>
void for_each_state(const Model& model, Visit visit) {
  const auto& p = model.structure->probability();
  std::vector<EventId> event_of(p.size());
  for (const auto& event : model.structure->events()) {
    event_of[event.variables.front().index] = event.event;
  }
  for (std::size_t state = 0; state < (std::size_t{1} << p.size()); ++state) {
    std::vector<bool> happened(model.events.size(), false);
    std::vector<bool> truth(p.size(), false);
    double probability = 1;
    bool is_hit = true;
    for (std::size_t v = 0; v < p.size(); ++v) {
      truth[v] = ((state >> v) & 1U) != 0;
      probability *= truth[v] ? p[v] : 1 - p[v];
      if (event_of[v].exists()) {
        happened[event_of[v].index] = truth[v];
      } else {
        is_hit = truth[v];
      }
    }
    for (const EventId id : base::ids<EventId>(model.events.size())) {
      if (model.events[id].kind == failure::EventKind::region_outage) {
        happened[id.index] = happened[id.index] && is_hit;
      }
    }
    visit(happened, truth, probability);
  }
}

bool is_small(const Model& model) {
  const auto& variables = model.structure->events();
  return model.structure->probability().size() <= kMostEvents &&
         std::all_of(variables.begin(), variables.end(),
                     [](const auto& v) { return v.variables.size() == 1; });
}

RC_GTEST_PROP(StructureAgrees, WithBruteForceOverAllStates, ()) {
  const std::string yaml = *random_blueprint(Caches::with);
  const Model model(yaml);
  RC_PRE(is_small(model));
  const Oracle oracle(model.bp, model.events);
  const auto& path = model.paths.front();
  const base::GateId top = model.structure->top(0);
  double sum = 0;
  for_each_state(model, [&](const auto& happened, const auto& truth, double probability) {
    const bool is_down = !oracle.running(happened, path.operations)[path.enters.index];
    RC_ASSERT(model.structure->gates().evaluate(truth)[top.index] == is_down);
    sum += is_down ? probability : 0;
  });
  const auto diagram = engines::faulttree::Diagram::build(model.structure->gates(), top);
  RC_ASSERT(diagram.has_value());
  RC_ASSERT(std::abs(diagram->probability(model.structure->probability()) - sum) < 1e-12);
}

/// What a finder remembers of events alike changes nothing of what it says of the next.
RC_GTEST_PROP(StructureAgrees, WhateverEventsAFinderHasSeenBefore, ()) {
  const Model model(*random_blueprint(Caches::with));
  failure::ImpactFinder seasoned(model.bp, catalog::Catalog::built_in(), model.dependence,
                                 model.paths, 1);
  for (const auto bound : {failure::Bound::evidence, failure::Bound::pessimistic,
                           failure::Bound::optimistic, failure::Bound::evidence}) {
    const failure::Reading reading{.placement = bound, .edges = bound, .buffers = bound};
    for (const failure::Event& event : model.events) {
      failure::ImpactFinder fresh(model.bp, catalog::Catalog::built_in(), model.dependence,
                                  model.paths, 1);
      const failure::Impact known = seasoned.impact_of(event, reading);
      const failure::Impact found = fresh.impact_of(event, reading);
      RC_ASSERT(known.paths.size() == found.paths.size());
      for (std::size_t i = 0; i < found.paths.size(); ++i) {
        RC_ASSERT(known.paths[i].path == found.paths[i].path);
        RC_ASSERT(known.paths[i].down_mean_s == found.paths[i].down_mean_s);
        RC_ASSERT(known.paths[i].is_down_for_good == found.paths[i].is_down_for_good);
        RC_ASSERT(known.paths[i].masked_share == found.paths[i].masked_share);
        RC_ASSERT(known.paths[i].masked_s == found.paths[i].masked_s);
      }
      RC_ASSERT(known.casualties.size() == found.casualties.size());
      for (std::size_t i = 0; i < found.casualties.size(); ++i) {
        RC_ASSERT(known.casualties[i].component == found.casualties[i].component);
        RC_ASSERT(known.casualties[i].stops_users == found.casualties[i].stops_users);
        RC_ASSERT(known.casualties[i].lost_for_s == found.casualties[i].lost_for_s);
      }
      RC_ASSERT(known.bystanders.size() == found.bystanders.size());
    }
  }
}

/// Which single events take users down, by the words of the model; absent: something is down with
/// nothing failed, which is an error of the input.
std::optional<std::vector<bool>> down_by_words(const Model& model) {
  const Oracle oracle(model.bp, model.events);
  const auto& path = model.paths.front();
  std::vector<bool> happened(model.events.size(), false);
  const std::vector<bool> runs = oracle.running(happened, path.operations);
  if (std::find(runs.begin(), runs.end(), false) != runs.end()) {
    return std::nullopt;
  }
  std::vector<bool> down;
  for (std::size_t e = 0; e < model.events.size(); ++e) {
    happened[e] = true;
    down.push_back(!oracle.running(happened, path.operations)[path.enters.index]);
    happened[e] = false;
  }
  return down;
}

std::vector<bool> down_by_time(const Model& model) {
  std::vector<bool> down;
  for (const auto& impact : model.impacts) {
    down.push_back(!impact.paths.empty() && impact.paths.front().is_down_for_good);
  }
  return down;
}

RC_GTEST_PROP(StructureAgrees, WithTheTimedFunctionAboutSingleEvents, ()) {
  const Model model(*random_blueprint(Caches::with));
  const auto down = down_by_words(model);
  RC_PRE(down.has_value());
  RC_ASSERT(down_by_time(model) == *down);
}

/// Two groups that need each other within each zone; of the second, two replicas must run.
std::string in_each_zone(const std::string& kind) {
  const auto group = [&](const std::string& name, int at_least, const std::string& other) {
    return "  " + name +
           ": {kind: compute, provider: any, region: r, scope: zone, zones: [a, b], replicas: 3, "
           "at_least: " +
           std::to_string(at_least) +
           ", failure: {every: 30d, repair: 40h}, needs: [{to: " + other + ", kind: " + kind +
           ", local: true}]}\n";
  };
  return "outlast: 1\nname: near\njourneys: {main: {enters: A}}\ncomponents:\n" +
         group("A", 1, "B") + group("B", 2, "A");
}

TEST(Loops, OfCallsWithinAZoneKeepRunningThereWhenTheRestIsTooLittle) {
  const Model model(in_each_zone("service"));
  const auto down = down_by_words(model);
  ASSERT_TRUE(down.has_value());
  EXPECT_EQ(down_by_time(model), *down);
  for (const EventId id : base::ids<EventId>(model.events.size())) {
    const bool is_of_a_zone = model.events[id].kind == failure::EventKind::zone_outage;
    EXPECT_FALSE(is_of_a_zone && (*down)[id.index]) << "one zone is enough for A";
  }
}

TEST(Loops, OfSupplyWithinAZoneAreNotFed) {
  EXPECT_FALSE(down_by_words(Model(in_each_zone("supply"))).has_value()) << "never up";
}

/// Services that call each other, each the next and one far away: all of them are one loop.
std::string circle(std::size_t services) {
  std::string yaml = "outlast: 1\nname: circle\njourneys:\n  main: {enters: s0}\ncomponents:\n";
  for (std::size_t i = 0; i < services; ++i) {
    yaml += "  s" + std::to_string(i) +
            ": {kind: compute, provider: any, region: r, scope: zone, zones: [a], " +
            "failure: {every: 30d, repair: 40h}, needs: [s" + std::to_string((i + 1) % services) +
            ", s" + std::to_string((i + 17) % services) + "]}\n";
  }
  return yaml;
}

TEST(Loops, OfCallsAloneAreSettledInOneRoundHoweverLong) {
  constexpr std::size_t kServices = 401;
  const Model model(circle(kServices));
  // A gate for each service and its causes, not one more for each round.
  EXPECT_LT(model.structure->gates().size(), 6 * kServices);
  const auto series = base::read_series(model.structure->gates(), {model.structure->top(0)});
  ASSERT_TRUE(series.of_top.front().has_value());
  EXPECT_GE(series.of_top.front()->size(), kServices);
  for (const auto& impact : model.impacts) {
    ASSERT_EQ(impact.paths.size(), 1U);
    EXPECT_TRUE(impact.paths.front().is_down_for_good);
  }
}

/// Services that call each other at random, entered at two of them.
/// in  beside  what each needs, too
std::string random_calls(const std::string& beside) {
  const int services = *rc::gen::inRange(2, 8);
  std::string yaml =
      "outlast: 1\nname: calls\njourneys:\n  one: {enters: s0}\n  other: {enters: s" +
      std::to_string(services - 1) + "}\ncomponents:\n";
  const std::string is =
      ": {kind: compute, provider: any, region: r, scope: zone, zones: [a], "
      "failure: {every: 30d, repair: 40h}, needs: [";
  for (int i = 0; i < services; ++i) {
    yaml += "  s" + std::to_string(i) + is + beside;
    for (int to = 0; to < services; ++to) {
      const bool calls = to != i && *rc::gen::inRange(0, services) < 2;
      yaml += calls ? "{to: s" + std::to_string(to) + "}, " : "";
    }
    yaml += "]}\n";
  }
  return yaml;
}

/// What of an impact both blueprints tell alike.
auto told(const Model& model, EventId id) {
  const failure::Impact& impact = model.impacts[id];
  std::vector<failure::PathImpact> paths(impact.paths.begin(), impact.paths.end());
  std::vector<std::tuple<std::string, bool, bool>> others;
  for (const auto& casualty : impact.casualties) {
    others.emplace_back(model.bp[casualty.component].id, casualty.is_down, casualty.stops_users);
  }
  for (const auto& bystander : impact.bystanders) {
    others.emplace_back(model.bp[bystander.component].id, bystander.is_down, false);
  }
  std::sort(others.begin(), others.end());
  return std::pair(paths, others);
}

RC_GTEST_PROP(PlainCalls, TellWhatTheRulesTell, ()) {
  // Two that are always there: a need of either is no plain one, so that rules are applied.
  const std::string marker = "{beside}";
  const std::string text = random_calls(marker);
  const auto with = [&](const std::string& beside, const std::string& more) {
    std::string out = text;
    for (std::size_t at = out.find(marker); at != std::string::npos; at = out.find(marker)) {
      out.replace(at, marker.size(), beside);
    }
    return Model(out + more);
  };
  const std::string is = ": {kind: compute, provider: any, region: r, scope: zone, zones: [b]}\n";
  const Model plain = with("", "");
  const Model ruled = with("{any_of: [u1, u2]}, ", "  u1" + is + "  u2" + is);
  std::size_t compared = 0;
  for (const EventId id : base::ids<EventId>(plain.events.size())) {
    for (const EventId same : base::ids<EventId>(ruled.events.size())) {
      const bool is_same = plain.events[id].kind == ruled.events[same].kind &&
                           plain.events[id].what == ruled.events[same].what &&
                           plain.events[id].kind == failure::EventKind::instance;
      if (is_same) {
        ++compared;
        RC_ASSERT(told(plain, id) == told(ruled, same));
      }
    }
  }
  RC_ASSERT(compared > 0);
}

}  // namespace
}  // namespace outlast::agree
