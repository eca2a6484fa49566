#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/units.h"
#include "blueprint/value.h"
#include "blueprint/vocabulary.h"

/// Attributes of components, needs and architectures that are alike in a draft and a blueprint.
namespace outlast::blueprint {

/// More replicas of one component are modelled as this many: no answer changes by then.
inline constexpr std::int64_t kMostReplicas = 10'000;

/// A closed interval within [0, 1].
struct Interval {
  double low = 0;
  double high = 1;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Copies of a store that are not replicas.
struct Backups {
  Value<base::Seconds> every;      ///< so at most this much is lost
  Value<base::Seconds> retention;  ///< zero: none are kept
  Value<std::string> in;           ///< region that holds them
  Value<std::string> facility;     ///< building, or zone, that holds them
};

/// One copy of a store's data, by name. What it does not say it shares with the store.
struct Copy {
  std::string name;
  Value<CopyKind> kind;
  Value<base::Seconds> every;      ///< age at most; of a replica how far it lags
  Value<base::Seconds> retention;  ///< how far it goes back; of a replica nowhere
  Value<std::string> in;           ///< region that holds it
  Value<std::string> facility;     ///< building, or zone, that holds it
  Value<std::string> provider;
  Value<std::string> account;
  Value<std::string> credential;    ///< who can delete it
  Value<std::string> encrypted_by;  ///< the key without which it cannot be read
  Value<bool> immutable;            ///< nobody can delete it before its retention ends
  Value<bool> tested;               ///< it was restored at least once
  Value<base::Share> restorable;    ///< probability that it can be restored
  Value<base::Seconds> restore;     ///< time that takes
  Evidence evidence;
};

/// What a store's data rests on beside its copies.
struct DataCare {
  Value<std::string> credential;    ///< who can delete it
  Value<std::string> encrypted_by;  ///< the key without which it cannot be read
  Value<OnPrimaryLoss> on_primary_loss;
  /// A replica whose machine dies takes its data along; not known: it may.
  Value<bool> lost_with_machine;
};

/// How often one replica fails and how long it then takes until it is good again.
struct FailureFigures {
  Value<base::Seconds> every;
  Value<base::Seconds> repair;
  Value<base::Seconds> waits;  ///< so long a dead machine may come back before what ran on it is
                               ///< started elsewhere
  Value<bool> by_hand;         ///< once it has stopped nobody but people starts it again
};

/// How long until a dead replica no longer gets requests: noticed, then switched away from.
struct Switching {
  Value<base::Seconds> detect;
  Value<base::Seconds> takes;
  Value<base::Share> coverage;  ///< of faults of one replica that the others do stand in for
  Value<base::Seconds> freed;  ///< mean, until people end an outage that such a fault should not be
  Value<base::Seconds> good;   ///< mean, until the replica itself is good after one of those
  Value<base::Share> unnoticed;  ///< of faults of one replica that no check of its callers finds
  Value<base::Share> notices;    ///< of requests lost, from which on it switches; not given: half
};

struct Scale {
  Value<std::int64_t> min;
  Value<std::int64_t> max;
  Value<std::string> target;
  Value<base::Seconds> warm_up;
  Value<base::Seconds> cooldown_out;  ///< after its number has changed, until it may grow
  Value<base::Seconds> cooldown_in;   ///< after it has changed, or was in use, until it may shrink
  Value<std::string> grows;           ///< by at most so many: see `scale_pace.h`
  Value<std::string> shrinks;
};

/// What a caller does when a call does not come back.
struct CallPolicy {
  Value<base::Seconds> timeout;
  Value<std::int64_t> retries;
  Value<base::Seconds> backoff_min;
  Value<base::Seconds> backoff_max;
  Value<bool> jitter;
  Value<base::Share> budget;  ///< retries for each first try
  Value<base::Share> breaker_share;
  Value<base::Seconds> breaker_within;
  Value<base::Seconds> breaker_rests;  ///< until one call may try again
  Value<std::int64_t> connections;     ///< calls at once, of each replica of the caller
  Value<std::int64_t> waiting;         ///< calls that wait for one of those; further ones fail
};

/// How one replica works on requests.
struct Serving {
  Value<base::Seconds> work;    ///< on one request, in the mean
  Value<double> varies;         ///< squared coefficient of variation of that; not told: 1
  Value<std::int64_t> at_once;  ///< that it works on at once; not told: its processors
  Value<std::int64_t> threads;  ///< that it has in hand, also while they wait for what they call
  Value<std::int64_t> queue;    ///< that wait; further ones are refused
  Value<Order> order;           ///< of those that wait
  Value<bool> drops_expired;    ///< whose caller gave up is not worked on any more
};

/// Answers that are kept instead of being asked for: filled by answers alone.
struct Caching {
  bool exists = false;
  Value<base::Share> hits;    ///< share of calls that it answers once it is full
  Value<std::int64_t> items;  ///< answers that it holds, all together
};

/// What was seen of a call where it was traced.
struct CallRecord {
  std::int64_t calls = 0;  ///< all that were seen
  double per_request = 0;  ///< calls for each request that the caller served
  base::Seconds median;    ///< how long they took
  base::Seconds p95;       ///< 95th percentile
  double errors = 0;       ///< share that failed, in [0, 1]
  bool is_awaited = true;  ///< false: handed over, as a message is
};

/// How long a component itself worked on requests where they were traced: without what it waited
/// for in others, with what it waited for in itself.
struct WorkRecord {
  std::int64_t requests = 0;  ///< all that were seen
  base::Seconds p10;          ///< 10th percentile
  base::Seconds median;
  base::Seconds p90;
  bool is_from_callers = false;  ///< it wrote no spans: how long its callers waited
  friend bool operator==(const WorkRecord&, const WorkRecord&) = default;
};

/// How a change reaches the replicas.
struct Rollout {
  Value<std::string> strategy;     ///< of `kStrategies`
  std::vector<base::Share> steps;  ///< cumulative shares reached before everyone
  Value<base::Seconds> bake;
  Value<bool> watched;              ///< each step is stopped by itself when its requests fail …
  Value<base::Share> gate;          ///< … beyond this share of them
  Value<bool> starts_checked;       ///< what does not start stops it before users come to it
  Value<base::Seconds> activation;  ///< after a step: until the change takes effect
  Value<base::Seconds> revert;
  Value<bool> reversible;
  Value<base::Seconds> every;  ///< time between two changes
  Value<base::Share> bad;      ///< share of the changes that are
};

inline constexpr auto kStrategies =
    std::to_array<std::string_view>({"all_at_once", "rolling", "canary", "blue_green"});

/// How long service may be gone and how much data may be lost.
struct RecoveryObjective {
  base::Seconds rto;
  base::Seconds rpo;
};

/// The busy part of every day.
struct BusyHours {
  Value<base::Seconds> from;   ///< after midnight, UTC
  Value<base::Seconds> until;  ///< the same; before `from`: of the next day
  Value<double> users;         ///< at once, while it lasts
};

/// So many users, from a time of day until the next level begins.
struct DayLevel {
  double from_s = 0;  ///< after midnight, UTC
  double users = 0;
  friend bool operator==(const DayLevel&, const DayLevel&) = default;
};

struct Users {
  Value<double> now;
  Value<double> peak;
  Value<base::Seconds> within;
  Value<double> requests_per_minute;
  BusyHours busy;
  std::vector<DayLevel> day;  ///< by rising time; empty: not stated
};

inline constexpr std::size_t kFaultClasses = kNames<FaultClass>.size();

/// What the owners want. Unset parts have defaults (see `objective_of`).
struct Objectives {
  Value<base::Share> availability;
  Value<RecoveryObjective> recovery[kFaultClasses];
  Users users;
  Value<base::Money> budget_per_month;
};

/// Who is there to act. Nobody declared: nobody counted.
struct Operators {
  Value<base::Seconds> react;
  std::vector<std::string> may;  ///< of `kOperatorActions`
};

inline constexpr auto kOperatorActions =
    std::to_array<std::string_view>({"promote", "rebuild", "restore", "start"});

/// The declared objective of a class, or its default.
///
/// units   defaults: RTO 5 min and RPO 0 for hardware and zone, 15 min and 5 min for software,
///         1 h and 5 min else
/// source  SEMANTICS, verdicts; printed as an assumption where it is used
[[nodiscard]] RecoveryObjective objective_of(const Objectives& objectives, FaultClass fault_class);

/// A place in an input that holds a secret in clear. The value itself is never kept.
struct SecretPlace {
  std::string what;  ///< "password", "AWS access key"
  Evidence evidence;
};

/// Something that attributes alone give away: the name of a rule, and where it shows.
struct Mark {
  std::string finding;
  Evidence evidence;
  std::string about = {};  ///< what it is about beside the component; empty: nothing else
};

/// Something that ends one day: support of a version, a certificate.
struct Lifetime {
  std::string what;  ///< "PostgreSQL 13 on RDS"
  base::Date ends;
  std::string after;                 ///< what happens once it has ended, as a clause
  std::optional<base::Date> forced;  ///< when the provider acts by itself
  std::string forces;                ///< what it does then, as a clause
  std::string source;                ///< of these days; empty: the input itself
  Evidence evidence;
};

/// How much of the inputs was understood.
struct Coverage {
  std::size_t resources = 0;
  std::size_t understood = 0;
  std::vector<std::string> unknown_types;       ///< sorted
  std::vector<std::string> unknown_attributes;  ///< "address: attribute", sorted
};

}  // namespace outlast::blueprint
