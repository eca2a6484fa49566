#include "engines/interleaving/search.h"

#include <gtest/gtest.h>

#include "base/document.h"
#include "base/file_source.h"
#include "support/root.h"

namespace outlast::engines::interleaving {
namespace {

Protocol protocol_of(const std::string& yaml) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto documents = base::parse_yaml(sources, sources.add("p.yaml", yaml, ""), diagnostics);
  EXPECT_TRUE(documents.has_value());
  auto protocol = read_protocol(documents->front().root(), diagnostics);
  EXPECT_TRUE(protocol.has_value()) << base::render(diagnostics, sources);
  return protocol.value_or(Protocol());
}

Protocol of_the_project(const std::string& name) {
  const base::DiskFiles files;
  const auto text =
      files.read(support::project_root() + "/data/protocols/" + name + ".yaml", 1U << 20U);
  EXPECT_TRUE(text.has_value()) << name;
  return protocol_of(*text);
}

/// Two who add to one counter, reading before they write.
std::string counter(const std::string& steps_b) {
  return "protocol: counter\ntitle: a lost update\nsource: ours\n"
         "state: {x: 0, a: 0, b: 0, done: 0}\nprocesses:\n"
         "  first:\n"
         "    - {step: reads, when: done < 2, do: {a: x}}\n"
         "    - {step: writes, do: {x: a + 1, done: done + 1}}\n"
         "  second:\n" +
         steps_b + "never: [done == 2, x == 1]\n";
}

TEST(Search, FindsTheOrderInWhichAnUpdateIsLost) {
  const Protocol protocol =
      protocol_of(counter("    - {step: reads, when: done < 2, do: {b: x}}\n"
                          "    - {step: writes, do: {x: b + 1, done: done + 1}}\n"));
  const Search found = search(protocol);
  ASSERT_TRUE(found.is_reached);
  EXPECT_EQ(found.way.size(), 4U) << "both read, both write";
  EXPECT_EQ(found.way.back().state[0], 1);
}

TEST(Search, ProvesThatOneStepLosesNothingAlone) {
  const Search found = search(
      protocol_of("protocol: p\ntitle: t\nsource: s\nstate: {x: 0, done: 0}\nprocesses:\n"
                  "  first: [{step: adds, when: done < 2, do: {x: x + 1, done: done + 1}}]\n"
                  "  second: [{step: adds, when: done < 2, do: {x: x + 1, done: done + 1}}]\n"
                  "never: [done == 2, x == 1]\n"));
  EXPECT_FALSE(found.is_reached);
  EXPECT_TRUE(found.is_finished);
  EXPECT_EQ(found.states, 3U);
}

TEST(Search, ABudgetThatIsUsedUpProvesNothing) {
  const Search found =
      search(protocol_of("protocol: p\ntitle: t\nsource: s\nstate: {x: 0}\nprocesses:\n"
                         "  one: [{step: counts, do: {x: x + 1}}]\nnever: x < 0\n"),
             100);
  EXPECT_FALSE(found.is_reached);
  EXPECT_FALSE(found.is_finished);
}

TEST(DnsPlanner, ASlowWorkerAppliesAPlanThatIsDeleted) {
  const Protocol protocol = of_the_project("dns-planner");
  const Search found = search(protocol);
  ASSERT_TRUE(found.is_reached);
  // Two plans; one worker takes and checks the first, another does all with the second, and before
  // that is over the first one applies its own.
  EXPECT_EQ(found.way.size(), 9U);
  const auto& last = found.way.back().state;
  EXPECT_LT(last[1], last[2]) << "the record names a plan that is gone";
}

TEST(DnsPlanner, RepairedItHasNoSuchOrder) {
  const Search found = search(of_the_project("dns-planner-repaired"));
  EXPECT_FALSE(found.is_reached);
  EXPECT_TRUE(found.is_finished);
  EXPECT_GT(found.states, 1000U);
}

/// Each of the two changes alone leaves an order that breaks it.
TEST(DnsPlanner, HalfOfTheRepairIsNone) {
  Protocol only_cleared = of_the_project("dns-planner");
  for (Process& process : only_cleared.processes) {
    for (Step& step : process.steps) {
      for (Assignment& effect : step.effects) {
        if (effect.variable == 2) {
          effect.value = {1, 0};  // deletes before the record, not before its own plan
        }
      }
    }
  }
  EXPECT_TRUE(search(only_cleared).is_reached);
}

TEST(DnsPlanner, OneWorkerAloneIsSafe) {
  Protocol alone = of_the_project("dns-planner");
  alone.processes.resize(2);
  const Search found = search(alone);
  EXPECT_FALSE(found.is_reached);
  EXPECT_TRUE(found.is_finished);
}

}  // namespace
}  // namespace outlast::engines::interleaving
