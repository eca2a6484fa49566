// What is written means the same when it is read again: gates, probabilities, and every draw.

#include "mef/write.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "engines/faulttree/solution.h"
#include "models.h"

namespace outlast::mef {
namespace {

std::size_t below(std::size_t end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, end));
}

std::string call(const std::string& name, const std::vector<std::string>& arguments) {
  std::string text = "<" + name + ">";
  for (const std::string& argument : arguments) {
    text += argument;
  }
  return text + "</" + name + ">";
}

/// A number that is certain or not, between 0 and about 0.2.
std::string random_number(std::size_t parameters) {
  switch (below(parameters > 0 ? 9 : 7)) {
    case 0:
      return call("uniform-deviate", {number(0.01), number(0.02 + 0.01 * double(below(9)))});
    case 1:
      return call("lognormal-deviate", {number(0.01), number(3), number(0.95)});
    case 2:
      return call("beta-deviate", {number(2), number(9 + double(below(20)))});
    case 3:
      return call("histogram", {number(0), call("bin", {number(0.1), number(3)}),
                                call("bin", {number(0.2), number(1)})});
    case 4:
      return call("exponential",
                  {call("gamma-deviate", {number(2), number(1e-6)}), "<system-mission-time/>"});
    case 5:
      return call("mul", {call("normal-deviate", {number(0.5), number(0.01)}), number(0.1)});
    case 6:
      return number(0.001 * double(1 + below(100)));
    default:
      return "<parameter name=\"q" + std::to_string(below(parameters)) + "\"/>";
  }
}

/// Parameters, of which later ones use earlier ones; events, of which some are not used; gates.
std::string random_text(std::size_t events) {
  std::string parameters;
  const std::size_t count = below(5);
  for (std::size_t i = 0; i < count; ++i) {
    parameters += "<define-parameter name=\"q" + std::to_string(i) + "\">" + random_number(i) +
                  "</define-parameter>";
  }
  std::string body;
  for (std::size_t i = 0; i < events; ++i) {
    body += event("e" + std::to_string(i), random_number(count));
  }
  const std::size_t gates = 1 + below(6);
  for (std::size_t g = 0; g < gates; ++g) {
    const char* const kinds[] = {"and", "or", "nand", "xor"};
    const auto any = [&] {
      const std::size_t at = below(events + g);
      return at < events ? "<event name=\"e" + std::to_string(at) + "\"/>"
                         : "<gate name=\"g" + std::to_string(at - events) + "\"/>";
    };
    body += "<define-gate name=\"g" + std::to_string(g) + "\">" +
            call(kinds[below(4)], {any(), any()}) + "</define-gate>";
  }
  return tree(below(2) == 0 ? body + parameters : parameters + body);
}

/// Every event's probability in a trial, by name, of the events that a gate depends on.
std::map<std::string, double> drawn(const Model& model, std::uint64_t trial) {
  std::vector<double> values = model.expressions.at_means(100);
  model.expressions.draw(100, 7, trial, values);
  std::map<std::string, double> by_name;
  for (const Event& event : model.events) {
    by_name[event.name] = values[event.expression.index];
  }
  return by_name;
}

double solved(const Model& model, const Top& top) {
  return engines::faulttree::Solution::of(model.gates, top.gate, {}, model.probability)
      .probability(model.probability)
      .high;
}

