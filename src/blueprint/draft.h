#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/document.h"
#include "base/ids.h"
#include "blueprint/access.h"
#include "blueprint/attributes.h"
#include "blueprint/value.h"
#include "blueprint/vocabulary.h"

/// What importers produce and the catalog completes; `validate` turns it into a Blueprint.
namespace outlast::blueprint {

using ResourceId = base::Id<struct ResourceTag>;

/// One attribute of a resource names other resources.
struct Reference {
  /// With positions: "load_balancer[0].target_group_arn". "depends_on": what a resource waits for,
  /// and in a state all that it refers to, for there the attributes are not told.
  std::string path;
  std::vector<ResourceId> targets;  ///< none: what the input leaves out, as plans do with locals
};

/// Something that a resource calls, as the input names or shows it.
struct DraftCall {
  std::vector<ResourceId> targets;  ///< several stand in for each other
  std::string host;          ///< as written, where its format's reader knows nothing of that name
  std::string route;         ///< the one of its rules that leads there; empty: all requests do
  bool is_local = false;     ///< a name that means something within the input's own network only
  bool is_apart = false;     ///< the inputs hold it, and no network joins both
  Value<std::int64_t> port;  ///< at which the called one is to answer
  Value<Strength> strength;  ///< unset: what the called thing is usually needed for
  Confidence confidence = Confidence::referenced;
  CallPolicy policy;  ///< of what stands between: a mesh
  Value<CallRecord> record;
  Evidence evidence;
};

/// An item of an infrastructure file as it stands there: attributes are three-valued
/// (a node that does not exist or is null is unset, one of kind `unknown` is unknown).
struct DraftResource {
  std::string_view format = "terraform";  ///< in whose spelling `type` is; see catalog/names.h
  std::string address;
  std::string name;           ///< short, for people; empty: the last part of the address
  std::string type;           ///< spelling of the format: "aws_instance"
  std::string written_type;   ///< where `type` is a translation: "AWS::EC2::Instance"
  std::string group;          ///< address without index: alike for all instances of one declaration
  std::string account;        ///< tells accounts apart; empty: the one of the default provider
  std::string configured_by;  ///< tells configurations of providers apart; empty: not told
  Value<std::string> region;  ///< of that provider
  Value<std::string> zone;    ///< of that provider, where it may be configured with one
  std::string made_if;      ///< condition that cannot be decided; empty: it is made, whatever holds
  bool is_context = false;  ///< read only, not managed here: a data source
  bool may_share_places = false;   ///< nothing keeps its replicas in places apart
  bool lie_apart = false;          ///< no two of its replicas run in one zone
  bool is_bound = false;           ///< its replicas come back only on the machine they were on
  std::string only_machine;        ///< where that is one for all of them; empty: not told
  bool keeps_data_there = false;   ///< … and so lies its data
  Value<base::Seconds> tolerates;  ///< how long its replicas may stay on a dead machine
  bool holds_volume = false;       ///< one that only one machine at a time can hold
  bool has_no_address = false;     ///< nobody can call it: no name leads to it
  Value<std::string> grows;        ///< of an autoscaler: by at most so many at a time
  Value<std::string> shrinks;
  Value<base::Seconds> noticed_after;  ///< how long a replica that does not answer is still asked
  base::Node attributes;
  std::vector<Reference> references;
  std::vector<DraftCall> calls;
  std::vector<std::string> names;  ///< others that it answers to: host names, labels
  Value<WorkRecord> work;          ///< where its requests were traced
  Evidence evidence;
  std::string attributes_pointer;  ///< JSON pointer of `attributes`; empty where there is none
};

/// A need as read, ends by id or name.
struct DraftNeed {
  std::vector<std::string> any_of;  ///< one target, or alternatives; the first is the active one
  base::Span targets;               ///< where they are named; the evidence tells where none is
  Value<std::int64_t> at_least;     ///< how many of the alternatives
  std::string via;                  ///< what switches between alternatives
  Value<Strength> strength;
  Value<EdgeKind> kind;
  std::vector<std::string> operations;  ///< empty: all
  std::vector<std::string> routes;      ///< rules of a balancer that lead here; empty: all do
  Value<Interval> loses;                ///< soft: share of the journey's value
  Value<base::Seconds> buffer;          ///< async, refresh: how long it lasts without
  Value<base::Seconds> refill;          ///< how long until what was used up is full again
  Value<base::Seconds> every;           ///< refresh: how often it is renewed
  Value<base::Seconds> retry;           ///< refresh: how soon it is tried again
  Value<base::Seconds> pool;            ///< how long an established connection lives
  Value<base::Seconds> ttl;             ///< how long the address behind the name is kept
  Value<base::Share> stale;             ///< share of users who keep it longer, whatever it says …
  Value<base::Seconds> stale_for;       ///< … for so long
  Caching cached;                       ///< answers of it that are kept …
  std::string cached_in;                ///< … in another component; empty: in the needing one
  Switching switching;
  bool is_local = false;   ///< each replica needs it for itself
  std::string local_zone;  ///< only replicas in this zone; empty: all
  Confidence confidence = Confidence::stated;
  /// Undecided condition of what it may lead to: it is there, or counts, only as that turns out.
  std::string doubted_by;
  CallPolicy calls;  ///< where the caller's own does not tell
  Value<CallRecord> record;
  Value<std::int64_t> port;  ///< at which the needed one is to answer
  Evidence evidence;
};

/// Where one replica, or a share of them, may lie: a zone, or a subnet whose zone is not known.
struct DraftPlacement {
  Value<std::string> zone;
  std::string label;  ///< names the place where the zone is unknown: a subnet's address or id
  std::vector<DraftNeed> local_needs;
};

struct DraftComponent {
  std::string id;
  Value<std::string> name;
  Value<std::string> type;
  Value<Kind> kind;
  Value<ServiceModel> service_model;
  Value<Scope> scope;
  Value<std::string> provider;
  Value<std::string> service;  ///< of the provider, which fails as one in a region
  Value<std::string> account;
  Value<std::string> region;
  Value<std::string> size;
  Value<std::int64_t> replicas;
  Value<std::int64_t> at_least;
  Value<Redundancy> redundancy;
  std::vector<DraftPlacement> placements;
  bool placements_are_known = false;     ///< false: there may be others than those listed
  bool placements_are_distinct = false;  ///< the provider refuses two in one zone
  bool forwards = false;                 ///< is nothing without what it forwards to
  bool is_imported = false;              ///< made of a resource, not told by a blueprint
  bool has_no_address = false;           ///< nobody can call it
  std::string written_type;              ///< of that resource, where the catalog reads another
  std::string made_if;                   ///< condition that cannot be decided: it may not be there
  bool is_spread = true;                 ///< replicas are dealt over the placements …
  bool may_share_places = false;         ///< … but nothing keeps them apart
  Value<bool> relocates;                 ///< a lost replica is started again elsewhere by itself
  Value<bool> bound;                     ///< … or only where it was, once its machine is back
  Value<bool> kept_apart;   ///< no machine holds all its replicas; unset: so it is taken
  Value<bool> is_workload;  ///< runs what users came for
  Value<bool> is_store;     ///< holds data that is lost with the place it lies in
  Value<bool> internet;     ///< reachable from the internet
  std::vector<std::string> operations;  ///< empty: all
  Value<std::string> holds;             ///< class of data
  Value<std::string> group;             ///< instances of one declaration
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
  std::map<std::string, std::vector<std::string>> fate;  ///< kind → names, dealt over replicas
  std::map<std::string, std::string> traits;  ///< what a provider tells its customers apart by
  std::vector<std::string> parts;
  std::vector<Mark> marks;
  std::vector<Lifetime> lifetimes;
  std::vector<DraftNeed> needs;
  Evidence evidence;
};

struct DraftCohort {
  std::string name;
  Value<base::Share> share;  ///< unset: what the others leave, evenly
  std::string enters;
  base::Span span = {};  ///< of `enters`
};

struct DraftJourney {
  std::string name;
  std::vector<DraftCohort> cohorts;  ///< at least one
  std::vector<std::string> operations;
  std::vector<std::string> excludes;  ///< operations it does not take, where it takes all others
  Value<base::Share> weight;
  Value<base::Money> value_per_hour;
  Value<Importance> importance;
  Value<base::Share> availability;
  bool is_inferred = false;
  Evidence evidence;
};

/// Traffic that a firewall lets through. Peers are address ranges or other components.
struct DraftNetworkRule {
  std::vector<std::string> subjects;  ///< components it protects
  Direction direction = Direction::inbound;
  std::string protocol;  ///< "tcp", "udp", "icmp", "all"
  Value<std::int64_t> from_port;
  Value<std::int64_t> to_port;
  std::vector<std::string> peer_ranges;
  std::vector<std::string> peer_components;
  RuleCharacter character;
  Evidence evidence;
};

/// What an identity may do, to what.
struct DraftGrant {
  std::string identity;                 ///< its address; empty: of the components themselves
  std::vector<std::string> principals;  ///< components that act with it
  bool allows = true;
  std::vector<std::string> actions;              ///< "s3:GetObject", "s3:*"
  std::vector<std::string> resources;            ///< patterns, as written
  std::vector<std::string> resource_components;  ///< the components they name exactly
  GrantCharacter character;
  Evidence evidence;
};

/// Where packets find a component, as a blueprint declares it; `row.is_public` is not set yet.
struct DeclaredAddress {
  Address<std::string> row;
  Value<base::Truth> is_public;  ///< unset: as is known otherwise
};

/// Who can come to what, as blueprints declare it, ends by id or name.
struct DeclaredAccess {
  std::vector<DraftNetworkRule> network_rules;
  std::vector<DraftGrant> grants;
  std::vector<DeclaredAddress> addresses;
  Access<std::string> access;  ///< all but addresses
};

/// What a place (a subnet) draws its way out from, whether or not anything lies in it yet.
struct DraftSupply {
  std::string place;
  Value<std::string> zone;
  std::vector<std::string> any_of;
  Evidence evidence;
};

/// What an input says was called otherwise before: a resource, all of a declaration or of a module.
struct Move {
  std::string from;
  std::string to;
  base::Span span;
};

/// A condition of a template that cannot be decided: what is made under it may not be there.
struct OpenCondition {
  std::string address;                  ///< "stack/Name", as `made_if` has it
  std::vector<std::string> parameters;  ///< without a value, that would decide it
  Evidence evidence;
};

struct Draft {
  std::string name;
  /// An input could not be read: what seems missing may be there, and is not told as a mistake.
  bool is_incomplete = false;
  std::deque<base::Document> documents;  ///< what the nodes below point into
  base::IdVector<ResourceId, DraftResource> resources;
  std::vector<DraftComponent> overlays;    ///< as written in blueprints, in input order
  DeclaredAccess declared;                 ///< likewise
  std::vector<DraftComponent> components;  ///< what the catalog made of all of it
  std::vector<DraftJourney> journeys;
  std::vector<DraftSupply> supplies;
  std::vector<DraftNetworkRule> network_rules;
  std::vector<DraftGrant> grants;
  Access<std::string> access;
  Objectives objectives;
  Operators operators;
  std::vector<SecretPlace> secrets;
  std::vector<Assumption> assumptions;
  std::vector<OpenCondition> conditions;
  std::vector<Move> moves;
  Coverage coverage;
};

/// A copy of all that `validate` looks at: components, journeys, tables; no resources and no
/// overlays, which point into documents.
[[nodiscard]] Draft without_documents(const Draft& draft);

}  // namespace outlast::blueprint
