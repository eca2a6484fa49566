// What is wrong with a file, and what is told of it.

#include <gtest/gtest.h>

#include "models.h"

namespace outlast::mef {
namespace {

const std::string kGate =
    "<define-gate name=\"g\"><or><basic-event name=\"a\"/><basic-event name=\"b\"/></or>"
    "</define-gate>";

/// A model of two events, with something put before the event a, and something else as its
/// expression.
std::string with(const std::string& more, const std::string& expression = number(0.1)) {
  return tree(kGate + more + event("a", expression) + event("b", number(0.1)));
}

struct Case {
  std::string text;
  std::string code;
  std::string told;
};

void expect_refused(const std::vector<Case>& cases) {
  for (const auto& [text, code, told] : cases) {
    const Tried tried = read_texts({text});
    EXPECT_FALSE(tried.model) << text;
    ASSERT_FALSE(tried.codes().empty()) << text;
    EXPECT_EQ(tried.codes().front(), code) << text << tried.told();
    EXPECT_NE(tried.told().find(told), std::string::npos) << told << "\n" << tried.told();
    EXPECT_FALSE(tried.diagnostics.items().front().help.empty()) << "no remedy: " << tried.told();
  }
}

TEST(Mistakes, WhatWasMeantIsLookedForAmongItsKind) {
  const auto help_for = [](const std::string& reference) {
    const Tried tried = read_texts({tree(
        "<define-gate name=\"top\"><or>" + reference + "<gate name=\"pumps\"/></or></define-gate>" +
        "<define-gate name=\"pumps\"><event name=\"pump1\"/></define-gate>" +
        event("pump1", number(0.1)))});
    return tried.diagnostics.items().empty() ? "" : tried.diagnostics.items().front().help;
  };
  EXPECT_EQ(help_for("<basic-event name=\"pumpz\"/>"), "did you mean \"pump1\"?");
  EXPECT_EQ(help_for("<gate name=\"pumpz\"/>"), "did you mean \"pumps\"?");
  EXPECT_EQ(help_for("<event name=\"pump\"/>"), "did you mean \"pumps\"?");
  EXPECT_EQ(help_for("<house-event name=\"pump\"/>"),
            "define it, in this file or one given with it");
}

TEST(Mistakes, WhatIsNotDefinedIsMarkedByItsName) {
  const std::string text = with("<define-gate name=\"h\"><event  name = 'nowhere'/></define-gate>");
  const Tried tried = read_texts({text});
  ASSERT_FALSE(tried.diagnostics.items().empty());
  const base::Span span = tried.diagnostics.items().front().span;
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "nowhere");
}

TEST(Mistakes, WhatXmlForbidsIsRefused) {
  const std::string good = with("");
  ASSERT_TRUE(read_texts({good}).model);
  expect_refused({
      {good + "text", "OUT-E1501", "there is text behind the end of the model"},
      {"text" + good, "OUT-E1501", "it begins with text"},
      {"{\"a\": 1}", "OUT-E1501", "it begins with text"},
      {"", "OUT-E1501", "the file is empty"},
      {"<html><p>text</p></html>", "OUT-E1510", "the root is html, not opsa-mef"},
      {"<!-- -->", "OUT-E1501", "there is no element"},
      {with("stray"), "OUT-E1501", "there is text in define-fault-tree"},
      {with("<![CDATA[stray]]>"), "OUT-E1501", "there is text in define-fault-tree"},
      {good + "<opsa-mef/>", "OUT-E1501", "a second root"},
      {good + "<?xml version=\"1.0\"?>", "OUT-E1501", "a declaration that is not at the beginning"},
      {"<opsa-mef><define-fault-tree name=\"t\">", "OUT-E1501", "ends within define-fault-tree"},
      {"<opsa-mef><define-fault-tree name=\"t\"></opsa-mef>", "OUT-E1501",
       "</opsa-mef> closes nothing that is open"},
      {"<opsa-mef", "OUT-E1501", "the tag of opsa-mef has no end"},
      {"<opsa-mef a=b/>", "OUT-E1501", "attributes are written name=\"…\""},
      {"<opsa-mef><!-- -- --></opsa-mef>", "OUT-E1501", "comments without --"},
      {"<opsa-mef></opsa-mef></opsa-mef>", "OUT-E1501", "an end of what did not begin"},
      {"<opsa-mef a=\"1\"b=\"2\"/>", "OUT-E1501", "no place here"},
      {"<opsa-mef><label>]]></label></opsa-mef>", "OUT-E1501", "no place here"},
      {"<opsa-mef><![CDATA[ ", "OUT-E1501", "the character data has no end"},
      {"<opsa-mef 1=\"a\"/>", "OUT-E1501", "no place here"},
      {"<opsa-mef a=\"1\" a=\"2\"/>", "OUT-E1501", "two attributes a"},
      {"<opsa-mef a=\"<\"/>", "OUT-E1501", "a < that begins no element"},
      {"<opsa-mef>< </opsa-mef>", "OUT-E1501", "a < that begins no element"},
      {"<opsa-mef a=\"\x01\"/>", "OUT-E1501", "a control character"},
      {"<opsa-mef a=\"1 & 2\"/>", "OUT-E1501", "an & that begins no entity"},
      {"<opsa-mef a=\"&#0;\"/>", "OUT-E1501", "there is no character &#0;"},
      {"<opsa-mef a=\"&#xD800;\"/>", "OUT-E1501", "there is no character &#xD800;"},
      {"<opsa-mef a=\"&foo;\"/>", "OUT-E1503", "the entity foo is not defined"},
      {"<opsa-mef><!-- </opsa-mef>", "OUT-E1501", "the comment has no end"},
  });
}

TEST(Mistakes, ADocumentTypeIsReadThoughNothingIsTakenFromIt) {
  const std::string good = with("");
  for (const std::string type :
       {"<!DOCTYPE opsa-mef>", "<!DOCTYPE opsa-mef SYSTEM \"mef.dtd\">",
        "<!DOCTYPE opsa-mef PUBLIC '-//x' \"mef.dtd\" [ <!ELEMENT a (b)> <!-- > --> ] >"}) {
    EXPECT_TRUE(read_texts({type + good}).model) << type << read_texts({type + good}).told();
  }
  expect_refused({
      {"<!DOCTYPE >" + good, "OUT-E1501", "the document type is broken"},
      {"<!DOCTYPE opsa-mef SYSTEM>" + good, "OUT-E1501", "the document type is broken"},
      {"<!DOCTYPE opsa-mef [ <!ELEMENT ]>" + good, "OUT-E1501", "the document type is broken"},
      {"<!DOCTYPE opsa-mef [ broken ]>" + good, "OUT-E1501", "the document type is broken"},
      {good + "<!DOCTYPE opsa-mef>", "OUT-E1501", "stands once, and before the root"},
      {"<!DOCTYPE a [ <!ENTITY b \"c\"> ]>" + good, "OUT-E1503", "defines entities"},
      {"<!DOCTYPE a [ %b; ]>" + good, "OUT-E1503", "from elsewhere"},
      {"<!DOCTYPE a [ <!ENTITY % b SYSTEM 'c'> %b; ]>" + good, "OUT-E1503", "defines entities"},
      {"<!DOCTYPE a SYSTEM 'b'><opsa-mef a='1&c;'/>", "OUT-E1503", "the entity c is not defined"},
      {"<!DOCTYPE a SYSTEM 'b'><opsa-mef>&c;</opsa-mef>", "OUT-E1503",
       "the entity c is not defined"},
  });
}

TEST(Mistakes, TheFirstOfEachFileIsShownWhereItIs) {
  const Tried tried = read_texts({"<opsa-mef>\n  <define-gate name=\"g\">\n  </gate>\n</opsa-mef>",
                                  "<opsa-mef>\n  <a b=\"1\" b=\"2\"/></opsa-mef>", "\n \n &"});
  EXPECT_EQ(tried.codes(), (std::vector<std::string>{"OUT-E1501", "OUT-E1501", "OUT-E1501"}));
  EXPECT_NE(tried.told().find("model0.xml:3:5"), std::string::npos) << tried.told();
  EXPECT_NE(tried.told().find("write </define-gate> first"), std::string::npos) << tried.told();
  EXPECT_NE(tried.told().find("model1.xml:2:12"), std::string::npos) << tried.told();
  EXPECT_NE(tried.told().find("model2.xml:3:2"), std::string::npos) << tried.told();
}

TEST(Mistakes, TextsAreReadAsXmlReadsThem) {
  const Tried tried = read_texts(
      {tree("<define-gate name=\"a&amp;b\"><or><event name='x&#65;'/><event name=\"y\n z\"/></or>"
            "</define-gate>" +
            event("xA", number(0.1)) + event("y  z", number(0.1)))});
  ASSERT_TRUE(tried.model) << tried.told();
  EXPECT_EQ(tried.model->tops.front().name, "a&b");
}

TEST(Mistakes, LabelsHoldTextAndCommentsAnything) {
  const Tried tried = read_texts(
      {"\n<?xml-stylesheet a?><!-- &x; < - -->" +
       with("<!-- & --><define-gate name=\"h\"><label>R &amp; D &#x41; <![CDATA[<&]]></label>"
            "<gate name=\"g\"/></define-gate>") +
       "<!-- -->\n"});
  EXPECT_TRUE(tried.model) << tried.told();
}

TEST(Mistakes, WhatIsDefinedTwiceIsRefused) {
  const std::string two = "<opsa-mef><define-fault-tree name=\"t\">" + kGate +
                          "</define-fault-tree><define-fault-tree name=\"t\">" +
                          event("a", number(0.1)) + event("b", number(0.1)) +
                          "</define-fault-tree></opsa-mef>";
  expect_refused({{two, "OUT-E1511", "t is defined twice"},
                  {with("<define-component name=\"c\"/><define-component name=\"c\"/>"),
                   "OUT-E1511", "first as a component"}});
  const Tried files = read_texts(
      {with(""), "<opsa-mef><model-data>" + event("a", number(0.1)) + "</model-data></opsa-mef>"});
  EXPECT_EQ(files.codes(), std::vector<std::string>{"OUT-E1511"});
}

TEST(Mistakes, WhatNoGateUsesIsLookedAtToo) {
  expect_refused({
      {with(event("u", number(7))), "OUT-E1518", "the probability of u is 7"},
      {with("<define-parameter name=\"p\"><exponential>" + number(-1) + number(1) +
            "</exponential></define-parameter>"),
       "OUT-E1520", "exponential of -1, 1 has no value"},
      {with("<define-gate><or><event name=\"missing\"/></or></define-gate>"), "OUT-E1510",
       "missing is not defined"},
  });
}

TEST(Mistakes, WhatHasNoValueIsToldWhereItArises) {
  const std::string bad =
      "<lognormal-deviate>" + number(0.01) + number(0.5) + number(0.95) + "</lognormal-deviate>";
  const Tried tried = read_texts({with("", "<mul>" + number(2) + bad + "</mul>")});
  EXPECT_EQ(tried.codes(), std::vector<std::string>{"OUT-E1520"}) << tried.told();
  EXPECT_NE(tried.told().find("lognormal-deviate of 0.01, 0.5, 0.95 has no value"),
            std::string::npos)
      << tried.told();
  EXPECT_NE(tried.told().find("the error factor above 1"), std::string::npos) << tried.told();
  const auto pair = [](const std::string& name, double a, double b) {
    return "<" + name + ">" + number(a) + number(b) + "</" + name + ">";
  };
  expect_refused({
      {with("", pair("uniform-deviate", 0.5, 0.1)), "OUT-E1520", "the lower bound comes first"},
      {with("", pair("normal-deviate", 0.5, -0.1)), "OUT-E1520", "a deviation above 0"},
      {with("", pair("gamma-deviate", 0, 1)), "OUT-E1520", "shape and scale are above 0"},
      {with("", pair("beta-deviate", 0, 1)), "OUT-E1520", "both arguments are above 0"},
      {with("", pair("div", 1, 0)), "OUT-E1520", "divide by what is not 0"},
      {with("", "<log>" + number(-1) + "</log>"), "OUT-E1520", "a number above 0"},
      {with("", "<sqrt>" + number(-1) + "</sqrt>"), "OUT-E1520", "a number from 0 on"},
  });
}

TEST(Mistakes, NumbersAndUnitsAreRead) {
  const std::string unit =
      "<define-parameter name=\"p\" unit=\"hours-1\">" + number(1e-4) + "</define-parameter>";
  EXPECT_TRUE(read_texts({with(unit, "<parameter name=\"p\" unit=\"hours-1\"/>")}).model);
  EXPECT_TRUE(read_texts({with(unit, "<parameter name=\"p\"/>")}).model);
  expect_refused({
      {with(unit, "<parameter name=\"p\" unit=\"years-1\"/>"), "OUT-E1516",
       "p is in hours-1, not years-1"},
      {with("<define-parameter name=\"p\" unit=\"furlong\">" + number(1) + "</define-parameter>"),
       "OUT-E1516", "there is no unit furlong"},
      {with("", "<float/>"), "OUT-E1516", "float has no value"},
      {with("", "<float value=\"nan\"/>"), "OUT-E1516", "\"nan\" is no number"},
      {with("", "<float value=\"1e999\"/>"), "OUT-E1516", "beyond what a number can be"},
      {with("", "<int value=\"0.5\"/>"), "OUT-E1516", "0.5 is no whole number"},
      {with("", "<GLM>" + number(1) + "</GLM>"), "OUT-E1516", "as many as the format says: 4"},
      {with("", "<parameter name=\"p\"/>") + "", "OUT-E1512", "p is not defined"},
      {with("", "<qqqq/>"), "OUT-E1516", "qqqq is no expression"},
      {with("<define-gate name=\"h\"><qqqq/></define-gate>"), "OUT-E1513", "qqqq is no formula"},
      {with("<qqqqqq/>"), "OUT-E1510", "there is no element qqqqqq here"},
  });
}

TEST(Mistakes, HoursAndYearsInOneModelAreTold) {
  const auto rate = [](const std::string& name, const std::string& unit) {
    return "<define-parameter name=\"" + name + "\" unit=\"" + unit + "\">" + number(1e-4) +
           "</define-parameter>";
  };
  const std::string use =
      "<exponential><parameter name=\"p\"/><system-mission-time/></exponential>";
  const Tried mixed = read_texts({with(
      rate("p", "hours-1") + "\n" + rate("q", "years-1") + rate("r", "hours") + rate("s", "years"),
      use)});
  ASSERT_TRUE(mixed.model) << mixed.told();
  EXPECT_EQ(mixed.codes(), std::vector<std::string>{"OUT-E1521"});
  EXPECT_NE(mixed.told().find("q is in years-1, and p is in hours-1 (model0.xml:1)"),
            std::string::npos)
      << mixed.told();
  const std::string yearly = with(rate("p", "years-1"), use);
  EXPECT_NE(read_texts({yearly}).told().find("give --mission-time in years"), std::string::npos);
  ReadOptions ten_years;
  ten_years.mission_time = 10;
  EXPECT_TRUE(read_texts({yearly}, ten_years).codes().empty());
  EXPECT_TRUE(read_texts({with(rate("p", "hours-1"), use)}).codes().empty());
  EXPECT_TRUE(read_texts({with(rate("p", "years-1"))}).codes().empty());
}

TEST(Mistakes, ParametersInACircleAreToldWithTheirWay) {
  const auto parameter = [](const std::string& name, const std::string& of) {
    return "<define-parameter name=\"" + name + "\"><mul><parameter name=\"" + of + "\"/>" +
           number(2) + "</mul></define-parameter>";
  };
  expect_refused({{with(parameter("p", "q") + parameter("q", "r") + parameter("r", "p")),
                   "OUT-E1517", "the parameter needs itself: p → q → r → p"}});
}

TEST(Mistakes, FormulasAndRolesAreChecked) {
  const auto gate = [](const std::string& formula) {
    return with("<define-gate name=\"h\">" + formula + "</define-gate>");
  };
  const std::string a = "<event name=\"a\"/>";
  expect_refused({
      {gate("<or/>"), "OUT-E1513", "or takes at least 1 argument, not 0"},
      {gate("<xor>" + a + "</xor>"), "OUT-E1513", "xor takes 2 arguments, not 1"},
      {gate("<atleast min=\"3\">" + a + a + "</atleast>"), "OUT-E1513", "from 1 to 2, not 3"},
      {gate("<atleast min=\"0\">" + a + a + "</atleast>"), "OUT-E1513", "always is so"},
      {gate("<atleast>" + a + a + "</atleast>"), "OUT-E1513", "needs min from 1 to 2"},
      {gate("<constant value=\"maybe\"/>"), "OUT-E1513", "\"maybe\" is neither true nor false"},
      {gate("<house-event name=\"a\"/>"), "OUT-E1513", "refer to it as basic-event, or as event"},
      {with("<define-house-event name=\"h\"><constant value=\"true\"/>"
            "<constant value=\"false\"/></define-house-event>"),
       "OUT-E1513", "several constants"},
      {with("<define-component name=\"c\" role=\"secret\"/>"), "OUT-E1510",
       "neither public nor private"},
  });
}

TEST(Mistakes, AMillionOfOneKindAreCounted) {
  std::string many;
  constexpr std::size_t kMany = 100'000;
  for (std::size_t i = 0; i < kMany; ++i) {
    many += "<define-basic-event name=\"a\"><float value=\"0\"/></define-basic-event>";
  }
  const Tried tried = read_texts({with(many + event("u", number(7)))});
  EXPECT_EQ(tried.diagnostics.items().size(), 21U);
  EXPECT_NE(tried.told().find("and 99980 more of this kind"), std::string::npos) << tried.told();
  EXPECT_EQ(tried.codes().back(), "OUT-E1518") << "other kinds are told beside";
}

TEST(Mistakes, AnUnknownTopIsToldWithWhatWasMeant) {
  ReadOptions options;
  options.tops = {"gg"};
  EXPECT_NE(read_texts({with("")}, options).told().find("did you mean \"g\"?"), std::string::npos);
}

}  // namespace
}  // namespace outlast::mef
