#include "base/diagnostics.h"

#include <gtest/gtest.h>

namespace outlast::base {
namespace {

TEST(Diagnostics, KeepsTheOrderOfTheInput) {
  Diagnostics diagnostics;
  diagnostics.warning("OUT-E2", {}, "second of the alphabet");
  diagnostics.error("OUT-E1", {}, "first of the alphabet");
  ASSERT_EQ(diagnostics.items().size(), 2U);
  EXPECT_EQ(diagnostics.items()[0].code, "OUT-E2");
}

TEST(Diagnostics, OnlyErrorsAreErrors) {
  Diagnostics diagnostics;
  diagnostics.warning("OUT-E1", {}, "careful");
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.error("OUT-E1", {}, "wrong");
  EXPECT_TRUE(diagnostics.has_errors());
}

TEST(Diagnostics, DropsAnExactRepeat) {
  Diagnostics diagnostics;
  const Span span = {SourceId(std::size_t{0}), 3, 5};
  diagnostics.error("OUT-E1", span, "wrong");
  diagnostics.error("OUT-E1", span, "wrong");
  EXPECT_EQ(diagnostics.items().size(), 1U);
}

TEST(Diagnostics, KeepsWhatDiffersInCodePlaceOrMessage) {
  Diagnostics diagnostics;
  const SourceId source(std::size_t{0});
  diagnostics.error("OUT-E1", {source, 3, 5}, "wrong");
  diagnostics.error("OUT-E2", {source, 3, 5}, "wrong");
  diagnostics.error("OUT-E1", {source, 3, 6}, "wrong");
  diagnostics.error("OUT-E1", {source, 3, 5}, "otherwise");
  diagnostics.error("OUT-E1", {SourceId(std::size_t{1}), 3, 5}, "wrong");
  EXPECT_EQ(diagnostics.items().size(), 5U);
}

TEST(Diagnostics, ManyAtOnePlaceAreNotSlow) {
  Diagnostics diagnostics;
  for (int i = 0; i < 200'000; ++i) {
    diagnostics.error("OUT-E1", {}, "message " + std::to_string(i % 100'000));
  }
  EXPECT_EQ(diagnostics.items().size(), 100'000U);
}

}  // namespace
}  // namespace outlast::base
