// Buildings that burn: who lies in them, and where the copies lie.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "replay/incidents_replayed.h"

namespace outlast {
namespace {

using failure::DataLoss;
using findings::Verdict;
using findings::verdict_of;
using namespace support;

/// A shop whose servers lie in these buildings, and whose database, with such copies, in one.
std::string shop_in(const std::string& places, const std::string& building,
                    const std::string& copies = "") {
  return "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
         "  web: {kind: compute, provider: hoster, region: here, replicas: 2, at_least: 1, "
         "fate: {facility: " +
         places +
         "}, needs: [db]}\n"
         "  db: {kind: database, provider: hoster, region: here, fate: {facility: [" +
         building + "]}" + copies + "}\n";
}

const std::string kNoBackups = ", backups: {retention: 0s}";

TEST(Fires, ABuildingThatBurnsTakesWhatLiesInIt) {
  const auto replay = replayed("ovh-2021-03-10", shop_in("[sbg2]", "sbg2", kNoBackups));
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_EQ(replay.data.kind, DataLoss::Kind::all);
  EXPECT_EQ(replay.data.stores, std::vector<std::string>{"db"});
}

TEST(Fires, WhereTooFewAreLeftEnoughOfThemThereAreOffered) {
  const auto with = [](const std::string& at_least) {
    return replayed(
        "ovh-2021-03-10",
        "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
        "  web: {kind: compute, provider: hoster, region: here, replicas: 4, at_least: " +
            at_least + ", fate: {facility: [sbg2, rbx1]}}\n");
  };
  const auto replay = with("4");
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  ASSERT_FALSE(replay.prevented_by.empty());
  EXPECT_EQ(replay.prevented_by.front().what, "2 replicas more of web in what is left");
  EXPECT_EQ(replay.prevented_by.front().outcome.survives, Verdict::yes);
  EXPECT_EQ(with("3").prevented_by.front().what, "1 replicas more of web in what is left");
  EXPECT_TRUE(with("2").prevented_by.empty());
}

TEST(Fires, WhoHasEnoughLeftIsDownByWhatItNeeds) {
  const auto cause_in = [](const std::string& places) {
    const auto replay = replayed("ovh-2021-03-10", shop_in(places, "sbg2", kNoBackups));
    const auto found = std::find_if(replay.story.begin(), replay.story.end(), [](const auto& line) {
      return line.component == "web" && line.event == "is down";
    });
    return found == replay.story.end() ? std::string() : found->cause;
  };
  EXPECT_EQ(cause_in("[sbg2, rbx1]"), "needs db");
  EXPECT_FALSE(cause_in("[sbg2]").starts_with("needs")) << "it burns itself";
}

TEST(Fires, ABackupInTheSameBuildingBurnsWithIt) {
  const auto replay = replayed(
      "ovh-2021-03-10", shop_in("[sbg2]", "sbg2", ", backups: {every: 24h, facility: sbg2}"));
  EXPECT_EQ(replay.data.kind, DataLoss::Kind::all);
}

TEST(Fires, ABackupInAnotherBuildingIsWhatIsLeft) {
  const auto replay = replayed(
      "ovh-2021-03-10", shop_in("[sbg2]", "sbg2", ", backups: {every: 24h, facility: rbx1}"));
  EXPECT_EQ(replay.data.kind, DataLoss::Kind::seconds);
  EXPECT_DOUBLE_EQ(replay.data.seconds, 24 * kHour);
  const auto away =
      replayed("ovh-2021-03-10",
               shop_in("[sbg2]", "sbg2",
                       kNoBackups + ", copies: {away: {kind: snapshot, every: 6h, in: there}}"));
  EXPECT_EQ(away.data.kind, DataLoss::Kind::seconds);
  EXPECT_DOUBLE_EQ(away.data.seconds, 6 * kHour);
}

TEST(Fires, ABackupOfWhichNobodySaysWhereItLiesIsNotKnownToBeLeft) {
  const auto replay =
      replayed("ovh-2021-03-10", shop_in("[sbg2]", "sbg2", ", backups: {every: 24h}"));
  EXPECT_EQ(replay.data.kind, DataLoss::Kind::unknown);
}

TEST(Fires, WhatLiesElsewhereIsSpared) {
  EXPECT_EQ(verdict_of(replayed("ovh-2021-03-10", shop_in("[gra1]", "gra1"))),
            Verdict::not_exposed);
  const auto moved = incidents::transposed(incident("ovh-2021-03-10"), "facility", "gra1");
  ASSERT_TRUE(moved.has_value());
  const auto there = replayed(*moved, shop_in("[gra1]", "gra1", kNoBackups));
  EXPECT_EQ(verdict_of(there), Verdict::no);
  EXPECT_EQ(there.data.kind, DataLoss::Kind::all);
}

TEST(Fires, TheNextBuildingOfTheSiteIsDownAndLosesNothing) {
  const std::string neighbour =
      "outlast: 1\njourneys: {buy: {enters: db}}\ncomponents:\n"
      "  db: {kind: database, provider: hoster, region: here, zones: [strasbourg], "
      "fate: {facility: [sbg3]}, backups: {retention: 0s}}\n";
  const auto replay = replayed("ovh-2021-03-10", neighbour);
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_GT(replay.outcome.downtime_s, 5 * 24 * kHour);
  EXPECT_EQ(replay.data.kind, DataLoss::Kind::none);
}

TEST(Fires, ARoomLosesItsDataAndTheCentreItsTime) {
  const auto in = [](const std::string& room) {
    return "outlast: 1\njourneys: {work: {enters: drive}}\ncomponents:\n"
           "  drive: {kind: storage, holds: files, provider: state, region: korea, zones: "
           "[daejeon], "
           "fate: {facility: [" +
           room + "]}, backups: {every: 24h, facility: " + room + "}}\n";
  };
  const auto burnt = replayed("nirs-2025-09-26", in("daejeon-7-1"));
  EXPECT_EQ(burnt.data.kind, DataLoss::Kind::all);
  EXPECT_EQ(verdict_of(burnt), Verdict::no);
  const auto shut = replayed("nirs-2025-09-26", in("daejeon-3-2"));
  EXPECT_EQ(shut.data.kind, DataLoss::Kind::none);
  EXPECT_GT(shut.outcome.downtime_s, 20 * 24 * kHour);
  EXPECT_LT(shut.outcome.downtime_s, 23 * 24 * kHour);
}

/// The half that went to the dead one fails until that is noticed.
TEST(Fires, TwoBuildingsAreNotOne) {
  const std::string web =
      "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
      "  web: {kind: compute, provider: hoster, region: here, replicas: 2, at_least: 1, "
      "fate: {facility: ";
  const auto one = replayed("pangyo-2022-10-15", web + "[pangyo]}}\n");
  EXPECT_EQ(verdict_of(one), Verdict::no);
  EXPECT_NEAR(one.outcome.downtime_s, 85.5 * kHour, kHour);
  const auto two = replayed("pangyo-2022-10-15", web + "[pangyo, sangam]}}\n");
  EXPECT_EQ(verdict_of(two), Verdict::yes);
  EXPECT_EQ(two.outcome.users, 0.5);
  EXPECT_EQ(two.outcome.downtime_s, kMinute);
}

TEST(Fires, SigningInThroughWhoLiesInTheBuildingIsLostElsewhereToo) {
  const auto replay =
      replayed("pangyo-2022-10-15",
               "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
               "  web: {kind: compute, provider: hoster, region: here, fate: {facility: [sangam]}, "
               "needs: [{to: login, strength: auth}]}\n"
               "  login: {type: external.kakao_login}\n");
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_GT(replay.outcome.downtime_s, 24 * kHour);
}

TEST(Fires, ZonesThatWereToldToBeApartGoDownTogether) {
  const auto in = [](const std::string& zones) {
    return "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
           "  web: {type: gcp.vm, region: europe-west9, replicas: 2, at_least: 1, zones: " +
           zones + "}\n";
  };
  const auto one = replayed("gcp-2023-04-26", in("[a]"));
  const auto spread = replayed("gcp-2023-04-26", in("[b, c]"));
  EXPECT_GT(one.outcome.downtime_s, 13 * 24 * kHour);
  EXPECT_EQ(verdict_of(spread), Verdict::no);
  EXPECT_NEAR(spread.outcome.downtime_s, 24 * kHour - 111 * kMinute, kMinute);
}

TEST(Fires, SayThatWhatIsLeftIsNotWeighedWhereNobodySaysHowManyUsersItHas) {
  const auto unweighed = [](const blueprint::Scenario&, double, Verdict) {
    return std::optional<replay::Weight>();
  };
  const auto says_so = [&](const std::string& yaml) {
    const auto replay = replayed("ovh-2021-03-10", yaml, {.weigher = unweighed});
    return std::any_of(replay.assumptions.begin(), replay.assumptions.end(), [](const auto& one) {
      return one.name == "what is left carries all users" &&
             one.source.find("users: {now") != std::string::npos;
    });
  };
  const std::string spread = shop_in("[sbg2, gra1]", "gra1");
  EXPECT_TRUE(says_so(spread));
  EXPECT_FALSE(says_so(spread + "objectives: {users: {now: 100}}\n"));
  EXPECT_FALSE(says_so(shop_in("[sbg2]", "sbg2"))) << "nothing is left";
}

/// Two places of one private cloud, and the copies that their owners keep.
std::string private_cloud(const std::string& traits, const std::string& copies) {
  return "outlast: 1\njourneys: {portal: {enters: store}}\ncomponents:\n"
         "  store: {type: gcp.vmware, kind: database, region: australia-southeast1, replicas: 2, "
         "at_least: 1, traits: {" +
         traits + "}" + copies + "}\n";
}

std::string copy_elsewhere(const std::string& restore) {
  return ", backups: {retention: 0s}, copies: {away: {kind: snapshot, provider: other, every: 24h" +
         restore + "}}";
}

/// A deletion has no end at the provider: it is over when its owners have restored it.
TEST(Deleted, HowLongItLastsIsAMatterOfTheCopies) {
  const auto lost_s = [](const std::string& restore) {
    return replayed("gcp-2024-05-02", private_cloud("term: expired", copy_elsewhere(restore)))
        .outcome.downtime_s;
  };
  EXPECT_NEAR(lost_s(", restore: 2d"), 2 * 24 * kHour, kHour);
  EXPECT_NEAR(lost_s(", restore: 13d"), 13 * 24 * kHour, kHour);
  EXPECT_GT(lost_s(""), kHour);  // by what restoring usually takes
}

TEST(Deleted, WithoutACopyInOtherHandsItIsGoneForGood) {
  const auto replay = replayed("gcp-2024-05-02", private_cloud("term: expired", kNoBackups));
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_EQ(replay.data.kind, DataLoss::Kind::all);
  EXPECT_FALSE(std::isfinite(replay.outcome.downtime_s));
}

TEST(Deleted, WhoMayBeAmongThemIsToldBothEnds) {
  const auto replay = replayed("gcp-2024-05-02", private_cloud("", copy_elsewhere("")));
  EXPECT_EQ(verdict_of(replay), Verdict::unknown);
  EXPECT_EQ(verdict_of(replayed("gcp-2024-05-02", private_cloud("term: none", copy_elsewhere("")))),
            Verdict::not_exposed);
}

}  // namespace
}  // namespace outlast
