#include "mef/expressions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "models.h"

namespace outlast::mef {
namespace {

/// Value of one event's expression.
double value_of(const std::string& expression, const std::string& definitions = "") {
  const Tried tried = read_texts({tree("<define-gate name=\"g\"><event name=\"a\"/></define-gate>" +
                                       event("a", expression) + definitions)});
  EXPECT_TRUE(tried.model) << tried.told();
  return tried.model ? tried.model->probability.front() : -1;
}

std::string call(const std::string& name, std::initializer_list<double> arguments) {
  std::string text = "<" + name + ">";
  for (const double argument : arguments) {
    std::ostringstream digits;
    digits.precision(17);
    digits << argument;
    text += "<float value=\"" + digits.str() + "\"/>";
  }
  return text + "</" + name + ">";
}

TEST(Expressions, ArithmeticIsOfAnyLength) {
  EXPECT_DOUBLE_EQ(value_of(call("add", {0.1, 0.2, 0.3})), 0.6);
  EXPECT_DOUBLE_EQ(value_of(call("sub", {0.9, 0.2, 0.3})), 0.4);
  EXPECT_DOUBLE_EQ(value_of(call("mul", {0.5, 0.5, 0.5})), 0.125);
  EXPECT_DOUBLE_EQ(value_of(call("div", {1, 2, 4})), 0.125);
  EXPECT_DOUBLE_EQ(value_of(call("pow", {0.5, 3})), 0.125);
  EXPECT_DOUBLE_EQ(value_of(call("min", {0.5, 0.25})), 0.25);
  EXPECT_DOUBLE_EQ(value_of(call("mean", {0.5, 0.25})), 0.375);
}

TEST(Expressions, MissionTimeAndParametersEnter) {
  EXPECT_NEAR(value_of("<exponential><parameter name=\"l\"/><system-mission-time/></exponential>",
                       "<define-parameter name=\"l\"><float value=\"1e-5\"/></define-parameter>"),
              1 - std::exp(-0.0876), 1e-15);
}

TEST(Expressions, SmallRatesKeepTheirDigits) {
  EXPECT_NEAR(value_of(call("exponential", {1e-12, 1})) / 1e-12, 1, 1e-11);
}

/// γ e^(−(λ+μ)t) + λ/(λ+μ) (1 − e^(−(λ+μ)t)).
TEST(Expressions, Glm) {
  const double rate = 1e-3 + 0.1;
  EXPECT_NEAR(value_of(call("GLM", {0.25, 1e-3, 0.1, 10})),
              0.25 * std::exp(-rate * 10) + 1e-3 / rate * (1 - std::exp(-rate * 10)), 1e-15);
}

TEST(Expressions, Weibull) {
  EXPECT_NEAR(value_of(call("Weibull", {100, 2, 5, 55})), 1 - std::exp(-0.25), 1e-15);
  EXPECT_DOUBLE_EQ(value_of(call("Weibull", {100, 2, 5, 4})), 0);
}

TEST(Expressions, ATestFindsWhatHasFailed) {
  EXPECT_NEAR(value_of(call("periodic-test", {1e-4, 100, 20, 250})), 1 - std::exp(-1e-4 * 30),
              1e-15);
  EXPECT_NEAR(value_of(call("periodic-test", {1e-4, 100, 20, 10})), 1 - std::exp(-1e-4 * 10),
              1e-15);
}

/// Repair so fast that it is done at once is the test that repairs; repair so slow that it is
/// never done makes the test useless.
TEST(Expressions, RepairLiesBetweenAtOnceAndNever) {
  const double at_once = value_of(call("periodic-test", {1e-4, 100, 20, 250}));
  EXPECT_NEAR(value_of(call("periodic-test", {1e-4, 1e3, 100, 20, 250})), at_once, 1e-9);
  EXPECT_NEAR(value_of(call("periodic-test", {1e-4, 1e-15, 100, 20, 250})),
              1 - std::exp(-1e-4 * 250), 1e-9);
  EXPECT_NEAR(value_of(call("periodic-test", {1e-2, 1e-2, 100, 20, 250})),
              value_of(call("periodic-test", {1e-2, 1.0000001e-2, 100, 20, 250})), 1e-7);
}

/// Means in closed form, and the means of many draws near them.
TEST(Expressions, DeviatesHaveTheirMeans) {
  const std::pair<std::string, double> cases[] = {
      {call("uniform-deviate", {0.2, 0.4}), 0.3},
      {call("normal-deviate", {0.5, 0.05}), 0.5},
      {call("lognormal-deviate", {0.01, 3, 0.95}), 0.01},
      {call("lognormal-deviate", {-3, 0.5}), std::exp(-3 + 0.125)},
      {call("gamma-deviate", {2, 0.05}), 0.1},
      {call("gamma-deviate", {0.5, 0.2}), 0.1},
      {call("beta-deviate", {2, 6}), 0.25},
      {"<histogram><float value=\"0\"/><bin><float value=\"0.2\"/><float value=\"3\"/></bin>"
       "<bin><float value=\"0.4\"/><float value=\"1\"/></bin></histogram>",
       (3 * 0.1 + 0.3) / 4},
  };
  for (const auto& [expression, mean] : cases) {
    const Tried tried = read_texts({tree(
        "<define-gate name=\"g\"><event name=\"a\"/></define-gate>" + event("a", expression))});
    ASSERT_TRUE(tried.model) << tried.told();
    EXPECT_NEAR(tried.model->probability.front(), mean, 1e-12) << expression;
    const Expressions& expressions = tried.model->expressions;
    std::vector<double> values = expressions.at_means(1);
    constexpr std::size_t kTrials = 20'000;
    double sum = 0;
    for (std::size_t trial = 0; trial < kTrials; ++trial) {
      expressions.draw(1, 7, trial, values);
      sum += values[tried.model->events.front().expression.index];
    }
    EXPECT_NEAR(sum / kTrials, mean, 0.02 * mean) << expression;
  }
}

TEST(Expressions, OneParameterIsOneNumberInATrial) {
  const std::string use = "<parameter name=\"u\"/>";
  const Tried tried = read_texts({tree(
      "<define-gate name=\"g\"><or><event name=\"a\"/><event name=\"b\"/></or></define-gate>" +
      event("a", use) + event("b", use) + "<define-parameter name=\"u\">" +
      call("uniform-deviate", {0, 1}) + "</define-parameter>")});
  ASSERT_TRUE(tried.model) << tried.told();
  std::vector<double> values = tried.model->expressions.at_means(1);
  tried.model->expressions.draw(1, 1, 3, values);
  EXPECT_EQ(values[tried.model->events[0].expression.index],
            values[tried.model->events[1].expression.index]);
}

TEST(Expressions, ParametersThatNeedThemselvesAreRefused) {
  const Tried tried =
      read_texts({tree("<define-gate name=\"g\"><event name=\"a\"/></define-gate>" +
                       event("a", "<parameter name=\"x\"/>") +
                       "<define-parameter name=\"x\"><parameter name=\"y\"/></define-parameter>"
                       "<define-parameter name=\"y\"><parameter name=\"x\"/></define-parameter>")});
  EXPECT_FALSE(tried.model);
  EXPECT_EQ(tried.codes().front(), "OUT-E1517");
}

}  // namespace
}  // namespace outlast::mef
