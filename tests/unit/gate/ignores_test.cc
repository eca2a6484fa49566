#include "gate/ignores.h"

#include <gtest/gtest.h>

#include <tuple>

#include "support/reported.h"

namespace outlast::gate {
namespace {

using base::Date;
using support::Checked;

constexpr Date kToday{2026, 6, 1};

constexpr const char* kTwo = R"(outlast: 1
journeys: {shop: {enters: web}}
components:
  web: {type: aws.ec2, zones: [a], needs: [db]}
  db: {type: aws.rds.postgres, zones: [a]}
)";

Context with(std::vector<Ignore> ignores, bool shows = false) {
  Context context;
  context.ignores = std::move(ignores);
  context.shows_ignored = shows;
  context.today = kToday;
  return context;
}

Ignore ignore_of(const std::string& rule, std::vector<std::string> addresses,
                 std::optional<Date> until = std::nullopt) {
  return {Ignore::Origin::file, rule, std::move(addresses), "accepted", until, {}};
}

std::vector<std::string> hidden_in(const Checked& run, const Decision& decision) {
  std::vector<std::string> hidden;
  for (std::size_t i = 0; i < decision.findings.size(); ++i) {
    if (decision.findings[i].ignored_by) {
      hidden.push_back(run.evaluation.analysis.findings[i].components.front());
    }
  }
  return hidden;
}

std::vector<Ignore> read(blueprint::Remark::Kind kind, const std::string& text,
                         std::string* told = nullptr) {
  base::Diagnostics diagnostics;
  auto ignores = read_ignores({{kind, text, {"db"}, {}}}, diagnostics);
  if (told != nullptr) {
    *told = base::render(diagnostics, base::Sources());
  }
  return ignores;
}

TEST(Globs, MatchWholeAddresses) {
  EXPECT_TRUE(matches_glob("module.*.aws_db_instance.*", "module.a.b.aws_db_instance.x[0]"));
  EXPECT_TRUE(matches_glob("*", ""));
  EXPECT_TRUE(matches_glob("a?c", "abc"));
  EXPECT_FALSE(matches_glob("a?c", "ac"));
  EXPECT_FALSE(matches_glob("aws_db", "aws_db_instance"));
  EXPECT_FALSE(matches_glob("*.x", "a.xy"));
  EXPECT_TRUE(matches_glob("*a*b", "aabab"));
}

TEST(Ignores, HideTheFindingAndChangeNoNumber) {
  const Checked run(kTwo);
  const auto before = run.decide();
  const auto after = run.decide({}, with({ignore_of("OUT-A001", {"*"})}));
  EXPECT_EQ(before.outcome, Outcome::failed);
  EXPECT_EQ(after.outcome, Outcome::passed);
  EXPECT_EQ(hidden_in(run, after).size(), 2U);
  const std::string with_all = run.report("json");
  const std::string with_none = run.report("json", {}, with({ignore_of("OUT-A001", {"*"})}));
  EXPECT_EQ(with_none.find("\"rule\": \"OUT-A001\""), std::string::npos);
  const auto numbers = [](const std::string& json) {
    return json.substr(json.find("\"availability\""),
                       json.find("\"findings\"") - json.find("\"availability\""));
  };
  EXPECT_EQ(numbers(with_all), numbers(with_none));
}

TEST(Ignores, HideOnlyTheAddressTheyName) {
  const Checked run(kTwo);
  EXPECT_EQ(hidden_in(run, run.decide({}, with({ignore_of("OUT-A001", {"d?"})}))),
            std::vector<std::string>{"db"});
  EXPECT_TRUE(hidden_in(run, run.decide({}, with({ignore_of("OUT-A030", {"db"})}))).empty());
  EXPECT_NE(run.warnings.find("matches no finding"), std::string::npos);
}

TEST(Ignores, ThatExpiredCountAgainWithAWarning) {
  const Checked run(kTwo);
  EXPECT_EQ(hidden_in(run, run.decide({}, with({ignore_of("OUT-A001", {"db"}, kToday)}))).size(),
            1U);
  EXPECT_EQ(run.warnings, "");
  const Date yesterday{2026, 5, 31};
  EXPECT_TRUE(
      hidden_in(run, run.decide({}, with({ignore_of("OUT-A001", {"db"}, yesterday)}))).empty());
  EXPECT_NE(run.warnings.find("expired after 2026-05-31"), std::string::npos);
}

TEST(Ignores, OfOneComponentDoNotHideWhatIsAboutOthersToo) {
  const Checked run(R"(outlast: 1
journeys: {shop: {enters: web}}
components:
  web: {type: aws.ec2, replicas: 2, at_least: 1, zones: [a], needs: [api]}
  api: {type: aws.ec2, replicas: 2, at_least: 1, zones: [a]}
)");
  const auto one = run.decide({}, with({ignore_of("OUT-A002", {"web"})}));
  EXPECT_TRUE(hidden_in(run, one).empty());
  EXPECT_NE(run.warnings.find("also about api"), std::string::npos) << run.warnings;
  const auto both =
      run.decide({}, with({ignore_of("OUT-A002", {"web"}), ignore_of("OUT-A002", {"api"})}));
  EXPECT_EQ(hidden_in(run, both).size(), 1U);
  EXPECT_EQ(run.warnings, "");
}

TEST(Ignores, AreShownMarkedWhereAskedFor) {
  const Checked run(kTwo);
  for (const char* format : {"text", "json", "sarif", "md", "csv"}) {
    const auto context = [](bool shows) {
      return with({ignore_of("OUT-A001", {"*"}, Date{2027, 1, 31})}, shows);
    };
    EXPECT_EQ(run.report(format, {}, context(false)).find("accepted"), std::string::npos);
    EXPECT_NE(run.report(format, {}, context(true)).find("accepted"), std::string::npos) << format;
  }
}

TEST(IgnoreTexts, OfCommentsNameRulesReasonAndDate) {
  const auto ignores = read(blueprint::Remark::Kind::comment,
                            "ignore=OUT-A001,OUT-A004 reason=\"a = b, c\" until=2027-01-31");
  ASSERT_EQ(ignores.size(), 2U);
  EXPECT_EQ(ignores[1].rule, "OUT-A004");
  EXPECT_EQ(ignores[1].reason, "a = b, c");
  EXPECT_EQ(ignores[1].until, (Date{2027, 1, 31}));
  EXPECT_EQ(ignores[1].addresses, std::vector<std::string>{"db"});
}

TEST(IgnoreTexts, OfTagsMakeDoWithTheCharactersOfClouds) {
  for (const auto& [text, reason, until] :
       {std::tuple{"OUT-A001 one is enough until 2027-01-31", "one is enough", true},
        std::tuple{"OUT-A001: one is enough", "one is enough", false},
        std::tuple{"OUT-A001 until=2027-01-31 reason=\"one is enough\"", "one is enough", true},
        std::tuple{"out-a001_one_is_enough_until_2027-01-31", "one is enough", true}}) {
    const auto ignores = read(blueprint::Remark::Kind::tag, text);
    ASSERT_EQ(ignores.size(), 1U) << text;
    EXPECT_EQ(ignores[0].rule, "OUT-A001");
    EXPECT_EQ(ignores[0].reason, reason);
    EXPECT_EQ(ignores[0].until.has_value(), until);
  }
}

TEST(IgnoreTexts, WithoutRuleReasonOrDateHideNothingAndAreTold) {
  using Kind = blueprint::Remark::Kind;
  for (const auto& [kind, text, told] :
       {std::tuple{Kind::comment, "ignore=OUT-A001", "no reason"},
        std::tuple{Kind::comment, "ignore=OUT-A001 reason=\"\"", "no reason"},
        std::tuple{Kind::comment, "reason=\"x\"", "no rule"},
        std::tuple{Kind::comment, "ignore=OUT-X999 reason=\"x\"", "no rule OUT-X999"},
        std::tuple{Kind::comment, "ignore=OUT-A001 reasn=\"x\"", "did you mean \"reason\""},
        std::tuple{Kind::comment, "ignore=OUT-A001 reason=\"x\" until=2027-02-30", "no date"},
        std::tuple{Kind::comment, "something else", "not understood"},
        std::tuple{Kind::tag, "OUT-A001", "no reason"},
        std::tuple{Kind::tag, "whatever it is", "no rule"}}) {
    std::string message;
    EXPECT_TRUE(read(kind, text, &message).empty()) << text;
    EXPECT_NE(message.find(told), std::string::npos) << text << "\n" << message;
  }
}

}  // namespace
}  // namespace outlast::gate
