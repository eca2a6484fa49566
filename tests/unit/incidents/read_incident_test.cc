#include "incidents/read_incident.h"

#include <gtest/gtest.h>

#include "incidents/archive.h"
#include "incidents/read_file.h"

namespace outlast::incidents {
namespace {

constexpr const char* kGood = R"(
incident: example-2026-01-02
title: an example
began: 2026-01-02T03:00:00Z
ended: 2026-01-02T05:00:00Z
class: region
sources: {status: {url: "https://status.example.com/1", date: 2026-01-03}}
roles: {provider: aws, region: eu-west-1}
faults:
  - {id: stuck, fault: down, what: "volumes", match: {role: machine_disks}, at: 5m, until: 1h,
     source: status, trust: V}
)";

/// The good file with one part replaced.
std::string with(const std::string& old, const std::string& fresh) {
  std::string text = kGood;
  const auto at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), fresh);
}

std::string codes_of(const std::string& text) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::MemoryFiles files({{"outage.yaml", text}});
  const auto incident = read_incident_file("outage.yaml", files, sources, diagnostics);
  EXPECT_EQ(incident.has_value(), !diagnostics.has_errors());
  std::string codes;
  for (const auto& item : diagnostics.items()) {
    EXPECT_FALSE(item.help.empty()) << item.message;
    codes += (codes.empty() ? "" : " ") + item.code;
  }
  return codes;
}

TEST(ReadIncident, AGoodFileHasNoMistake) {
  EXPECT_EQ(codes_of(kGood), "");
}

TEST(ReadIncident, WhatIsOfACustomerIsRefused) {
  for (const char* key : {"ttl", "pool", "client_tail", "retries", "timeout", "downtime"}) {
    EXPECT_EQ(codes_of(with("at: 5m", "at: 5m, " + std::string(key) + ": 60s")), "OUT-I005") << key;
  }
}

TEST(ReadIncident, EveryFigureHasASourceAndATrust) {
  EXPECT_EQ(codes_of(with("source: status, trust: V", "source: status")), "OUT-I004");
  EXPECT_EQ(codes_of(with("source: status, trust: V", "source: rumour, trust: V")), "OUT-I006");
  EXPECT_EQ(codes_of(with("until: 1h", "until: {value: 1h}")), "OUT-I006");
  EXPECT_EQ(codes_of(with("until: 1h", "until: {value: 1h, trust: E, source: rumour}")),
            "OUT-I006");
}

TEST(ReadIncident, APhaseEndsOnce) {
  EXPECT_EQ(codes_of(with(", until: 1h", "")), "OUT-I007");
  EXPECT_EQ(codes_of(with("until: 1h", "until: 5m")), "OUT-I007");
  EXPECT_EQ(codes_of(std::string(kGood) +
                     "recoveries: [{recovery: repair, what: w, at: 1h, ends: [stuck], "
                     "source: status, trust: V}]\n"),
            "OUT-I007");
}

TEST(ReadIncident, WhatIsDestroyedDoesNotEnd) {
  EXPECT_EQ(codes_of(with("fault: down", "fault: destroy")), "OUT-I005");
  std::string text = with(", until: 1h", "");
  text.replace(text.find("fault: down"), 11, "fault: destroy");
  EXPECT_EQ(codes_of(text), "");
  EXPECT_EQ(codes_of(text + "recoveries: [{recovery: restore, what: w, at: 1h, ends: [stuck], "
                            "source: status, trust: V}]\n"),
            "OUT-I005");
}

std::string with_recovery(const std::string& needs) {
  std::string text = with(", until: 1h", "");
  return text + "recoveries: [{recovery: repair, what: w, at: 1h, ends: [stuck], " + needs +
         "source: status, trust: V}]\n";
}

TEST(ReadIncident, ARecoveryDoesNotWaitForItself) {
  EXPECT_EQ(codes_of(with_recovery("")), "");
  EXPECT_EQ(codes_of(with_recovery("needs: [machine_disks], ")), "OUT-I007");
  EXPECT_EQ(codes_of(with_recovery("needs: [machine_disks], instead: by hand, ")), "");
  EXPECT_EQ(codes_of(with_recovery("needs: [machines], ")), "");
  EXPECT_EQ(codes_of(with_recovery("needs: [machine], ")), "OUT-I003");
  EXPECT_EQ(codes_of(with_recovery("needs: [facility], ")), "OUT-I009");
  EXPECT_EQ(codes_of(with_recovery("instead: by hand, ")), "OUT-I004");
}

TEST(ReadIncident, WhatComesBackOneByOneTakesATime) {
  EXPECT_EQ(codes_of(with_recovery("one_by_one: true, ")), "OUT-I009");
  EXPECT_EQ(codes_of(with_recovery("one_by_one: true, reaches: 10m, ")), "");
}

TEST(ReadIncident, WhatBeginsWithAPushIsSoftware) {
  EXPECT_EQ(codes_of(with("fault: down", "fault: push")), "OUT-I008");
  EXPECT_EQ(codes_of(with("class: region", "class: software")), "OUT-I008");
}

TEST(ReadIncident, ACohortNamesItsBase) {
  EXPECT_EQ(codes_of(with("role: machine_disks", "role: machine_disks, cohort: {proxy: new}")),
            "OUT-I004");
}

TEST(ReadIncident, ARoleNeedsSomebodyWhoPlaysIt) {
  EXPECT_EQ(codes_of(with("provider: aws", "provider: nobody")), "OUT-I009");
  EXPECT_EQ(codes_of(with("role: machine_disks", "role: machine_disk")), "OUT-I003");
}

}  // namespace
}  // namespace outlast::incidents
