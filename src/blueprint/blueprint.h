#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/ids.h"
#include "blueprint/access.h"
#include "blueprint/attributes.h"
#include "blueprint/draft.h"
#include "blueprint/value.h"
#include "blueprint/vocabulary.h"

namespace outlast::blueprint {

using ComponentId = base::Id<struct ComponentTag>;
using FateGroupId = base::Id<struct FateGroupTag>;
using NeedId = base::Id<struct NeedTag>;
using JourneyId = base::Id<struct JourneyTag>;

/// Operations as bits; what declares none takes part in all.
using Operations = std::uint64_t;
inline constexpr Operations kAllOperations = ~Operations{0};
inline constexpr std::size_t kMostOperations = 64;

/// A set of things that fail together.
struct FateGroup {
  FateKind kind = FateKind::zone;
  std::string provider;
  std::string account;
  std::string region;  ///< empty where it has none
  std::string name;    ///< "us-east-1a", "rds", "rack 12"
  std::string title;   ///< for people, where it differs from the name
  /// A zone of which only a subnet is known is told apart from others by its label, but may
  /// be the same as one of them: then this is false.
  bool is_certain = true;
  /// Zones an uncertain one can be; empty: any of the region.
  std::vector<FateGroupId> candidates;
  /// Stands for the places of several replicas of which nothing at all is known.
  bool may_be_several = false;
};

/// One copy of a component, numbered within it.
struct Replica {
  FateGroupId zone;                      ///< absent unless the component's scope is `zone`
  std::vector<FateGroupId> fate_groups;  ///< others than zone, region, service
  std::vector<NeedId> local_needs;
  double carries = 0;  ///< share of the component's requests
};

struct Need {
  ComponentId from;
  std::vector<ComponentId> any_of;  ///< at least one; the first is the active one
  std::size_t at_least = 1;         ///< how many of them must serve
  bool at_least_is_assumed = false;
  ComponentId via;  ///< may be absent
  Strength strength = Strength::hard;
  EdgeKind kind = EdgeKind::service;
  Operations operations = kAllOperations;
  Interval loses = {1, 1};         ///< of the journey's value, where it is down and not hard
  Value<base::Seconds> buffer;     ///< how long the needing one lasts without; of a lease its life
  Value<base::Seconds> refill;     ///< how long until a buffer that was used up is full again
  Value<base::Seconds> every;      ///< refresh: how often a lease is renewed
  Value<base::Seconds> retry;      ///< refresh: how soon it is tried again
  Value<base::Seconds> pool;       ///< how long an established connection lives
  Value<base::Seconds> ttl;        ///< how long the address behind the name is kept
  Value<base::Share> stale;        ///< share of users who keep it longer, whatever it says …
  Value<base::Seconds> stale_for;  ///< … for so long
  Caching cached;                  ///< answers of it that are kept …
  ComponentId cached_in;           ///< … in another component; absent: in the needing one
  Switching switching;
  bool is_local = false;
  Confidence confidence = Confidence::stated;
  CallPolicy calls;          ///< where the needing one's own does not tell
  Value<CallRecord> record;  ///< where calls were traced
  Value<std::int64_t> port;  ///< at which the needed one is to answer
  Evidence evidence;
};

struct Component {
  std::string id;    ///< unique: Terraform address, key of a blueprint
  std::string name;  ///< short, for people
  std::string type;  ///< "aws.ec2"; empty if not understood
  Kind kind = Kind::other;
  std::optional<ServiceModel> service_model;
  Scope scope = Scope::zone;
  std::string provider;
  std::string account;
  Value<std::string> region;
  Value<std::string> size;
  std::vector<Replica> replicas;      ///< at least one; one is assumed where the number is unknown
  std::vector<FateGroupId> zones;     ///< all it may use, where that is said
  Value<std::int64_t> replica_count;  ///< 0: known to run none, and one stands for none
  std::size_t at_least = 1;
  bool at_least_is_assumed = false;
  Redundancy redundancy = Redundancy::active_active;
  bool relocates = false;
  bool is_bound = false;  ///< a replica comes back only where it was, once its machine does
  bool may_share_a_machine = false;  ///< nothing keeps all its replicas from lying on one
  bool is_workload = false;
  bool is_store = false;             ///< holds data that is lost with the place it lies in
  bool is_imported = false;          ///< from an infrastructure file, not from a blueprint
  std::string written_type;          ///< its type as that file writes it, where that is told
  std::string made_if;               ///< condition that nobody can decide: it may not be there
  bool forwards = false;             ///< is nothing without what it forwards to
  bool places_are_distinct = false;  ///< no two replicas lie in one zone, whichever that is
  Value<bool> internet;
  Operations operations = kAllOperations;
  Value<std::string> holds;
  std::string group;
  std::vector<FateGroupId> fate_groups;  ///< region, service … of all replicas
  Backups backups;
  DataCare care;
  std::vector<Copy> copies;
  FailureFigures failure;
  Switching switching;
  Scale scale;
  CallPolicy calls;
  Serving serving;
  Value<WorkRecord> work;  ///< where its requests were traced
  Rollout rollout;         ///< of a release
  Rollout configuration;   ///< of a configuration that bypasses releases
  /// What a provider tells its customers apart by: which proxy, which options.
  std::map<std::string, std::string> traits;
  std::vector<std::string> parts;
  std::vector<Mark> marks;
  std::vector<Lifetime> lifetimes;
  std::vector<NeedId> needs;  ///< of the component as a whole
  Evidence evidence;

