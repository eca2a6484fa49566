#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/truth.h"
#include "blueprint/blueprint.h"
#include "findings/evaluation.h"

/// How two architectures differ in what they survive, cost and give away.
namespace outlast::findings {

/// What became of something between two architectures.
enum class Turn { added, removed, changed };

/// Who does a piece of operating, over all components that it is done for.
struct Operating {
  std::string task;        ///< "patching"
  std::size_t by_you = 0;  ///< components
  std::size_t shared = 0;
  std::size_t by_provider = 0;
  double hours_low = 0, hours_high = 0;  ///< yours, a month
};

/// One of the architectures that are compared, in its numbers.
struct Variant {
  std::string name;  ///< "base"
  /// Of all that runs code or keeps data; absent where it is mixed or not known.
  std::optional<blueprint::ServiceModel> service_model;
  std::size_t components = 0;
  std::optional<Availability> availability;  ///< absent where nothing serves users
  std::optional<base::Money> cost_month;     ///< of what is priced; absent where nothing is
  std::size_t unpriced = 0;                  ///< lines without a price
  double unpriced_share = 0;                 ///< of the lines that cost something and are not open
  std::size_t open = 0;                      ///< lines per use, of which no use is stated
  /// Until a surge is carried: 0 where nothing is full, infinite where it never is; absent where
  /// that was not asked or cannot be followed.
  std::optional<double> time_to_scale_s;
  std::size_t single_points = 0;
  /// Sure ones from the internet to data; absent where the rules that decide are not known.
  std::optional<std::size_t> attack_paths;
  /// What it names, no input holds and the base did not miss: what that costs is not known, so its
  /// numbers are those of the rest.
  std::vector<std::string> missing = {};
  std::vector<Operating> operates = {};  ///< the work that running it asks for
};

/// Users from which on another variant is the cheaper one.
struct BreakEven {
  std::string below;  ///< the cheaper one with fewer users
  std::string above;  ///< the cheaper one from these users on
  double users = 0;
  base::Money cost;         ///< of `above`, a month, at these users
  bool is_complete = true;  ///< false: lines of either have no price, and count as nothing here
};

/// One variant that costs less than another whatever the load.
struct NeverDearer {
  std::string cheaper;
  std::string dearer;
  double up_to_users = 0;   ///< as many as both carry, or were asked about
  bool is_complete = true;  ///< false: lines of either have no price, and count as nothing here
};

/// Who is the cheaper one of each two: from which loads on it is the other, or that it never is.
struct BreakEvens {
  std::vector<BreakEven> at;  ///< by users
  std::vector<NeverDearer> never;
};

/// One and the same thing under another name.
struct Rename {
  std::string from;
  std::string to;
  bool is_stated = false;   ///< by the head; else taken to be so, for all else is alike
  bool risks_data = false;  ///< not stated, of a store that whoever applies the input makes anew
};

/// What a component of the head names and no input holds, which was not so in the base.
struct LostReference {
  std::string id;  ///< of the component
  std::string name;
  std::string what;
  blueprint::Evidence evidence;
};

/// What differs of one component. Texts for people; empty where it is not there, and both where
/// only that it differs is told: values of attributes can be secret.
struct Difference {
  std::string what;
  std::string before;
  std::string after;
};

/// A component, or a resource of none, that differs.
struct ComponentChange {
  Turn turn = Turn::changed;
  std::string id;
  std::string name;
  std::vector<Difference> differences;  ///< of a changed one
  double downtime_minutes = 0;          ///< more a year, of all users, attributed to it
  blueprint::Evidence evidence;         ///< in the head; of a removed one in the base
  bool loses_data = false;  ///< a store that whoever applies the input deletes with its data
};

/// A row of the survival table that differs. One of both is there at least.
struct RowChange {
  std::optional<SurvivalRow> base;
  std::optional<SurvivalRow> head;
  std::vector<std::string> causes;  ///< ids of component changes
};

struct FindingChange {
  bool is_new = false;
  Finding finding;
  std::vector<std::string> causes;
};

/// Something whose loss alone stops users.
struct SinglePointChange {
  bool is_new = false;
  std::string id;    ///< of a component, or the name of what its replicas share
  std::string name;  ///< for people
  std::vector<std::string> causes;
};

struct AttackPathChange {
  bool is_new = false;
  AttackPath path;
  std::vector<std::string> causes;
};

/// What a component, or a resource of none, costs a month in both.
struct CostChange {
  std::string of;
  base::Money base;  ///< of what is priced
  base::Money head;
  bool is_known = true;  ///< false: a line without a price or use decides the difference
};

/// What owners declare on one side.
struct DeclaredObjective {
  std::string wanted;  ///< "99.95 %", "rto 5 min, rpo 0 s", "$2,500"
  std::optional<base::Truth>
      is_met;  ///< absent where it asks for nothing: how many users there are

  friend bool operator==(const DeclaredObjective&, const DeclaredObjective&) = default;
};

/// An objective that is declared, or met, otherwise. One of both is there at least.
struct ObjectiveChange {
  std::string what;  ///< "availability of checkout", "recovery of class zone", "budget"
  std::optional<DeclaredObjective> base;
  std::optional<DeclaredObjective> head;
};

struct Comparison {
  Variant base;
  Variant head;
  std::vector<ComponentChange> components;       ///< in the order of the head, then what is removed
  std::vector<RowChange> rows;                   ///< in the order of the table
  std::vector<SinglePointChange> single_points;  ///< new ones first
  std::vector<FindingChange> findings;           ///< new ones first, each worst first
  std::vector<AttackPathChange> paths;           ///< sure ones; new ones first
  std::vector<CostChange> costs;                 ///< the largest difference first
  std::vector<ObjectiveChange> objectives;       ///< in the order of a blueprint; gone ones last
  std::vector<Rename> renames;                   ///< the base is told by the new names
  BreakEvens break_even;
  std::vector<LostReference> lost;  ///< while there are any, nothing is better for sure

  /// More downtime a year in the head, of all users; absent where one of both serves nobody.
  [[nodiscard]] std::optional<double> more_downtime_minutes() const;
  /// More a month in the head, of all that is priced: what its bill says less what the base's does.
  [[nodiscard]] base::Money more_cost() const;
  /// The same, of all whose difference is known.
  [[nodiscard]] base::Money more_known_cost() const;
};

[[nodiscard]] std::string_view name_of(Turn turn);

}  // namespace outlast::findings
