#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "blueprint/vocabulary.h"

/// What recovery rests on, and what more than one thing at a time would do: plain structs.
namespace outlast::findings {

/// A minimal cut set: what stops users when all of it lasts at once, though no less of it does.
struct FaultSet {
  std::vector<std::string> events;  ///< "us-east-1a is down", "web #2 is being patched"
  bool is_planned = false;          ///< one of several is planned work on a replica
  std::vector<std::string> journeys;
  double users = 0;          ///< share of all users
  double share_of_time = 0;  ///< in which all last
  double every_years = 0;    ///< mean time between two
  std::size_t alike = 1;     ///< sets of the same components
};

struct FaultSets {
  std::vector<FaultSet> worst;  ///< by user time, the most first
  std::size_t count = 0;        ///< of all sets, alike ones counted once
  double minutes = 0;           ///< a year, of users' time, that all sets cause but planned ones
  bool is_complete = true;      ///< false: the structure outgrew the budget
};

/// The smallest sets of vendors whose loss stops a journey.
struct VendorSets {
  std::string journey;
  std::vector<std::vector<std::string>> sets;  ///< all of the smallest size; empty: none of ≤ 3
};

/// What coming back takes from one vendor.
struct RecoveryNeed {
  std::string vendor;
  std::string component;  ///< that is needed
  blueprint::Strength strength = blueprint::Strength::startup;
  std::vector<std::string> needed_by;
};

/// Something that those who recover work with: who registers the name, who builds and delivers.
struct RecoveryTool {
  std::string role;                   ///< "registrar", "delivery", "images", …
  std::vector<std::string> vendors;   ///< each once, by name; empty: no input tells
  std::vector<std::string> shown_by;  ///< what tells, by address
};

/// "registrar", "delivery of software", "state of Terraform".
[[nodiscard]] std::string words_of_role(std::string_view role);

/// Work on a component that is planned: patches, upgrades.
struct PlannedWork {
  std::string component;
  std::optional<blueprint::ServiceModel> service_model;
  std::optional<base::Date> on;          ///< the provider upgrades all of it then, ready or not
  double per_year = 0;                   ///< once, where it has a day
  double lasts_s = 0;                    ///< of one replica, or of all where it has a day
  double downtime_minutes_per_year = 0;  ///< of all users, where no other replica stands in
  std::string source;
};

struct Resilience {
  FaultSets single_faults;
  FaultSets double_faults;
  std::vector<VendorSets> vendor_sets;
  std::vector<RecoveryNeed> recovery_needs;
  std::vector<RecoveryTool> tools;   ///< one for each role
  std::vector<PlannedWork> planned;  ///< the most downtime first
};

}  // namespace outlast::findings
