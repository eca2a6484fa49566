#include "base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace outlast::base {
namespace {

constexpr std::array<std::string_view, 4> kWords = {"replicas", "region", "needs", "at_least"};

TEST(Nearest, FindsWhatWasMeantAcrossEveryKindOfSlip) {
  EXPECT_EQ(nearest("replica", kWords), "replicas") << "dropped";
  EXPECT_EQ(nearest("replicass", kWords), "replicas") << "inserted";
  EXPECT_EQ(nearest("replicaz", kWords), "replicas") << "changed";
  EXPECT_EQ(nearest("repilcas", kWords), "replicas") << "swapped with a neighbour";
  EXPECT_EQ(nearest("needs", kWords), "needs") << "right";
}

TEST(Nearest, SuggestsNothingFarFetched) {
  EXPECT_EQ(nearest("colour", kWords), "");
  EXPECT_EQ(nearest("rgnxx", kWords), "");
  EXPECT_EQ(nearest("", kWords), "");
  EXPECT_EQ(nearest("region", {}), "");
}

TEST(Nearest, AFewComeNearestFirstAndNoMoreThanAskedFor) {
  using Few = std::vector<std::string_view>;
  constexpr std::array<std::string_view, 4> kNear = {"regional", "regions", "region", "needs"};
  EXPECT_EQ(nearest_few("region", kNear, 9), (Few{"region", "regions", "regional"}));
  EXPECT_EQ(nearest_few("region", kNear, 2), (Few{"region", "regions"}));
  EXPECT_EQ(nearest_few("colour", kNear, 9), Few{});
}

RC_GTEST_PROP(Nearest, AWordIsNearestToItself, (const std::string& word)) {
  RC_PRE(!word.empty());
  const std::vector<std::string_view> candidates = {"replicas", word, "region"};
  RC_ASSERT(nearest(word, candidates) == word);
}

TEST(Suggest, ListsWhatIsAllowedWhereNothingIsNear) {
  EXPECT_EQ(suggest("regoin", kWords), "did you mean \"region\"?");
  EXPECT_EQ(suggest("colour", kWords), "allowed are replicas, region, needs, at_least");
  EXPECT_EQ(suggest("colour", {}), "");
}

TEST(Suggest, DoesNotListDozens) {
  const std::vector<std::string_view> many(25, "something");
  EXPECT_EQ(suggest("colour", many), "");
}

TEST(Trim, TakesBlanksOffBothEndsOnly) {
  EXPECT_EQ(trim(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(trim("   "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), std::vector<std::string_view>{""});
}

RC_GTEST_PROP(Split, JoinedAgainIsTheText, (const std::string& text)) {
  std::string joined;
  for (const std::string_view part : split(text, ',')) {
    joined += std::string(part) + ",";
  }
  RC_ASSERT(joined == text + ",");
}

TEST(ToLower, ChangesAsciiLettersOnly) {
  EXPECT_EQ(to_lower("DB_Password1"), "db_password1");
  EXPECT_EQ(to_lower("서울ÄX"), "서울Äx");
}

TEST(JoinWords, ReadsLikeASentenceAndCountsTheRest) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(join_words(Words{}), "");
  EXPECT_EQ(join_words(Words{"a"}), "a");
  EXPECT_EQ(join_words(Words{"a", "b"}), "a and b");
  EXPECT_EQ(join_words(Words{"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(join_words(Words{"a", "b", "c", "d"}), "a, b, c and d") << "“1 more” tells less";
  EXPECT_EQ(join_words(Words{"a", "b", "c", "d", "e"}), "a, b, c and 2 more");
}

}  // namespace
}  // namespace outlast::base
