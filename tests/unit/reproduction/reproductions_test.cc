// What must hold of every reproduction of data/reproductions, and which way its times move.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <regex>

#include "base/file_source.h"
#include "incidents/archive.h"
#include "reproduction/reproduce.h"

namespace outlast::reproduction {
namespace {

using incidents::Incident;

const std::vector<Held>& all() {
  static const std::vector<Held> held = [] {
    base::Sources sources;
    base::Diagnostics diagnostics;
    return reproduce("", base::MemoryFiles({}), sources, diagnostics);
  }();
  return held;
}

const Held& held_of(std::string_view incident) {
  const auto found = std::find_if(all().begin(), all().end(), [&](const Held& held) {
    return held.reproduction.incident == incident;
  });
  EXPECT_NE(found, all().end()) << incident;
  return *found;
}

/// When an event comes, seconds after the incident began, with a parameter times `factor`.
double time_of(std::string_view incident, std::string_view event, std::string_view parameter = "",
               double factor = 1) {
  Reproduction changed = held_of(incident).reproduction;
  const Clock clock = clock_of(changed, *incidents::find_incident(incident));
  bool is_changed = parameter.empty();
  for (Parameter& one : changed.parameters) {
    if (one.name == parameter) {
      std::for_each(one.values.begin(), one.values.end(), [&](double& value) { value *= factor; });
      is_changed = true;
    }
  }
  EXPECT_TRUE(is_changed) << parameter;
  const auto at = static_cast<std::size_t>(changed.find_step(event) - changed.steps.data());
  return play(changed, clock.decisions).at(at).at_s - clock.began_s;
}

const Repaired& repaired(std::string_view incident, std::size_t number) {
  return held_of(incident).repairs.at(number);
}

TEST(Reproductions, AreOfTheFourOutagesOfAutumn2025AndTheLeapDay) {
  EXPECT_EQ(reproduced_ids(),
            (std::vector<std::string>{"aws-2025-10-20", "azure-2012-02-29", "azure-2025-10-29",
                                      "cloudflare-2025-11-18", "cloudflare-2025-12-05"}));
}

TEST(Reproductions, NoTimeOfDayStandsInThem) {
  const std::regex time_of_day("[0-9]{1,2}:[0-9]{2}");
  for (const Written& written : archive()) {
    const std::string text(written.text);
    EXPECT_FALSE(std::regex_search(text, time_of_day)) << written.incident;
  }
}

TEST(Reproductions, NoParameterIsAMomentOfItsOutage) {
  for (const Held& held : all()) {
    const Incident& incident = *incidents::find_incident(held.reproduction.incident);
    const double before_s =
        static_cast<double>(incident.began - incident.triggered.value_or(incident.began));
    for (const Parameter& parameter : held.reproduction.parameters) {
      for (const incidents::Boundary& boundary : incident.boundaries) {
        const bool is_told = boundary.at.trust != catalog::Trust::estimate;
        for (const double moment_s : {boundary.at.value, boundary.at.value + before_s}) {
          const bool is_moment = parameter.unit == Unit::seconds && is_told && moment_s > 0 &&
                                 std::abs(parameter.values.front() - moment_s) < moment_s / 100;
          EXPECT_FALSE(is_moment) << parameter.name << " is " << boundary.name;
        }
      }
    }
  }
}

TEST(Reproductions, FewerFiguresAreFittedThanBoundariesAreTold) {
  for (const Held& held : all()) {
    EXPECT_LT(held.fitted(), held.rows.size()) << held.reproduction.incident;
    for (const Parameter& parameter : held.reproduction.parameters) {
      EXPECT_TRUE(parameter.is_fitted() || held.reproduction.sources.contains(parameter.source))
          << parameter.name;
      EXPECT_TRUE(!parameter.is_fitted() ||
                  held.reproduction.find_step(parameter.fitted_to) != nullptr)
          << parameter.name;
    }
  }
}

TEST(Reproductions, WhatIsFittedFitsTheBoundaryThatItWasFittedTo) {
  for (const Held& held : all()) {
    for (const Parameter& parameter : held.reproduction.parameters) {
      for (const Row& row : held.rows) {
        EXPECT_TRUE(parameter.fitted_to != row.boundary || row.is_told()) << parameter.name;
      }
    }
  }
}

/// As many as docs/reproductions.md says, by each of its three readings.
TEST(Reproductions, HalfTheBoundariesAreToldOfTheirPhaseFromSourcesAlone) {
  std::size_t of_phase = 0;
  std::size_t strictly = 0;
  std::size_t told = 0;
  std::size_t counted = 0;
  for (const Held& held : all()) {
    of_phase += held.told_of_phase();
    strictly += held.told_strictly();
    told += held.told();
    counted += held.counted();
  }
  EXPECT_EQ(of_phase, 7U);
  EXPECT_EQ(told, 6U);
  EXPECT_EQ(strictly, 2U);
  EXPECT_EQ(counted, 14U);
}

const Row& row_of(std::string_view incident, std::string_view boundary) {
  const auto& rows = held_of(incident).rows;
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const Row& row) { return row.boundary == boundary; });
  EXPECT_NE(found, rows.end()) << boundary;
  return *found;
}

