#include "blueprint/value.h"

#include <gtest/gtest.h>

#include <string>

namespace outlast::blueprint {
namespace {

using Number = Value<int>;

TEST(Value, IsUnsetUntilSomethingIsSaid) {
  EXPECT_TRUE(Number().is_unset());
  EXPECT_FALSE(Number().is_known());
  EXPECT_FALSE(Number().is_unknown());
  EXPECT_EQ(Number().value_or(7), 7);
}

TEST(Value, UnknownIsNeitherUnsetNorFalse) {
  const auto flag = Value<bool>::unknown();
  EXPECT_TRUE(flag.is_unknown());
  EXPECT_FALSE(flag.is_unset());
  EXPECT_TRUE(flag.value_or(true));
  EXPECT_FALSE(flag.value_or(false));
}

TEST(Value, IsStatedOnlyByTheUsersOwnWord) {
  EXPECT_TRUE(Number::of(1).is_stated());
  EXPECT_FALSE(Number::of(1, Provenance::catalog).is_stated());
  EXPECT_FALSE(Number::unknown().is_stated());
}

TEST(Value, FillingKeepsWhatIsSaidEvenIfThatIsUnknown) {
  Number known = Number::of(1);
  known.fill(Number::of(2));
  EXPECT_EQ(*known, 1);
  Number unknown = Number::unknown();
  unknown.fill(Number::of(2));
  EXPECT_TRUE(unknown.is_unknown());
  Number unset;
  unset.fill(Number::of(2, Provenance::catalog));
  EXPECT_EQ(*unset, 2);
  EXPECT_EQ(unset.provenance(), Provenance::catalog);
}

TEST(Value, ALaterWordOverridesUnlessItSaysNothing) {
  Number value = Number::of(1);
  value.override_by(Number());
  EXPECT_EQ(*value, 1);
  value.override_by(Number::of(2));
  EXPECT_EQ(*value, 2);
  value.override_by(Number::unknown());
  EXPECT_TRUE(value.is_unknown());
}

TEST(Value, CarriesThePlaceItWasSaidAt) {
  const base::Span span{base::SourceId(0), 3, 8};
  EXPECT_EQ(Number::of(1, Provenance::stated, span).span().begin, 3U);
  EXPECT_EQ(Number::unknown(span).span().end, 8U);
  Number overridden = Number::of(1);
  overridden.override_by(Number::of(2, Provenance::stated, span));
  EXPECT_TRUE(overridden.span().exists());
}

}  // namespace
}  // namespace outlast::blueprint
