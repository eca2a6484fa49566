#include "base/source.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace outlast::base {
namespace {

TEST(Sources, KeepsPathTextAndHashOfEachInput) {
  Sources sources;
  const SourceId plan = sources.add("plan.json", "{}", "abc");
  const SourceId overlay = sources.add("overlay.yaml", "a: 1\n", "def");
  EXPECT_EQ(sources.size(), 2U);
  EXPECT_EQ(sources.path(plan), "plan.json");
  EXPECT_EQ(sources.text(overlay), "a: 1\n");
  EXPECT_EQ(sources.sha256(overlay), "def");
}

TEST(Sources, TextsDoNotMoveWhenMoreAreAdded) {
  Sources sources;
  const SourceId first = sources.add("a", "short", "");
  const char* before = sources.text(first).data();
  for (int i = 0; i < 1000; ++i) {
    sources.add("b", "other", "");
  }
  EXPECT_EQ(sources.text(first).data(), before);
}

TEST(SourcesPosition, CountsLinesAndCodePointsFromOne) {
  Sources sources;
  const SourceId id = sources.add("a", "서울: 1\r\n\nb", "");
  EXPECT_EQ(sources.position(id, 0).line, 1U);
  EXPECT_EQ(sources.position(id, 0).column, 1U);
  EXPECT_EQ(sources.position(id, 6).column, 3U) << "two syllables of three bytes each";
  EXPECT_EQ(sources.position(id, 12).line, 3U);
  EXPECT_EQ(sources.position(id, 12).column, 1U);
}

TEST(SourcesPosition, BehindTheTextIsItsEnd) {
  Sources sources;
  const SourceId id = sources.add("a", "ab", "");
  EXPECT_EQ(sources.position(id, 999).column, 3U);
}

RC_GTEST_PROP(SourcesPosition, AdvancingInStepsIsReadingAtOnce, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('a', '\n', '\xC3', '\xA9'));
  const auto cut = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
  const std::string_view all = text;
  const Position at_once = advance(Position(), all);
  const Position in_steps = advance(advance(Position(), all.substr(0, cut)), all.substr(cut));
  RC_ASSERT(at_once.line == in_steps.line);
  RC_ASSERT(at_once.column == in_steps.column);
}

}  // namespace
}  // namespace outlast::base
