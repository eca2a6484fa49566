#include "mef/read.h"

#include <gtest/gtest.h>

#include "mef/write.h"
#include "models.h"

namespace outlast::mef {
namespace {

/// Truth of the only top for each assignment of its events, the first event the lowest bit.
std::string truth_of(const Tried& tried) {
  std::string truth;
  const std::size_t n = tried.model->events.size();
  for (std::size_t mask = 0; mask < std::size_t{1} << n; ++mask) {
    std::vector<bool> happened;
    for (std::size_t i = 0; i < n; ++i) {
      happened.push_back((mask >> i & 1U) != 0);
    }
    const auto values = tried.model->gates.evaluate(happened);
    truth += values[tried.model->tops.front().gate.index] ? '1' : '0';
  }
  return truth;
}

std::string of_two(const std::string& formula) {
  return tree("<define-gate name=\"g\">" + formula + "</define-gate>" + event("a", number(0.1)) +
              event("b", number(0.2)));
}

TEST(ReadModel, ConnectivesMeanWhatTheFormatSays) {
  const std::string both = "<event name=\"a\"/><event name=\"b\"/>";
  const std::pair<std::string, std::string> cases[] = {
      {"<and>" + both + "</and>", "0001"},
      {"<or>" + both + "</or>", "0111"},
      {"<xor>" + both + "</xor>", "0110"},
      {"<nand>" + both + "</nand>", "1110"},
      {"<nor>" + both + "</nor>", "1000"},
      {"<iff>" + both + "</iff>", "1001"},
      {"<imply>" + both + "</imply>", "1011"},
      {"<not><imply>" + both + "</imply></not>", "0100"},
      {"<not><xor>" + both + "</xor></not>", "1001"},
      {"<atleast min=\"2\">" + both + "</atleast>", "0001"},
      {"<not><atleast min=\"1\">" + both + "</atleast></not>", "1000"},
      {"<cardinality min=\"1\" max=\"1\">" + both + "</cardinality>", "0110"},
      {"<not><cardinality min=\"0\" max=\"1\">" + both + "</cardinality></not>", "0001"},
      {"<or><event name=\"a\"/><and><constant value=\"true\"/><event name=\"b\"/></and></or>",
       "0111"},
  };
  for (const auto& [formula, truth] : cases) {
    const Tried tried = read_texts({of_two(formula)});
    ASSERT_TRUE(tried.model) << formula << tried.told();
    EXPECT_EQ(truth_of(tried), truth) << formula;
  }
}

TEST(ReadModel, DoubleNegationIsCoherent) {
  const Tried tried = read_texts(
      {of_two("<nand><not><event name=\"a\"/></not><nor><event name=\"b\"/></nor></nand>")});
  ASSERT_TRUE(tried.model) << tried.told();
  EXPECT_TRUE(tried.model->gates.is_monotone(tried.model->tops.front().gate));
  EXPECT_EQ(truth_of(tried), "0111");
}

TEST(ReadModel, HouseEventsAreConstants) {
  const Tried tried = read_texts(
      {tree("<define-gate name=\"g\"><and><event name=\"a\"/><house-event "
            "name=\"h\"/></and></define-gate>"
            "<define-house-event name=\"h\"><constant value=\"true\"/></define-house-event>" +
            event("a", number(0.5)))});
  ASSERT_TRUE(tried.model) << tried.told();
  EXPECT_EQ(truth_of(tried), "01");
}

TEST(ReadModel, SeveralFilesMakeOneModel) {
  const Tried tried = read_texts(
      {tree("<define-gate name=\"g\"><basic-event name=\"a\"/></define-gate>"),
       "<opsa-mef><model-data>" + event("a", number(0.25)) + "</model-data></opsa-mef>"});
  ASSERT_TRUE(tried.model) << tried.told();
  EXPECT_EQ(tried.model->probability, std::vector<double>{0.25});
}

TEST(ReadModel, ReferencesAreFoundFromWhereTheyStand) {
  const Tried tried = read_texts({tree(
      "<define-gate name=\"top\"><or><gate name=\"c.g\"/><event name=\"a\"/></or></define-gate>"
      "<define-component name=\"c\" role=\"private\">"
      "<define-gate name=\"g\"><event name=\"a\"/></define-gate>" +
      event("a", number(0.25)) + "</define-component>" + event("a", number(0.5)))});
  ASSERT_TRUE(tried.model) << tried.told();
  ASSERT_EQ(tried.model->events.size(), 2U);
  EXPECT_EQ(tried.model->events[0].name, "t.c.a");
  EXPECT_EQ(tried.model->probability, (std::vector<double>{0.25, 0.5}));
}

TEST(ReadModel, TopsAreTheGatesThatNoOtherUses) {
  const std::string text = tree(
      "<define-gate name=\"x\"><gate name=\"y\"/></define-gate>"
      "<define-gate name=\"y\"><event name=\"a\"/></define-gate>"
      "<define-gate name=\"z\"><gate name=\"y\"/></define-gate>" +
      event("a", number(0.5)));
  const Tried tried = read_texts({text});
  ASSERT_TRUE(tried.model) << tried.told();
  ASSERT_EQ(tried.model->tops.size(), 2U);
  EXPECT_EQ(tried.model->tops[0].name, "x");
  EXPECT_EQ(tried.model->tops[1].name, "z");
  ReadOptions options;
  options.tops = {"y"};
  EXPECT_EQ(read_texts({text}, options).model->tops.front().name, "y");
}

TEST(ReadModel, AllMistakesAreToldAtOnce) {
  const Tried tried = read_texts({tree(
      "<define-gate name=\"g\"><or><event name=\"a\"/><event name=\"missing\"/></or></define-gate>"
      "<define-gate name=\"g\"><event name=\"a\"/></define-gate>"
      "<define-gate name=\"l1\"><gate name=\"l2\"/></define-gate>"
      "<define-gate name=\"l2\"><gate name=\"l1\"/></define-gate>"
      "<define-gate name=\"k\"><atleast min=\"3\"><event name=\"a\"/></atleast></define-gate>"
      "<define-event-tree name=\"e\"/>" +
      event("a", number(1.5)) + event("b", "<sine>" + number(1) + "</sine>"))});
  EXPECT_FALSE(tried.model);
  const std::string told = tried.told();
  for (const char* code : {"OUT-E1510", "OUT-E1511", "OUT-E1512", "OUT-E1513", "OUT-E1514",
                           "OUT-E1516", "OUT-E1518"}) {
    EXPECT_NE(told.find(code), std::string::npos) << code << "\n" << told;
  }
}

TEST(ReadModel, WhatIsNoModelIsRefused) {
  const std::string deep(300, '(');
  std::string nested = "<event name=\"a\"/>";
  for (std::size_t i = 0; i < deep.size(); ++i) {
    nested = "<or>" + nested + "</or>";
  }
  const std::pair<std::string, std::string> cases[] = {
      {"", "OUT-E1501"},
      {"<opsa-mef>", "OUT-E1501"},
      {"<opsa-mef/><opsa-mef/>", "OUT-E1501"},
      {"<model/>", "OUT-E1510"},
      {"<opsa-mef/>", "OUT-E1515"},
      {"<!DOCTYPE x [<!ENTITY a \"b\">]><opsa-mef/>", "OUT-E1503"},
      {of_two(nested), "OUT-E1502"},
  };
  for (const auto& [text, code] : cases) {
    const Tried tried = read_texts({text});
    EXPECT_FALSE(tried.model);
    ASSERT_FALSE(tried.codes().empty()) << text.substr(0, 40);
    EXPECT_EQ(tried.codes().front(), code) << text.substr(0, 40);
  }
}

TEST(ReadModel, AChainOfAHundredThousandGatesNeedsNoStack) {
  std::string gates;
  constexpr int kLength = 100'000;
  for (int i = 0; i < kLength; ++i) {
    gates += "<define-gate name=\"g" + std::to_string(i) + "\"><or><gate name=\"g" +
             std::to_string(i + 1) + "\"/><event name=\"a\"/></or></define-gate>";
  }
  gates += "<define-gate name=\"g" + std::to_string(kLength) +
           "\"><event name=\"a\"/></define-gate>" + event("a", number(0.5));
  const Tried tried = read_texts({tree(gates)});
  ASSERT_TRUE(tried.model) << tried.told();
  EXPECT_EQ(truth_of(tried), "01");
}

TEST(ReadModel, WhatIsWrittenIsReadBackAsTheSame) {
  const Tried first = read_texts({tree(
      "<define-gate name=\"g\"><or><and><event name=\"a\"/><event name=\"b&amp;&lt;\"/></and>"
      "<atleast min=\"2\"><event name=\"a\"/><not><event name=\"g7\"/></not>"
      "<event name=\"b&amp;&lt;\"/></atleast></or></define-gate>" +
      event("a", number(0.125)) + event("b&amp;&lt;", number(0.3)) + event("g7", number(1e-3)))});
  ASSERT_TRUE(first.model) << first.told();
  const Tried second = read_texts({write_model(*first.model)});
  ASSERT_TRUE(second.model) << second.told();
  EXPECT_EQ(truth_of(second), truth_of(first));
  EXPECT_EQ(second.model->probability, first.model->probability);
  EXPECT_EQ(second.model->tops.front().name, "g");
  EXPECT_EQ(second.model->events[1].name, "b");
}

TEST(WriteModel, NamesBecomeIdentifiersThatDiffer) {
  Model model;
  const std::vector<std::string> names{"shop.db is down", "shop db is down", "2 zones",
                                       "a--b-",           "us-west-2a",      "창고"};
  std::vector<base::GateId> inputs;
  for (std::size_t i = 0; i < names.size(); ++i) {
    inputs.push_back(model.gates.variable(model.gates.add_variable()));
    model.events.push_back({names[i], {}, {}});
  }
  model.tops = {{"us-west-2a", model.gates.any(inputs)}};
  const std::string text = write_model(model);
  for (const char* const written :
       {"<define-gate name=\"us-west-2a\">", "name=\"shop_db_is_down\"><label>shop.db is down<",
        "name=\"shop_db_is_down_2\"><label>shop db is down<", "name=\"_2_zones\"", "name=\"a-_b\"",
        "name=\"us-west-2a_2\"", "<label>창고</label>"}) {
    EXPECT_NE(text.find(written), std::string::npos) << written << " in " << text;
  }
}

}  // namespace
}  // namespace outlast::mef
