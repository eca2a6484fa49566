#pragma once

#include <optional>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "failure/events.h"
#include "failure/recovery.h"
#include "findings/attack.h"
#include "findings/change.h"
#include "findings/cost.h"
#include "findings/resilience.h"

/// The results of a run as plain structs: what report prints and others read.
namespace outlast::findings {

enum class Severity { critical, high, medium, low, info };

enum class Goal { availability, scalability, security, cost };

enum class Verdict { no, unknown, degraded, yes, not_exposed };

/// Does `a` say worse than `b`? What is not exposed is survived.
[[nodiscard]] constexpr bool is_graver(Verdict a, Verdict b) {
  return a < b && a < Verdict::yes;
}

/// How far an answer can be relied on.
enum class Exactness { exact, bounded, estimated };

/// What is left of a component while something lasts.
enum class Condition {
  down,
  degraded,    ///< some of its requests fail, or it goes on with less
  carried,     ///< it lost something, and redundancy carries that
  saturated,   ///< all it has is busy
  exposed,     ///< an intruder reads its data
  endangered,  ///< an intruder may read its data: what decides that is not known
  serving
};

/// One step of a cascade: what is hit, then what stops because of it.
struct Step {
  std::size_t depth = 0;  ///< 0: hit itself
  std::string component;  ///< id
  std::string name;       ///< for people
  std::string why;        ///< "all 2 of it are hit", "needs database (call, referenced)"
  blueprint::Evidence evidence;
  Condition condition = Condition::down;
};

/// One thing that happens, in time.
struct TimedStep {
  double at_s = 0;        ///< since it began
  std::string component;  ///< id; of the provider's own doings who did them: "aws"
  std::string event;
  std::string cause;
  std::optional<Condition> condition = {};  ///< from then on; absent of the provider's own doings
};

/// Something to know about the architecture, with the reason to believe it.
struct Finding {
  std::string rule;  ///< "OUT-A001"
  std::string name;  ///< "single_instance"
  Severity severity = Severity::info;
  Goal goal = Goal::availability;
  std::vector<std::string> components;  ///< ids or addresses; the first is the one to mend
  std::string title;
  std::string claim;  ///< what breaks, by which smallest set, how often, how long, for whom
  std::vector<blueprint::Evidence> evidence;
  std::string remedy;
  blueprint::Confidence confidence = blueprint::Confidence::stated;
  double downtime_minutes_per_year = 0;  ///< of all users, attributed to this cause
  std::vector<std::string> cut;          ///< the smallest set of things that must fail
  std::string fingerprint;               ///< stable when lines move or resources are added
  failure::EventId event;     ///< of the run that it is about; absent where it is about none
  std::vector<Step> cascade;  ///< what follows from that one
};

struct DataLost {
  failure::DataLoss::Kind kind = failure::DataLoss::Kind::none;
  double seconds = 0;
  std::vector<std::string> stores;  ///< those that lose as much
};

/// Numbers over the time since it began, at even steps.
struct Series {
  struct Track {
    std::string name;  ///< with its unit: "served_per_s"
    std::vector<double> values;
  };
  double step_s = 0;
  std::vector<Track> tracks;  ///< each as long as the others; empty: nothing was followed
};

/// One worst case: the worst instance of it.
struct SurvivalRow {
  std::string worst_case;  ///< "server", "zone", …: the case of the JSON report
  std::string mode;        ///< "outage", "destroyed", or empty
  std::string scope;       ///< which server, zone, …
  blueprint::FaultClass fault_class = blueprint::FaultClass::hardware;
  blueprint::RecoveryObjective objective;
  Verdict survives = Verdict::not_exposed;
  std::optional<double> down_s;  ///< median; infinite: unbounded
  std::optional<double> down_p90_s;
  std::optional<std::pair<double, double>> down_range;  ///< by what is not known, where it matters
  std::optional<double> users;                          ///< share of users hit at the worst moment
  std::optional<std::pair<double, double>> users_range;
  DataLost data;
  std::optional<double> every_years;
  std::vector<std::string> because;
  std::vector<std::string> cut;
  failure::EventId event;        ///< the instance told; absent where no event brings it about
  std::vector<Step> effects;     ///< who is hit and who stops because of it, in that order
  std::vector<TimedStep> story;  ///< the same in time, of an incident and of a surge
  Series series;                 ///< of the same two: how users fare
};

struct JourneyAvailability {
  std::string name;
  double weight = 0;
  double value = 1;
  double low = 0;
  double high = 1;
  double outages_per_year = 0;
  double mean_outage_s = 0;
  double interruptions_per_year = 0;  ///< faults that redundancy masks after a moment
  std::optional<double> objective;
};

/// What a single year may bring, by its luck; the figures are taken as they are.
struct NextYear {
  /// A share of the years sampled, and where it lies for sure (99 %), as few as they are.
  struct Share {
    double value = 1;
    double low = 0;
    double high = 1;
  };
  Share p_none;             ///< no outage: none that redundancy does not mask
  double mean_minutes = 0;  ///< of all users, masked faults counted: of these years alone, in which
                            ///< what is rare and long is missing or once too often
  double median_minutes = 0;
  double one_in_ten_minutes = 0;         ///< more than this in one year of ten
  std::optional<Share> p_objective_met;  ///< every journey meets its objective; absent: none has
  std::size_t years = 0;                 ///< sampled, each as much as any other
};

struct Availability {
  double value = 1;  ///< share of users served, over time and journeys
  double low = 0;    ///< from what is unknown or only inferred
  double high = 1;
  /// Credible interval (90 %) of the long-run mean, from how far the catalog's figures may be off;
  /// equal to the value where the blueprint states all of them.
  double mean_low = 0;
  double mean_high = 1;
  Exactness exactness = Exactness::exact;
  /// Of low and high: bounded where the ends are proven but need not be reached.
  Exactness range_exactness = Exactness::exact;
  double outages_per_year = 0;
  double mean_outage_s = 0;
  std::optional<double> objective;
  bool is_asked = false;              ///< some objective was declared
  std::optional<bool> met;            ///< absent where the interval straddles an objective
  std::optional<NextYear> next_year;  ///< absent where only the outcome was asked for
  std::vector<JourneyAvailability> journeys;
};

/// How much one thing that may fail matters to all users. All but `minutes` is about faults that
/// no redundancy masks, and of one of those that are alike.
struct Importance {
  std::string event;                     ///< "us-east-1a is down"
  std::optional<std::string> component;  ///< id; absent where it is about a place or a vendor
  std::size_t alike = 1;                 ///< that weigh the same: replicas of one component
  double per_year = 0;                   ///< how often it happens
  double minutes = 0;         ///< a year it causes, masked ones too; of all alike together
  double fussell_vesely = 0;  ///< share of the downtime that goes where it cannot happen
  double birnbaum = 0;        ///< P(unserved | it has happened) − P(unserved | it did not)
  double raw = 1;             ///< risk achievement worth: P(unserved | happened) / P(unserved)
};

struct Importances {
  std::vector<Importance> worst;  ///< by minutes, the most first
  std::size_t count = 0;          ///< that matter at all, alike ones counted once
  bool is_complete = true;        ///< false: the structure outgrew the budget, and none is told
};

/// A finding's own remedy, applied and evaluated again.
struct Fix {
  std::vector<std::size_t> findings;    ///< that it mends, the heaviest first
  std::vector<std::string> components;  ///< what is to be changed alike, in that order
  std::string remedy;
  struct Change {
    std::string worst_case;
    std::string mode;
    std::string scope;  ///< empty: the row as a whole
    Verdict before;
    Verdict after;
  };
  std::vector<Change> changes;
  double hours_saved_per_year = 0;
};

/// One instance of a worst case, told in short.
struct Instance {
  std::string worst_case;
  std::string mode;
  std::string key;    ///< id of the component or name of the place
  std::string scope;  ///< for people
  Verdict survives = Verdict::not_exposed;
  bool stops_users = false;  ///< alone it stops a way of users for as long as it lasts
};

enum class Grade { good, partly, poor, unknown };

/// One of the habits of architectures that survive, measured.
struct Habit {
  Grade grade = Grade::unknown;
  std::optional<double> value;  ///< within [0, 1]; absent where the grade is unknown
  std::string evidence;         ///< what was counted, in words
};

struct Habits {
  Habit assumes_failure;
  Habit spread_out;
  Habit rolls_out_in_steps;
  Habit loosely_coupled;
};

/// A rate that the owners' own record moved.
struct UpdatedRate {
  std::string of;  ///< as the history calls it
  double failures = 0;
  double exposure_s = 0;
  double before_per_year = 0;  ///< by the catalog or the blueprint
  double after_per_year = 0;
  std::vector<std::string> events;
  blueprint::Evidence evidence;
};

/// A provider or third party, and the share of users that its loss leaves unserved.
struct VendorShare {
  std::string vendor;
  double share = 0;
  /// The same of the value of an hour; absent where not every journey has one.
  std::optional<double> money;
};

/// When a store's data is gone for good: no restorable copy is left.
struct StoreRisk {
  std::string component;  ///< id
  std::string name;
  struct Copy {
    std::string name;
    blueprint::CopyKind kind;
    double restorable = 1;  ///< probability, where it is still there
  };
  std::vector<Copy> copies;
  /// Probability that at least one copy can be restored where all of them are still there, and the
  /// ends of its 90 % interval by how far the priors may be off; 0 without a copy.
  double restorable = 0;
  double restorable_low = 0;
  double restorable_high = 0;
  /// Minimal sets of things that together leave nothing to restore, fewest first, in words.
  std::vector<std::vector<std::string>> cuts;
  bool has_all_cuts = true;  ///< false: there are larger or more ones
};

/// What analysis says of one blueprint.
struct Analysis {
  std::vector<SurvivalRow> survival;
  std::vector<Instance> instances;           ///< all that touch users, in a fixed order
  std::optional<Availability> availability;  ///< absent where nothing serves users
  Importances importances;                   ///< empty where only the outcome was asked for
  std::vector<Finding> findings;             ///< worst first
  Habits habits;
  std::vector<VendorShare> depends_on;  ///< the widest first
  std::vector<StoreRisk> stores;        ///< by component
  Resilience resilience;                ///< empty where nothing serves users
  Security security;
  std::vector<Change> changes;             ///< releases, then configurations
  std::vector<UpdatedRate> updated_rates;  ///< by the history, in its order
  std::optional<Cost> cost;                ///< absent where only the outcome was asked for
  std::vector<blueprint::Assumption> assumptions;
  bool serves_users = false;
};

/// Is an objective met by all of an interval? Absent where the interval straddles it.
[[nodiscard]] std::optional<bool> is_met(double low, double high, double objective);

/// The severities, worst first.
inline constexpr Severity kSeverities[] = {Severity::critical, Severity::high, Severity::medium,
                                           Severity::low, Severity::info};

[[nodiscard]] std::string_view name_of(Severity severity);
[[nodiscard]] std::string_view name_of(Goal goal);
[[nodiscard]] std::string_view name_of(Verdict verdict);
[[nodiscard]] std::string_view name_of(Exactness exactness);
[[nodiscard]] std::string_view name_of(Grade grade);
[[nodiscard]] std::string_view name_of(Condition condition);

}  // namespace outlast::findings
