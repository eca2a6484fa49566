#include "words/said_texts.h"

#include <gtest/gtest.h>

namespace outlast::words {
namespace {

TEST(SaidTexts, AreThoseThatAnotherLanguageSaysOtherwise) {
  const std::string said = said_texts(
      R"({"is hit": ["is hit", "is hit", "serving", "no such text", "a[\"b c\"] fails", "is\thit"]})");
  EXPECT_EQ(said, R"({
  "ko": {
    "a[\"b c\"] fails": "a[\"b c\"] 장애",
    "is hit": "직접 영향을 받음"
  }
}
)");
}

TEST(SaidTexts, OfATextThatEndsEarlyAreNone) {
  EXPECT_EQ(said_texts(R"({"a": "is hi)"), "{\n  \"ko\": {}\n}\n");
  EXPECT_EQ(said_texts("\"\\"), "{\n  \"ko\": {}\n}\n");
}

}  // namespace
}  // namespace outlast::words
