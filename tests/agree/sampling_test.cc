// Sampling against the exact engine, on models drawn at random.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "engines/faulttree/diagram.h"
#include "engines/montecarlo/sampler.h"
#include "unit/engines/faulttree/models.h"

namespace outlast::engines {
namespace {

using faulttree::draw_below;
using faulttree::Model;
using faulttree::random_model;

void expect_agreement(const Model& m, const std::vector<double>& p) {
  const auto diagram = faulttree::Diagram::build(m.gates, m.top);
  RC_ASSERT(diagram.has_value());
  const double truth = diagram->probability(p);
  for (const bool conditions : {false, true}) {
    montecarlo::SampleOptions options;
    options.seed = draw_below(1'000'000);
    options.scenarios = 1U << 17U;
    options.relative_error = 0;
    options.conditions = conditions;
    const auto s = montecarlo::sample_probability(m.gates, m.top, p, {}, options);
    // Two and a half intervals away: never by chance, as good as always by a mistake.
    RC_ASSERT(std::abs(s.probability - truth) <= 2.5 * (s.high - s.low) + 1e-12 * truth);
  }
}

RC_GTEST_PROP(SamplingLaws, AgreesWithTheDiagram, ()) {
  const Model m = random_model(30);
  expect_agreement(m, faulttree::random_probabilities(m.gates.variable_count()));
}

RC_GTEST_PROP(SamplingLaws, AgreesWithTheDiagramWhereFailureIsRare, ()) {
  const Model m = random_model(30);
  auto p = faulttree::random_probabilities(m.gates.variable_count());
  for (double& value : p) {
    value = 1e-6 + value * 0.02;
  }
  expect_agreement(m, p);
}

RC_GTEST_PROP(SamplingLaws, AgreesWithTheDiagramWhereEventsAreNegated, ()) {
  const Model m = faulttree::random_model_with_negation(20);
  auto p = faulttree::random_probabilities(m.gates.variable_count());
  const bool is_rare = draw_below(2) == 0;
  for (double& value : p) {
    value = is_rare ? 1e-6 + value * 0.02 : value;
  }
  expect_agreement(m, p);
}

}  // namespace
}  // namespace outlast::engines
