#include "blueprint/vocabulary.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "blueprint/format.h"

namespace outlast::blueprint {
namespace {

template <class E>
void expect_round_trip() {
  for (std::size_t i = 0; i < kNames<E>.size(); ++i) {
    EXPECT_EQ(parse_name<E>(kNames<E>[i]), static_cast<E>(i)) << kNames<E>[i];
  }
  EXPECT_EQ(parse_name<E>("no such name"), std::nullopt);
}

TEST(Vocabulary, EveryNameIsReadAsWhatItIsWrittenFor) {
  expect_round_trip<Kind>();
  expect_round_trip<ServiceModel>();
  expect_round_trip<Strength>();
  expect_round_trip<EdgeKind>();
  expect_round_trip<Scope>();
  expect_round_trip<Redundancy>();
  expect_round_trip<FateKind>();
  expect_round_trip<FaultClass>();
  expect_round_trip<Importance>();
}

TEST(Vocabulary, NamesStandForTheEnumeratorsTheyAreOf) {
  EXPECT_EQ(name_of(Strength::observe), "observe");
  EXPECT_EQ(name_of(FateKind::monitoring), "monitoring");
  EXPECT_EQ(name_of(FaultClass::security), "security");
  EXPECT_EQ(name_of(Scope::global), "global");
}

TEST(Format, NoSectionHasAKeyTwiceOrWithoutAWordAboutIt) {
  std::set<std::pair<Section, std::string_view>> seen;
  for (const FormatKey& key : format_keys()) {
    EXPECT_TRUE(seen.emplace(key.section, key.key).second) << key.key;
    EXPECT_FALSE(key.meaning.empty()) << key.key;
  }
}

TEST(Format, NoKeyIsATrapOfYaml) {
  for (const FormatKey& key : format_keys()) {
    for (const char* trap : {"on", "off", "yes", "no", "y", "n", "true", "false", "null"}) {
      EXPECT_NE(key.key, trap);
    }
  }
}

}  // namespace
}  // namespace outlast::blueprint
