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

/// Tools of recovery lay in the blast radius of these (nine of the published ones).
TEST(Archive, WhatStoodInTheWayOfRecoveriesIsTold) {
  for (const char* id : {"aws-2017-02-28", "aws-2020-11-25", "facebook-2021-10-04",
                         "aws-2021-12-07", "pangyo-2022-10-15", "cloudflare-2023-11-02",
                         "aws-2025-10-20", "azure-2025-10-29", "cloudflare-2025-11-18"}) {
    const Incident& incident = *find_incident(id);
    EXPECT_TRUE(std::any_of(incident.actions.begin(), incident.actions.end(), [&](const auto& a) {
      return !holding(incident, a).empty() && !a.instead.empty();
    })) << id;
  }
}

/// Nobody published a time at which something was done that could not have been.
TEST(Archive, WhatWasDoneWasDoneAtItsTime) {
  for (const Incident& incident : archive()) {
    for (const Action& action : incident.actions) {
      EXPECT_EQ(done_s(incident, action), action.at.value) << incident.id << " " << action.what;
    }
  }
}

TEST(Archive, ARecoveryWaitsForWhatItNeeds) {
  Incident day = *find_incident("aws-2025-10-20");
  const auto action_of = [&](Remedy remedy) {
    return std::find_if(day.actions.begin(), day.actions.end(),
                        [&](const auto& action) { return action.remedy == remedy; });
  };
  const auto restart = action_of(Remedy::restart);
  const double was_s = restart->at.value;
  restart->at.value = 3600;
  restart->needs = {"key_value_store"};
  // The record is put back, and everybody knows: then the rest can be set going.
  EXPECT_EQ(done_s(day, *restart), 2 * 3600 + 52 * 60);
  EXPECT_LT(done_s(day, *restart), was_s);
  action_of(Remedy::reissue)->at.value += 3600;
  EXPECT_EQ(done_s(day, *restart), 3 * 3600 + 52 * 60);
  const auto queues = std::find_if(day.phases.begin(), day.phases.end(), [](const auto& phase) {
    return phase.id == "queues_not_polled";
  });
  EXPECT_EQ(ending_of(day, *queues).from_s, 3 * 3600 + 52 * 60);
  restart->instead = "by another way";
  EXPECT_EQ(done_s(day, *restart), 3600);
}

TEST(Transposed, ARegionTakesThePlaceOfAnother) {
  const auto elsewhere = transposed(*find_incident("aws-2025-10-20"), "region", "ap-northeast-2");
  ASSERT_TRUE(elsewhere.has_value());
  EXPECT_EQ(elsewhere->roles.at("region"), "ap-northeast-2");
  EXPECT_EQ(elsewhere->roles.at("provider"), "aws");
}

TEST(Transposed, AZoneMovesWithItsRegionAndARegionWithItsZone) {
  const Incident& power = *find_incident("aws-2021-12-22");
  const auto seoul = transposed(power, "region", "ap-northeast-2");
  ASSERT_TRUE(seoul.has_value());
  EXPECT_EQ(seoul->roles.at("facility"), "ap-northeast-2a");
  EXPECT_FALSE(why_nowhere(*seoul).has_value());
  const auto second = transposed(power, "facility", "ap-northeast-2c");
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->roles.at("region"), "ap-northeast-2");
  const auto paris = transposed(*find_incident("gcp-2023-04-26"), "region", "us-central1");
  ASSERT_TRUE(paris.has_value());
  EXPECT_EQ(paris->roles.at("facility"), "us-central1-a");
  // A building by a name of its own lies in no region by its name.
  const auto own = transposed(power, "facility", "cellar");
  ASSERT_TRUE(own.has_value());
  EXPECT_EQ(own->roles.at("region"), "us-east-1");
  EXPECT_FALSE(why_nowhere(*own).has_value());
}

TEST(Transposed, WhatCouldHappenNowhereIsTold) {
  const auto at = [](Incident incident,
                     const std::vector<std::pair<std::string, std::string>>& as_if) {
    for (const auto& [role, value] : as_if) {
      auto moved = transposed(incident, role, value);
      EXPECT_TRUE(moved.has_value()) << role << " " << value;
      incident = *moved;
    }
    return why_nowhere(incident);
  };
  const Incident& names = *find_incident("aws-2025-10-20");
  ASSERT_TRUE(at(names, {{"provider", "gcp"}}).has_value());
  EXPECT_NE(at(names, {{"provider", "gcp"}})->message.find("us-east-1 is a region of aws"),
            std::string::npos);
  EXPECT_FALSE(at(names, {{"provider", "gcp"}, {"region", "us-central1"}}).has_value());
  EXPECT_FALSE(at(names, {{"region", "us-central1"}, {"provider", "gcp"}}).has_value());
  const Incident& power = *find_incident("aws-2021-12-22");
  const std::vector<std::pair<std::string, std::string>> to_gcp = {{"provider", "gcp"},
                                                                   {"region", "us-central1"}};
  ASSERT_TRUE(at(power, to_gcp).has_value());
  EXPECT_NE(at(power, to_gcp)->remedy.find("facility"), std::string::npos);
  EXPECT_FALSE(at(power, {to_gcp[0], to_gcp[1], {"facility", "us-central1-b"}}).has_value());
}

/// Every role of every incident can be played by somebody, or it is said who could.
TEST(Transposed, EveryIncidentOfTheArchiveHappensSomewhere) {
  for (const Incident& incident : archive()) {
    EXPECT_FALSE(why_nowhere(incident).has_value()) << incident.id;
    if (incident.roles.contains("region")) {
      const std::string region =
          incident.roles.at("provider") == "gcp" ? "us-central1" : "eu-west-1";
      const auto moved = transposed(incident, "region", region);
      ASSERT_TRUE(moved.has_value()) << incident.id;
      EXPECT_FALSE(why_nowhere(*moved).has_value()) << incident.id;
      for (const auto& [role, value] : moved->roles) {
        EXPECT_EQ(value.find(incident.roles.at("region")), std::string::npos)
            << incident.id << " " << role;
      }
    }
  }
}

TEST(Transposed, ARoleThatDoesNotExistIsAnError) {
  const auto wrong = transposed(*find_incident("aws-2025-10-20"), "regoin", "ap-northeast-2");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_NE(wrong.error().remedy.find("region"), std::string::npos);
  const Incident& edge = *find_incident("azure-2025-10-29");
  EXPECT_TRUE(transposed(edge, "edge_cdn", "cloudflare").has_value());
  EXPECT_FALSE(transposed(edge, "region", "koreacentral").has_value());
  EXPECT_FALSE(transposed(edge, "edge_cdn", "nobody").has_value());
  // A database of one region is no store at all sites of an edge.
  EXPECT_FALSE(transposed(*find_incident("gcp-2025-06-12"), "edge_store", "aws").has_value());
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
