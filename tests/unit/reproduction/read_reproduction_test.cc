#include "reproduction/read_reproduction.h"

#include <gtest/gtest.h>

namespace outlast::reproduction {
namespace {

std::string head() {
  return "reproduction: x\ntitle: t\nsources: {s: {url: u, date: 2025-01-01}}\n"
         "parameters:\n"
         "  life: {value: 5m, what: w, source: s, trust: V}\n"
         "  speed: {value: 10%, per: 1h, what: w, fitted: end}\n";
}

/// All that is told of it; empty: nothing is wrong.
std::string told(const std::string& yaml) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto documents = base::parse_yaml(sources, sources.add("r.yaml", yaml, ""), diagnostics);
  EXPECT_TRUE(documents.has_value());
  const auto read = read_reproduction(documents->front().root(), diagnostics);
  EXPECT_EQ(read.has_value(), !diagnostics.has_errors());
  return base::render(diagnostics, sources);
}

bool tells(const std::string& yaml, std::string_view what) {
  return told(yaml).find(what) != std::string::npos;
}

TEST(ReadReproduction, TakesParametersByNameAndStepsInOrder) {
  EXPECT_EQ(
      told(head() + "steps:\n  - {event: a, what: w, by: expires, with: {after: life}}\n"
                    "  - {event: end, what: w, from: a, by: works_off, with: {rate: speed}}\n"),
      "");
}

TEST(ReadReproduction, RefusesAStepThatComesFromALaterOne) {
  EXPECT_TRUE(tells(head() + "steps:\n  - {event: a, what: w, from: b, by: decided}\n"
                             "  - {event: b, what: w, by: decided}\n",
                    "no step before brings about \"b\""));
}

TEST(ReadReproduction, RefusesAFigureInAStep) {
  EXPECT_TRUE(tells(head() + "steps: [{event: a, what: w, by: expires, with: {after: 5m}}]\n",
                    "there is no parameter \"5m\""));
}

TEST(ReadReproduction, RefusesAFigureOfAnotherKindAndOneThatIsMissing) {
  EXPECT_TRUE(tells(head() + "steps: [{event: a, what: w, by: expires, with: {after: speed}}]\n",
                    "after is to be a time"));
  EXPECT_TRUE(tells(head() + "steps: [{event: a, what: w, by: expires}]\n", "a has no after"));
}

TEST(ReadReproduction, RefusesWhatIsNeitherSourcedNorFitted) {
  EXPECT_TRUE(
      tells("reproduction: x\ntitle: t\nparameters: {p: {value: 5m, what: w}}\n"
            "steps: [{event: a, what: w, by: decided}]\n",
            "a parameter has no source"));
}

TEST(ReadReproduction, RefusesStagesThatDoNotReachAllAndRatesOfNothing) {
  const auto with = [](const std::string& value) {
    return "reproduction: x\ntitle: t\nparameters: {p: {" + value +
           ", what: w, fitted: a}}\nsteps: [{event: a, what: w, by: decided}]\n";
  };
  EXPECT_EQ(told(with("value: [1%, 100%]")), "");
  for (const char* value : {"value: [10%, 1%]", "value: [1%, 10%]", "value: 0%, per: 1h",
                            "value: 10%, per: 0s", "value: soon"}) {
    EXPECT_TRUE(tells(with(value), "p: that is no figure")) << value;
  }
}

}  // namespace
}  // namespace outlast::reproduction