TEST(Reproductions, WhatPeopleDecidedIsNoMeritOfTheMechanism) {
  const Row& row = row_of("cloudflare-2025-11-18", "main_recovery");
  ASSERT_TRUE(row.error() && row.error_after_decision());
  EXPECT_LT(std::abs(*row.error()), 0.1) << "most of the phase is the time until they decided";
  EXPECT_GT(std::abs(*row.error_after_decision()), 0.1);
  EXPECT_TRUE(row.is_told_of_phase());
  EXPECT_FALSE(row.is_told());
}

TEST(Reproductions, WhatRestsOnNothingDoesNotCount) {
  const Row& row = row_of("cloudflare-2025-12-05", "first_impact");
  EXPECT_TRUE(row.rests_on.empty());
  EXPECT_FALSE(row.counts);
}

TEST(Reproductions, EveryBoundaryOfTheirIncidentsIsPredicted) {
  for (const Held& held : all()) {
    for (const auto& boundary : incidents::find_incident(held.reproduction.incident)->boundaries) {
      EXPECT_NE(held.reproduction.find_step(boundary.name), nullptr) << boundary.name;
    }
    for (const Row& row : held.rows) {
      EXPECT_TRUE(row.predicted.comes()) << row.boundary;
    }
  }
}

TEST(FeatureFile, AFasterUpgradeMakesItSteadyEarlierAndFirstBadEarlier) {
  const auto* id = "cloudflare-2025-11-18";
  EXPECT_LT(time_of(id, "steady_outage", "upgrade", 2), time_of(id, "steady_outage"));
  EXPECT_LT(time_of(id, "first_impact", "upgrade", 2), time_of(id, "first_impact"));
}

TEST(FeatureFile, ALongerPeriodPutsOffTheFirstBadFileAndTheGoodOne) {
  const auto* id = "cloudflare-2025-11-18";
  EXPECT_GT(time_of(id, "first_impact", "draw", 2), time_of(id, "first_impact"));
  EXPECT_GT(time_of(id, "main_recovery", "draw", 3), time_of(id, "main_recovery"));
}

TEST(FeatureFile, ALongerWayPutsOffRecoveryByAsMuch) {
  const auto* id = "cloudflare-2025-11-18";
  EXPECT_NEAR(time_of(id, "main_recovery", "spread", 2) - time_of(id, "main_recovery"), 5, 1e-9);
}

TEST(FeatureFile, HitsNobodyWhereItIsCheckedBeforeItLeavesOrFits) {
  EXPECT_EQ(repaired("cloudflare-2025-11-18", 0).reached, 0);
  EXPECT_EQ(repaired("cloudflare-2025-11-18", 1).reached, 0);
}

