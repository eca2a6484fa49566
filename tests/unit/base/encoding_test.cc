#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "base/document.h"
#include "base/utf8.h"

namespace outlast::base {
namespace {

using namespace std::string_literals;

/// What a program that writes UTF-16 makes of a text of code points.
std::string as_utf16(const std::vector<std::uint32_t>& code_points, bool is_little) {
  std::string out;
  const auto put = [&](std::uint32_t unit) {
    const char high = static_cast<char>(unit >> 8U);
    const char low = static_cast<char>(unit & 0xFFU);
    out += is_little ? low : high;
    out += is_little ? high : low;
  };
  for (const std::uint32_t code_point : code_points) {
    if (code_point < 0x10000) {
      put(code_point);
    } else {
      put(0xD800 + ((code_point - 0x10000) >> 10U));
      put(0xDC00 + ((code_point - 0x10000) & 0x3FFU));
    }
  }
  return out;
}

std::string converted(std::string bytes) {
  const Result<std::string> text = to_utf8(std::move(bytes));
  return text ? *text : "error: " + text.error().message;
}

TEST(ToUtf8, LeavesUtf8AloneAndRemovesItsMark) {
  EXPECT_EQ(converted("서울"), "서울");
  EXPECT_EQ(converted("\xEF\xBB\xBF{}"), "{}");
  EXPECT_EQ(converted(""), "");
}

TEST(ToUtf8, ConvertsUtf16OfEitherOrderByItsMark) {
  EXPECT_EQ(converted("\xFF\xFE{\0}\0"s), "{}");
  EXPECT_EQ(converted("\xFE\xFF\0{\0}"s), "{}");
}

TEST(ToUtf8, RecognisesUtf16WithoutAMarkByItsZeros) {
  EXPECT_EQ(converted("{\0\"\0a\0\"\0:\0\x31\0}\0"s), "{\"a\":1}");
  EXPECT_EQ(converted("\0{\0}"s), "{}");
  EXPECT_EQ(converted("a\0b"s), "a\0b"s) << "one zero is no UTF-16";
}

TEST(ToUtf8, SaysWhereUtf8IsBroken) {
  EXPECT_EQ(converted("abc\xE9"
                      "def"),
            "error: is neither UTF-8 nor UTF-16 (byte 0xE9 at offset 3): save it as UTF-8");
  EXPECT_NE(converted("12345678\xED\xA0\x80").find("offset 8"), std::string::npos)
      << "a surrogate in UTF-8";
  EXPECT_NE(converted("\xC0\xAF").find("offset 0"), std::string::npos) << "an overlong form";
  EXPECT_NE(converted("ab\xF0\x9F\x98").find("offset 2"), std::string::npos) << "cut off";
}

TEST(ToUtf8, SaysWhereUtf16IsBroken) {
  EXPECT_NE(converted("\xFF\xFE"
                      "a\0\x00\xD8"
                      "b\0"s)
                .find("at byte 4"),
            std::string::npos)
      << "a high half alone";
  EXPECT_NE(converted("\xFF\xFE\x00\xDC"s).find("at byte 2"), std::string::npos) << "a low half";
  EXPECT_NE(converted("\xFF\xFE"
                      "a\0b"s)
                .find("at byte 4"),
            std::string::npos)
      << "half a unit";
  EXPECT_NE(converted("\xFF\xFE\0\0a\0\0\0"s).find("UTF-32"), std::string::npos);
}

RC_GTEST_PROP(ToUtf8, KeepsEveryCodePointOfUtf16, (bool is_little)) {
  const auto code_points = *rc::gen::container<std::vector<std::uint32_t>>(
      rc::gen::suchThat(rc::gen::inRange<std::uint32_t>(1, 0x110000),
                        [](std::uint32_t c) { return c < 0xD800 || c >= 0xE000; }));
  std::string expected;
  for (const std::uint32_t code_point : code_points) {
    append_utf8(expected, code_point);
  }
  const std::string mark = is_little ? "\xFF\xFE" : "\xFE\xFF";
  RC_ASSERT(converted(mark + as_utf16(code_points, is_little)) == expected);
  RC_ASSERT(find_broken_utf8(expected) == std::string::npos);
  RC_ASSERT(count_code_points(expected) == code_points.size());
}

RC_GTEST_PROP(ToUtf8, BytesAreConvertedOrRefusedNeverPassedOnBroken, (const std::string& bytes)) {
  const Result<std::string> text = to_utf8(bytes);
  RC_ASSERT(!text || find_broken_utf8(*text) == std::string::npos);
}

}  // namespace
}  // namespace outlast::base