RC_GTEST_PROP(WriteModel, WhatIsReadBackHasTheSameAnswersAndDraws, ()) {
  ReadOptions options;
  options.mission_time = 100;
  const Tried first = read_texts({random_text(2 + below(8))}, options);
  RC_ASSERT(first.model.has_value());
  const std::string text = write_model(*first.model);
  const Tried second = read_texts({text}, options);
  if (!second.model) {
    RC_FAIL(second.told() + text);
  }
  RC_ASSERT(second.model->tops.size() == first.model->tops.size());
  for (std::size_t i = 0; i < first.model->tops.size(); ++i) {
    const double before = solved(*first.model, first.model->tops[i]);
    RC_ASSERT(std::fabs(solved(*second.model, second.model->tops[i]) - before) <= 1e-12 * before);
  }
  RC_ASSERT(second.model->expressions.has_deviates() == first.model->expressions.has_deviates());
  for (std::uint64_t trial = 0; trial < 3; ++trial) {
    const auto before = drawn(*first.model, trial);
    for (const auto& [name, value] : drawn(*second.model, trial)) {
      RC_ASSERT(before.at(name) == value);
    }
  }
  RC_ASSERT(write_model(*second.model) == write_model(*read_texts({text}, options).model));
}

TEST(WriteModel, AProbabilityOfTimeIsWrittenAsOne) {
  const Tried first = read_texts(
      {tree("<define-gate name=\"g\"><event name=\"a\"/></define-gate>" +
            event("a", call("exponential", {number(0.001), "<system-mission-time/>"})))});
  ASSERT_TRUE(first.model) << first.told();
  ReadOptions options;
  options.mission_time = 10;
  const Tried second = read_texts({write_model(*first.model)}, options);
  ASSERT_TRUE(second.model) << second.told();
  EXPECT_NEAR(second.model->probability.front(), 0.00995016625, 1e-11);
}

TEST(WriteModel, AChainOfParametersIsNotNestedTooDeeply) {
  std::string parameters = "<define-parameter name=\"q0\">" + number(0.1) + "</define-parameter>";
  for (int i = 1; i < 2000; ++i) {
    parameters += "<define-parameter name=\"q" + std::to_string(i) + "\">" +
                  call("neg", {"<parameter name=\"q" + std::to_string(i - 1) + "\"/>"}) +
                  "</define-parameter>";
  }
  const Tried first =
      read_texts({tree("<define-gate name=\"g\"><event name=\"a\"/></define-gate>" +
                       event("a", call("abs", {"<parameter name=\"q1999\"/>"})) + parameters)});
  ASSERT_TRUE(first.model) << first.told();
  const Tried second = read_texts({write_model(*first.model)});
  ASSERT_TRUE(second.model) << second.told();
  EXPECT_EQ(second.model->probability, first.model->probability);
}

TEST(WriteModel, LabelsAndAttributesOfTopsAndEventsAreKept) {
  const std::string attributes =
      "<attributes><attribute name=\"unit\" value=\"A&amp;B\" type=\"text\"/></attributes>";
  const std::string text = tree(
      "<define-gate name=\"top\"><label>All &lt; gone\n&amp; lost</label>" + attributes +
      "<or><gate name=\"below\"/><event name=\"a\"/></or></define-gate>"
      "<define-gate name=\"below\"><label>dropped</label><and><event name=\"a\"/><event "
      "name=\"b\"/>"
      "</and></define-gate>" +
      event("a", "<label> pump\n</label>" + attributes + number(0.1)) + event("b", number(0.1)));
  const Tried read = read_texts({text});
  ASSERT_TRUE(read.model) << read.told();
  EXPECT_EQ(read.model->left_out, 1U);
  const Tried again = read_texts({write_model(*read.model)});
  ASSERT_TRUE(again.model) << again.told();
  const auto expect_about = [&](const About& about, const std::string& label) {
    EXPECT_EQ(about.label, label);
    ASSERT_EQ(about.attributes.size(), 1U);
    EXPECT_EQ(about.attributes.front().name, "unit");
    EXPECT_EQ(about.attributes.front().value, "A&B");
    EXPECT_EQ(about.attributes.front().type, "text");
  };
  expect_about(again.model->tops.front().about, "All < gone\n& lost");
  expect_about(again.model->events.front().about, "pump");
  EXPECT_TRUE(again.model->events.back().about.label.empty());
  EXPECT_EQ(again.model->left_out, 0U);
}

}  // namespace
}  // namespace outlast::mef