TEST(Switch, ALongerWayPutsOffBothEndsByAsMuch) {
  const auto* id = "cloudflare-2025-12-05";
  EXPECT_NEAR(time_of(id, "steady_outage", "spread", 2) - time_of(id, "steady_outage"), 5, 1e-9);
  EXPECT_NEAR(time_of(id, "full_recovery", "spread", 2) - time_of(id, "full_recovery"), 5, 1e-9);
}

TEST(Switch, StopsAtTheFirstStageWhereThereAreAny) {
  const Repaired& staged = repaired("cloudflare-2025-12-05", 0);
  EXPECT_DOUBLE_EQ(staged.reached, 0.01);
  ASSERT_FALSE(staged.rows.empty());
  EXPECT_FALSE(staged.rows.front().predicted.comes()) << "it is never everywhere";
}

TEST(LateCrash, ALongerBakePutsOffTheWholeUntilItSeesTheCrash) {
  const auto* id = "azure-2025-10-29";
  EXPECT_GT(time_of(id, "steady_outage", "bake", 2), time_of(id, "steady_outage"));
  EXPECT_FALSE(std::isfinite(time_of(id, "steady_outage", "bake", 6)));
  EXPECT_DOUBLE_EQ(repaired(id, 0).reached, 0.01);
}

TEST(LateCrash, ALongerWayPutsOffRecovery) {
  const auto* id = "azure-2025-10-29";
  EXPECT_NEAR(time_of(id, "main_recovery", "spread", 2) - time_of(id, "main_recovery"), 600, 1e-6);
}

TEST(LateCrash, GoingBackHelpsOnlyWhereTheLastGoodStateIsGood) {
  const auto* id = "azure-2025-10-29";
  EXPECT_FALSE(std::isfinite(time_of(id, "gone_back")));
  const Repaired& validated = repaired(id, 1);
  const auto main = std::find_if(validated.rows.begin(), validated.rows.end(),
                                 [](const Row& row) { return row.boundary == "main_recovery"; });
  ASSERT_NE(main, validated.rows.end());
  EXPECT_LT(main->predicted.at_s, time_of(id, "main_recovery"));
}

TEST(LeapDay, MorePatienceOrMoreTriesPutOffTheFalseDiagnosisByAsMuch) {
  const auto* id = "azure-2012-02-29";
  const double marked_s = time_of(id, "hosts_blamed");
  EXPECT_NEAR(time_of(id, "hosts_blamed", "patience", 2), 2 * marked_s, 1e-9);
  EXPECT_NEAR(time_of(id, "hosts_blamed", "tries", 3), 3 * marked_s, 1e-9);
  EXPECT_DOUBLE_EQ(repaired(id, 0).reached, 1) << "it puts the diagnosis off, and spares nobody";
}

TEST(EmptyRecord, WhatIsRememberedLongerIsBackLater) {
  const auto* id = "aws-2025-10-20";
  EXPECT_NEAR(time_of(id, "database_back", "empty_life", 2) - time_of(id, "database_back"), 900,
              1e-6);
}

TEST(EmptyRecord, LeasesComeBackOnlyOnceLessIsAskedFor) {
  const auto* id = "aws-2025-10-20";
  const double back_s = time_of(id, "leases_back");
  EXPECT_GT(back_s - time_of(id, "throttled"), 0);
  EXPECT_LT(time_of(id, "leases_back", "patience", 10), back_s) << "all are served in time";
  EXPECT_LT(time_of(id, "leases_back", "leases", 2), back_s);
}

TEST(EmptyRecord, MoreRoomForNetworkStateEndsItEarlier) {
  const auto* id = "aws-2025-10-20";
  EXPECT_LT(time_of(id, "launches_back", "room", 2), time_of(id, "launches_back"));
}

}  // namespace
}  // namespace outlast::reproduction