  /// Whoever calls it gets nothing, whatever fails or not.
  [[nodiscard]] bool runs_none() const { return replica_count.is_known() && *replica_count == 0; }
};

/// Users who come in at one place.
struct Cohort {
  std::string name;
  double share = 1;
  ComponentId enters;
};

/// What users come for.
struct Journey {
  std::string name;
  std::vector<Cohort> cohorts;  ///< shares sum to 1
  Operations operations = kAllOperations;
  double weight = 1;  ///< share of all users; weights sum to 1
  Value<base::Money> value_per_hour;
  Importance importance = Importance::normal;
  Value<base::Share> availability;
  bool is_inferred = false;
  Evidence evidence;
};

/// What a place draws its way out from.
struct Supply {
  std::string place;
  Value<std::string> zone;
  std::vector<ComponentId> any_of;
  Evidence evidence;
};

struct NetworkRule {
  std::vector<ComponentId> subjects;
  Direction direction = Direction::inbound;
  std::string protocol;
  Value<std::int64_t> from_port;
  Value<std::int64_t> to_port;
  std::vector<std::string> peer_ranges;
  std::vector<ComponentId> peer_components;
  RuleCharacter character;
  Evidence evidence;
};

struct Grant {
  std::string identity;
  std::vector<ComponentId> principals;
  bool allows = true;
  std::vector<std::string> actions;
  std::vector<std::string> resources;
  std::vector<ComponentId> resource_components;
  GrantCharacter character;
  Evidence evidence;
};

/// An architecture, complete and consistent: every id resolves, every share adds up.
/// Made by `validate` only, and never changed.
class Blueprint {
 public:
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const base::IdVector<ComponentId, Component>& components() const {
    return components_;
  }
  [[nodiscard]] const base::IdVector<FateGroupId, FateGroup>& fate_groups() const {
    return fate_groups_;
  }
  [[nodiscard]] const base::IdVector<NeedId, Need>& needs() const { return needs_; }
  [[nodiscard]] const base::IdVector<JourneyId, Journey>& journeys() const { return journeys_; }
  [[nodiscard]] const std::vector<Supply>& supplies() const { return supplies_; }
  [[nodiscard]] const std::vector<NetworkRule>& network_rules() const { return network_rules_; }
  [[nodiscard]] const std::vector<Grant>& grants() const { return grants_; }
  [[nodiscard]] const Access<ComponentId>& access() const { return access_; }
  [[nodiscard]] const Objectives& objectives() const { return objectives_; }
  [[nodiscard]] const Operators& operators() const { return operators_; }
  [[nodiscard]] const std::vector<SecretPlace>& secrets() const { return secrets_; }
  [[nodiscard]] const std::vector<Assumption>& assumptions() const { return assumptions_; }
  [[nodiscard]] const Coverage& coverage() const { return coverage_; }
  /// The operations that this name stands for; none where nobody wrote it.
  [[nodiscard]] Operations operation_called(std::string_view name) const;

  [[nodiscard]] const Component& operator[](ComponentId id) const { return components_[id]; }
  [[nodiscard]] const FateGroup& operator[](FateGroupId id) const { return fate_groups_[id]; }
  [[nodiscard]] const Need& operator[](NeedId id) const { return needs_[id]; }
  [[nodiscard]] const Journey& operator[](JourneyId id) const { return journeys_[id]; }

  /// The component with this id, absent if there is none.
  [[nodiscard]] ComponentId find(std::string_view id) const;

 private:
  friend class BlueprintMaker;
  Blueprint() = default;
  std::string name_;
  base::IdVector<ComponentId, Component> components_;
  base::IdVector<FateGroupId, FateGroup> fate_groups_;
  base::IdVector<NeedId, Need> needs_;
  base::IdVector<JourneyId, Journey> journeys_;
  std::vector<Supply> supplies_;
  std::vector<NetworkRule> network_rules_;
  std::vector<Grant> grants_;
  Access<ComponentId> access_;
  Objectives objectives_;
  Operators operators_;
  std::vector<SecretPlace> secrets_;
  std::vector<Assumption> assumptions_;
  Coverage coverage_;
  std::vector<std::string> operation_names_ = {"read", "write"};  ///< by bit
  std::map<std::string, ComponentId, std::less<>> by_id_;
};

/// Checks a completed draft and makes it a blueprint.
///
/// in      draft  `components` complete; `overlays` and `resources` are not looked at
/// errors  every mistake goes to `diagnostics` with its place and a remedy:
///         an id that names nothing (with the nearest), a need of itself, alternatives less than
///         `at_least`, shares over 100 %, zones without a scope for them, more than 64 operations
/// out     nothing if there was an error
[[nodiscard]] std::optional<Blueprint> validate(const Draft& draft, base::Diagnostics& diagnostics);

}  // namespace outlast::blueprint
