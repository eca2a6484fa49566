#include "words/phrasebook.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "findings/rules.h"

namespace outlast::words {
namespace {

const Phrasebook& korean() {
  return *Phrasebook::of("ko");
}

TEST(Phrasebook, SaysASentenceAndWhatFillsIt) {
  EXPECT_EQ(
      korean().say("When database fails (once in 1.8 y), all of the users are not served for "
                   "20 min."),
      "database에 장애가 나면(1.8년에 한 번) 사용자 전부가 20분 동안 서비스를 받지 못합니다.");
}

TEST(Phrasebook, LeavesNamesNumbersAndWhatItDoesNotKnow) {
  EXPECT_EQ(korean().say("module.app.aws_lb.balancer"), "module.app.aws_lb.balancer");
  EXPECT_EQ(korean().say("99.939 %"), "99.939%");
  EXPECT_EQ(korean().say("2025-10-20"), "2025-10-20");
}

TEST(Phrasebook, AHoleHoldsNoHalfOfABracket) {
  const Phrase phrases[] = {{"{}, {}", "{} · {}"}, {"{} (no {})", "{} (- {})"}};
  EXPECT_EQ(Phrasebook(phrases).say("a (no b), c (no d)"), "a (- b) · c (- d)");
}

TEST(Phrasebook, TakesThePhraseWithTheMostWords) {
  const Phrase phrases[] = {{"{} and {}", "1"}, {"{} is down", "2 {}"}, {"a and b is down", "3"}};
  EXPECT_EQ(Phrasebook(phrases).say("a and b is down"), "3");
  EXPECT_EQ(Phrasebook(phrases).say("c is down"), "2 c");
}

TEST(Phrasebook, ASentenceThatIsNotKnownIsLeftWhole) {
  const Phrase phrases[] = {{"{} and {}", "{} 및 {}"}, {"work is throttled", "작업 제한"}};
  EXPECT_EQ(Phrasebook(phrases).say("db and RDS database orders"), "db 및 RDS database orders");
  EXPECT_EQ(Phrasebook(phrases).say("work is throttled and web"), "작업 제한 및 web");
  EXPECT_EQ(Phrasebook(phrases).say("work is throttled and leases of hosts run out"),
            "work is throttled and leases of hosts run out");
}

TEST(Phrasebook, AKindIsTheLongestThatHasAPhrase) {
  const Phrase phrases[] = {{"{kind} {name} is alone", "{kind} {name} 하나뿐"},
                            {"SQL server", "SQL 서버"},
                            {"SQL server with a standby", "예비를 둔 SQL 서버"}};
  EXPECT_EQ(Phrasebook(phrases).say("SQL server server is alone"), "SQL 서버 server 하나뿐");
  EXPECT_EQ(Phrasebook(phrases).say("OUT-A001 SQL server with a standby db is alone"),
            "OUT-A001 예비를 둔 SQL 서버 db 하나뿐");
  EXPECT_EQ(Phrasebook(phrases).say("web 2 is alone"), "web 2 하나뿐");
}

TEST(Phrasebook, AHoleForOneNameHoldsNoSentence) {
  const Phrase phrases[] = {{"the zone of {w}", "{w}의 영역"}, {"{} is down", "{} 중단"}};
  EXPECT_EQ(Phrasebook(phrases).say("the zone of db is down"), "db의 영역 중단");
}

TEST(Phrasebook, WhatBelongsToAnInputIsNotSaid) {
  const Phrase phrases[] = {{"allowed are {raw}", "쓸 수 있는 것: {raw}"}, {"down", "중단"}};
  EXPECT_EQ(Phrasebook(phrases).say("allowed are down"), "쓸 수 있는 것: down");
  EXPECT_EQ(korean().say("allowed are down, degrade, all"), "쓸 수 있는 것: down, degrade, all");
}

TEST(Phrasebook, NamesThatAreSpelledLikeOurWordsStay) {
  const Phrase phrases[] = {
      {"down", "중단"}, {"because of {}", "원인: {}"}, {"{} and {}", "{} 및 {}"}};
  const Phrasebook book(phrases);
  EXPECT_EQ(book.say("because of down and web"), "원인: 중단 및 web");
  EXPECT_EQ(book.but_names({"down"}).say("because of down and web"), "원인: down 및 web");
}

TEST(Phrasebook, WhatStandsInBracesIsANameOrSaidOfOne) {
  const Phrase phrases[] = {
      {"down", "중단"}, {"the zone of {w}", "{w}의 가용 영역"}, {"+{n} {}", "{n} {} 증가"}};
  EXPECT_EQ(Phrasebook(phrases).say("+2 {down} {the zone of down}"),
            "2 {down} {down의 가용 영역} 증가");
}

TEST(Phrasebook, AHeadlineSaysItsMoneyByTheMonth) {
  EXPECT_EQ(korean().say("+1 single point of failure {nat-a}, 99.972 → 99.968 %, +$36.50 a month, "
                         "+1 finding, −1 finding"),
            "단일 장애점 1개 증가 {nat-a}, 99.972 → 99.968 %, 월 $36.50 증가, 지적 사항 1건 증가, "
            "지적 사항 1건 감소");
}

TEST(Phrasebook, NumbersAreNotTakenForWords) {
  const Phrase phrases[] = {{"{n} h", "{n}시간"}};
  EXPECT_EQ(Phrasebook(phrases).say("4.2 h"), "4.2시간");
  EXPECT_EQ(Phrasebook(phrases).say("team h"), "team h");
}

TEST(Phrasebook, KeepsColumnsInCells) {
  EXPECT_EQ(korean().say_line("availability  99.9 %"), "가용성        99.9%");
  EXPECT_EQ(korean().say_line("habits        spread out poor   loosely coupled good"),
            "설계 습관     분산 미흡         느슨한 결합 좋음");
}

TEST(Phrasebook, KeepsColoursAroundWhatTheyWereAround) {
  EXPECT_EQ(korean().say("\x1b[31mno\x1b[0m"), "\x1b[31m못 견딤\x1b[0m");
  EXPECT_EQ(korean().say_line("gate \x1b[32mpassed\x1b[0m"), "게이트 \x1b[32m통과\x1b[0m");
}

TEST(Phrasebook, IsNoneForEnglish) {
  EXPECT_EQ(Phrasebook::of("en"), nullptr);
}

TEST(Phrasebook, HoldsTheWordsOfEveryRule) {
  for (const findings::Rule& rule : findings::all_rules()) {
    for (const std::string_view english : {rule.summary, rule.title, rule.claim, rule.remedy}) {
      const auto phrases = korean_phrases();
      EXPECT_TRUE(english == "{cut}" ||
                  std::any_of(phrases.begin(), phrases.end(),
                              [&](const Phrase& phrase) { return phrase.english == english; }))
          << rule.id << " has no Korean of \"" << english << "\"";
    }
  }
}

}  // namespace
}  // namespace outlast::words
