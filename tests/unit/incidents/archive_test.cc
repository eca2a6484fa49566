#include "incidents/archive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "catalog/catalog.h"
#include "incidents/read_incident.h"

namespace outlast::incidents {
namespace {

bool catalog_knows(std::string_view provider, std::string_view name) {
  const auto& catalog = catalog::Catalog::built_in();
  if (provider == kUnknownCloud && blueprint::parse_name<blueprint::Kind>(name)) {
    return true;
  }
  return name.find('.') != std::string_view::npos ? catalog.type(name) != nullptr
                                                  : catalog.service(provider, name) != nullptr;
}

TEST(Archive, RolesNameServicesAndTypesOfTheCatalog) {
  for (const auto& [role, players] : roles()) {
    for (const auto& [provider, names] : players) {
      for (const std::string& name : names) {
        EXPECT_TRUE(catalog_knows(provider, name)) << role << " at " << provider << ": " << name;
      }
    }
  }
}

TEST(Archive, IdsAreDistinctAndIncidentsInOrder) {
  std::set<std::string> ids;
  for (const Incident& incident : archive()) {
    EXPECT_TRUE(ids.insert(incident.id).second) << incident.id;
    EXPECT_EQ(find_incident(incident.id), &incident);
  }
  EXPECT_TRUE(std::is_sorted(archive().begin(), archive().end(),
                             [](const auto& a, const auto& b) { return a.began < b.began; }));
  for (const char* id :
       {"aws-2025-10-20", "azure-2025-10-29", "cloudflare-2025-11-18", "cloudflare-2025-12-05"}) {
    EXPECT_NE(find_incident(id), nullptr) << id;
  }
}

TEST(Archive, EveryPhaseEndsAfterItBegan) {
  for (const Incident& incident : archive()) {
    for (const Phase& phase : incident.phases) {
      const Ending ending = ending_of(incident, phase);
      EXPECT_LT(phase.at.value, ending.from_s) << incident.id << " " << phase.id;
      EXPECT_LE(ending.from_s, ending.until_s) << incident.id << " " << phase.id;
    }
  }
}

/// What is used once only may be a word for one incident; what is used twice is a word of its own.
TEST(Archive, EveryFaultAndRecoveryIsUsedAtLeastTwice) {
  std::map<Fault, int> faults;
  std::map<Remedy, int> remedies;
  for (const Incident& incident : archive()) {
    for (const Phase& phase : incident.phases) {
      ++faults[phase.fault];
    }
    for (const Action& action : incident.actions) {
      ++remedies[action.remedy];
    }
  }
  for (std::size_t i = 0; i < blueprint::kNames<Fault>.size(); ++i) {
    EXPECT_GE(faults[static_cast<Fault>(i)], 2) << blueprint::kNames<Fault>[i];
  }
  for (std::size_t i = 0; i < blueprint::kNames<Remedy>.size(); ++i) {
    EXPECT_GE(remedies[static_cast<Remedy>(i)], 2) << blueprint::kNames<Remedy>[i];
  }
}

TEST(Archive, WhatIsEndedByAnActionEndsWhenThatHoldsEverywhere) {
  const Incident* incident = find_incident("cloudflare-2025-12-05");
  ASSERT_NE(incident, nullptr);
  const Ending ending = ending_of(*incident, incident->phases.front());
  EXPECT_EQ(ending.from_s, 24 * 60);
  EXPECT_EQ(ending.until_s, 25 * 60);
}

TEST(Transposed, ARegionTakesThePlaceOfAnother) {
  const auto elsewhere = transposed(*find_incident("aws-2025-10-20"), "region", "ap-northeast-2");
  ASSERT_TRUE(elsewhere.has_value());
  EXPECT_EQ(elsewhere->roles.at("region"), "ap-northeast-2");
  EXPECT_EQ(elsewhere->roles.at("provider"), "aws");
}

TEST(Transposed, ARoleThatDoesNotExistIsAnError) {
  const auto wrong = transposed(*find_incident("aws-2025-10-20"), "regoin", "ap-northeast-2");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_NE(wrong.error().remedy.find("region"), std::string::npos);
  const Incident& edge = *find_incident("azure-2025-10-29");
  EXPECT_TRUE(transposed(edge, "edge_cdn", "cloudflare").has_value());
  EXPECT_FALSE(transposed(edge, "region", "koreacentral").has_value());
  EXPECT_FALSE(transposed(edge, "edge_cdn", "nobody").has_value());
  EXPECT_FALSE(transposed(edge, "edge_cdn", "").has_value());
  EXPECT_FALSE(transposed(*find_incident("aws-2025-10-20"), "machines", "unknown").has_value());
}

TEST(Moments, AreReadAndWritten) {
  EXPECT_EQ(parse_moment("1970-01-02T00:00:01Z"), 86401);
  EXPECT_EQ(format_moment(*parse_moment("2025-10-20T06:48:00Z")), "2025-10-20 06:48");
  for (const char* wrong : {"", "2025-10-20", "2025-13-20T06:48:00Z", "2025-02-30T06:48:00Z",
                            "2025-10-20T24:00:00Z", "2025-10-20 06:48:00Z"}) {
    EXPECT_FALSE(parse_moment(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace outlast::incidents
