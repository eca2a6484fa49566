#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "blueprint/fault_words.h"
#include "blueprint/vocabulary.h"
#include "catalog/tables.h"

/// Real outages as data: what happened at a provider, and nothing of what it did to a customer.
namespace outlast::incidents {

using blueprint::Fault;
using blueprint::Operation;
using blueprint::Plane;
using blueprint::Remedy;

/// What a share is a share of.
enum class Base { requests, customers, instances, hosts, points_of_presence };

/// Roles that are places within a region: a zone, building or room by its name.
inline constexpr std::array<std::string_view, 3> kPlaces = {"site", "facility", "room"};

/// A number with its source and how far it is to be trusted.
struct Figure {
  double value = 0;  ///< seconds after the incident began, or a share
  catalog::Trust trust = catalog::Trust::estimate;
  std::string source;  ///< key of `Incident::sources`
};

struct Citation {
  std::string url;
  std::string date;
  std::string about;
};

/// Customers that a provider treats alike: all of these traits, or spared.
struct Cohort {
  std::map<std::string, std::string> traits;
  Base base = Base::customers;
  std::optional<Figure> share;  ///< of the base, for people: never multiplied into users

  [[nodiscard]] bool is_everyone() const { return traits.empty(); }
};

/// What a fault is about.
struct Selector {
  std::vector<std::string> roles;  ///< of the table of roles
  Plane plane = Plane::data;
  std::vector<Operation> operations;  ///< empty: all
  bool is_everywhere = false;         ///< not only in the incident's region
  /// Instead of roles: whatever lies in this place of the incident, whose ever it is; of `kPlaces`.
  std::string place;
  Cohort cohort;
};

/// A fault whose effect is drawn anew again and again, until every draw is bad.
struct Redraw {
  Figure every;
  Figure from;  ///< share of bad draws at first
  Figure all_after;
};

struct Phase {
  std::string id;
  Fault fault = Fault::down;
  std::string what;  ///< what happened, in words of our own
  Selector match;
  Figure at;
  std::optional<Figure> until;    ///< absent: until the remedy that ends it
  std::optional<Figure> reaches;  ///< how long it takes from the first to the last it hits
  std::optional<Figure> error;    ///< share of requests that fail; absent: all
  std::optional<Redraw> redraw;
  std::string follows;            ///< id of the phase that brought it about; empty: none
  bool is_recovery_work = false;  ///< it is the work of coming back that fails, not its cause
};

struct Action {
  Remedy remedy = Remedy::detect;
  std::string what;
  Figure at;
  std::optional<Figure> reaches;  ///< how long until it holds everywhere
  std::vector<std::string> ends;  ///< ids of phases
  /// Roles, or places of the incident, without which it cannot be done: it waits for them.
  std::vector<std::string> needs;
  std::string instead;  ///< how it was done while these were down: then it did not wait
  /// What it brings back comes one after the other, each at once: who uses one has all of it or none.
  bool is_one_by_one = false;
  double turn = 0.5;  ///< of those: where in the row one is, as a share of `reaches`
};

/// A moment that the provider tells, for reproductions to be held against: no replay plays it.
struct Boundary {
  std::string name;  ///< "main_recovery"
  std::string what;
  Figure at;
  bool is_decision = false;  ///< people did it: no mechanism tells when
};

struct Incident {
  std::string id;
  std::string title;
  std::int64_t began = 0;  ///< seconds since 1970, UTC
  /// When what brought it about was done, where the provider tells it.
  std::optional<std::int64_t> triggered;
  std::int64_t ended = 0;  ///< as the provider says
  blueprint::FaultClass fault_class = blueprint::FaultClass::region;
  std::map<std::string, Citation> sources;
  std::map<std::string, std::string> roles;  ///< "provider" → "aws", "region" → "us-east-1"
  std::vector<Phase> phases;
  std::vector<Action> actions;
  std::vector<Boundary> boundaries;  ///< by time
  bool is_in_every_check = false;    ///< a row of the survival table

  [[nodiscard]] double length_s() const { return static_cast<double>(ended - began); }
};

/// When a phase begins to end, and has ended everywhere: by itself, or by the action that ends it.
struct Ending {
  double from_s = 0;
  double until_s = 0;
};
[[nodiscard]] Ending ending_of(const Incident& incident, const Phase& phase);

/// Does a phase take at least half of a role or place that an action needs?
[[nodiscard]] bool takes(const Phase& phase, const std::string& need);

/// Phases that take what an action needs when its time has come.
[[nodiscard]] std::vector<const Phase*> holding(const Incident& incident, const Action& action);

/// When an action is done: at its time, or once all that holds it is over.
/// assumes  no action waits for itself: that is refused where it is read
[[nodiscard]] double done_s(const Incident& incident, const Action& action);

/// What a role is called at each provider: names of services, or of catalog types ("aws.nlb").
/// `kUnknownCloud` stands for nobody: parts (types, or kinds of what has no type) of inputs that do not
/// say at which provider they run, and which may play the role at any.
using RoleTable = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

inline constexpr std::string_view kUnknownCloud = "unknown";

/// The providers at which a role is played.
[[nodiscard]] std::vector<std::string> players_of(const RoleTable& table, const std::string& role);

}  // namespace outlast::incidents

namespace outlast::blueprint {

template <>
inline constexpr auto kNames<incidents::Base> = std::to_array<std::string_view>(
    {"requests", "customers", "instances", "hosts", "points_of_presence"});

}  // namespace outlast::blueprint
