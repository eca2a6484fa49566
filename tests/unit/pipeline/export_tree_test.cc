// The tree that is exported says what check says.

#include "pipeline/export_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engines/faulttree/solution.h"
#include "mef/read.h"
#include "pipeline/pipeline.h"
#include "support/root.h"

namespace outlast::pipeline {
namespace {

struct Read {
  std::map<std::string, double> down;  ///< by top, as the tree's gates and events say
  ExportedTree tree;
  findings::Availability availability;
};

Read read_tree(const std::vector<std::string>& inputs, const base::FileSource& files) {
  Options how;
  how.tries_fixes = false;
  const Evaluation evaluation = evaluate(inputs, files, how);
  const bool is_analysed = evaluation.blueprint && evaluation.analysis.availability;
  EXPECT_TRUE(is_analysed) << inputs.front();
  Read out;
  if (!is_analysed) {
    return out;
  }
  out.availability = *evaluation.analysis.availability;
  out.tree = export_tree(*evaluation.blueprint, catalog::Catalog::built_in(), evaluation.workings);
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto model = mef::read_model({"tree.xml"}, base::MemoryFiles({{"tree.xml", out.tree.text}}),
                                     {}, sources, diagnostics);
  EXPECT_TRUE(model) << base::render(diagnostics, sources);
  for (std::size_t i = 0; model && i < model->tops.size(); ++i) {
    const auto& top = model->tops[i];
    const auto solved =
        engines::faulttree::Solution::of(model->gates, top.gate, {}, model->probability);
    out.down[top.name] = solved.probability(model->probability).high;
  }
  return out;
}

/// By how much check is told to say something else of a top.
double told_difference(const Read& read, const std::string& top) {
  for (const TreeDifference& difference : read.tree.differences) {
    if (difference.top == top) {
      return difference.by;
    }
  }
  return 0;
}

/// Of journeys of one cohort; returns how many.
std::size_t expect_equal(const Read& read, const std::string& about) {
  std::size_t compared = 0;
  for (const auto& journey : read.availability.journeys) {
    const std::string top = journey.name + " is down";
    std::string identifier = top;
    std::replace_if(
        identifier.begin(), identifier.end(), [](char c) { return c == ' ' || c == '.'; }, '_');
    const auto at = read.down.find(identifier);
    if (at == read.down.end()) {
      EXPECT_TRUE(read.down.contains(identifier + "_cohort_1")) << about << top;
      continue;
    }
    const double check = 1 - journey.value;
    const double by = told_difference(read, top);
    EXPECT_NEAR(at->second + by, check, 1e-12 + 1e-9 * check) << about << top;
    EXPECT_LT(std::fabs(by), 1e-3 * check) << about << top;
    ++compared;
  }
  return compared;
}

TEST(ExportTree, SaysWhatCheckSaysOfTheExamples) {
  const base::DiskFiles files;
  const std::string examples = support::project_root() + "/examples/";
  std::vector<std::vector<std::string>> all = {{"shop/plan.json", "shop/overlay.yaml"},
                                               {"shop/plan-resilient.json", "shop/overlay.yaml"}};
  for (const std::string outage : {"aws-2025-10-20", "azure-2025-10-29", "cloudflare-2025-11-18"}) {
    for (const std::string kind :
         {"servers-fragile", "servers-resilient", "services-fragile", "services-resilient"}) {
      all.push_back({"outages/" + outage + "/" + kind + ".yaml"});
    }
  }
  std::size_t masked = 0;
  std::size_t compared = 0;
  for (const std::vector<std::string>& names : all) {
    std::vector<std::string> inputs;
    for (const std::string& name : names) {
      inputs.push_back(examples + name);
    }
    const Read read = read_tree(inputs, files);
    compared += expect_equal(read, names.front() + ": ");
    masked += read.tree.text.find("until it is masked") != std::string::npos ? 1 : 0;
  }
  EXPECT_GT(compared, all.size() / 2);
  EXPECT_GT(masked, 0U) << "no example has a switch: nothing was compared";
}

}  // namespace
}  // namespace outlast::pipeline
