// Known outcomes of real architectures (data/backtest).

#include "backtest/backtest.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/document.h"
#include "support/root.h"

namespace outlast::backtest {
namespace {

const Backtest& of_the_project() {
  static const Backtest backtest = [] {
    base::Sources sources;
    base::Diagnostics diagnostics;
    const auto run = run_backtest({support::project_root() + "/data/backtest"}, base::DiskFiles(),
                                  sources, diagnostics);
    EXPECT_TRUE(run.has_value()) << base::render(diagnostics, sources);
    return run.value_or(Backtest());
  }();
  return backtest;
}

double share(const Score& score) {
  return static_cast<double>(score.right) / static_cast<double>(score.functions);
}

TEST(Backtest, WhatWasRevealedTellsMoreThanEveryRuleWithoutMechanism) {
  const Backtest& backtest = of_the_project();
  ASSERT_GT(backtest.results.size(), 25U);
  for (const Score* simple :
       {&backtest.always, &backtest.anywhere_revealed, &backtest.one_hop_revealed}) {
    EXPECT_GT(backtest.revealed.right, simple->right);
  }
  EXPECT_GE(backtest.revealed.right, backtest.declared.right);
}

TEST(Backtest, EveryPartOfEveryCaseCitesASourceOfIts) {
  const base::DiskFiles files;
  const auto paths = files.list(support::project_root() + "/data/backtest");
  ASSERT_TRUE(paths.has_value());
  for (const std::string& path : *paths) {
    base::Sources sources;
    base::Diagnostics diagnostics;
    const auto source = sources.add(path, *files.read(path, 1U << 20U), "");
    const auto documents = base::parse_yaml(sources, source, diagnostics);
    ASSERT_TRUE(documents) << path;
    const auto c = read_case(documents->front().root(), diagnostics);
    ASSERT_TRUE(c) << base::render(diagnostics, sources);
    for (const std::string* text : {&c->declared, &c->revealed}) {
      if (text->empty()) {
        continue;
      }
      const auto inner = base::parse_yaml(sources, sources.add(path, *text, ""), diagnostics);
      ASSERT_TRUE(inner) << path;
      const base::Node components = inner->front().root()["components"];
      for (std::size_t i = 0; i < components.size(); ++i) {
        const std::string_view cited = components.at(i)["x-source"].text();
        ASSERT_GT(cited.size(), 2U) << path << ": " << components.key(i);
        const bool may_be_inferred =
            text == &c->revealed && std::any_of(c->functions.begin(), c->functions.end(),
                                                [](const auto& one) { return one.is_inferred; });
        EXPECT_NE(std::string_view(may_be_inferred ? "PREI" : "PRE").find(cited[0]),
                  std::string_view::npos)
            << path << ": what only the outcome shows is no part of what counts";
        EXPECT_TRUE(std::any_of(
            c->sources.begin(), c->sources.end(),
            [&](const auto& known) { return cited.find(known.first) != std::string_view::npos; }))
            << path << ": " << cited;
      }
    }
  }
}

TEST(Backtest, WhatTheOutcomeAloneShowsIsToldAndNotScored) {
  const auto& results = of_the_project().results;
  const auto website = std::find_if(results.begin(), results.end(), [](const Result& result) {
    return result.id == "natwest" && result.seen.journey == "website";
  });
  ASSERT_NE(website, results.end());
  EXPECT_EQ(website->revealed.fell, website->seen.fell);
  EXPECT_TRUE(website->seen.is_inferred);
  EXPECT_EQ(of_the_project().revealed.functions,
            static_cast<std::size_t>(
                std::count_if(results.begin(), results.end(),
                              [](const Result& result) { return !result.seen.is_inferred; })));
  EXPECT_NE(backtest_text(of_the_project()).find("\n  natwest, website\n"), std::string::npos);
}

TEST(Backtest, WhatIsNotKnownIsNotRight) {
  const Backtest& backtest = of_the_project();
  std::size_t right = 0;
  std::size_t not_known = 0;
  for (const Result& result : backtest.results) {
    if (result.seen.is_inferred) {
      continue;
    }
    right += result.revealed.fell == result.seen.fell ? 1U : 0U;
    not_known += result.revealed.fell ? 0U : 1U;
  }
  EXPECT_EQ(right, backtest.revealed.right);
  EXPECT_EQ(not_known, backtest.revealed.not_known) << "and it is told how often";
  EXPECT_TRUE(std::any_of(backtest.results.begin(), backtest.results.end(),
                          [](const Result& result) { return !result.revealed.fell; }));
  EXPECT_LT(share(backtest.revealed), 1);
}

}  // namespace
}  // namespace outlast::backtest
