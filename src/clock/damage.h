#pragma once

#include <limits>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"
#include "catalog/catalog.h"
#include "failure/recovery.h"
#include "replay/connections.h"

namespace outlast::clock {

/// Which of the times that nobody stated: a tenth of them are shorter, half, or nine tenths.
enum class Luck { good, likely, bad };

/// Something that a fault takes from a replica, or from a component as a whole.
struct Wound {
  blueprint::ComponentId component;
  std::vector<std::size_t> replicas;  ///< empty: the component as a whole
  std::size_t fault = 0;              ///< of the scenario
  double begins_s = 0;
  double rises_s = 0;  ///< how long until it has all of it
  double lost = 1;     ///< share of the requests that come to it …
  blueprint::Operations operations =
      blueprint::kAllOperations;  ///< … of journeys that take these …
  double of_users = 1;            ///< … which are this part of them
  /// The cause is over so long after it began; infinite: when a recovery ends it, or never.
  double over_s = 0;
  double work_s = 0;  ///< then it starts again, for so long: restart, restore
  /// Or a replica is started elsewhere, for so long; infinite: it is not.
  double launch_s = std::numeric_limits<double>::infinity();
  bool is_built_anew = false;  ///< what comes back is launched too
  bool needs_people = false;
  std::string action;  ///< what people do then, or what it does by itself
};

/// Replicas that work, but slowly.
struct Slowness {
  blueprint::ComponentId component;
  std::vector<std::size_t> replicas;  ///< empty: all
  std::size_t fault = 0;
  double slower = 1;
};

/// Which way across a cut a need's calls lead, by what the fault names.
struct Leading {
  bool in = false;   ///< from its `from` to what it matches …
  bool out = false;  ///< … or the other way
};

/// Calls that do not get through, while both ends are well.
struct Severance {
  blueprint::NeedId need;
  std::size_t target = 0;  ///< of `any_of`
  std::size_t fault = 0;
  replay::Unconnected how;  ///< but for its end
  /// Lost are those that cross between two zones: `how.lost` is their share.
  bool is_between_zones = false;
  Leading leading;
};

/// Groups that can start nothing, or nothing beyond a number.
struct Freeze {
  blueprint::ComponentId component;
  std::size_t fault = 0;
  std::size_t most = 0;          ///< replicas that it may have, those there counted
  bool stops_promotion = false;  ///< of a standby too
};

/// Users are served, but recoveries that need it wait: it cannot be changed, seen or worked with.
struct Aside {
  blueprint::ComponentId component;
  std::size_t fault = 0;
};

/// A store of which every replica is hit, and what is lost of its data.
struct DataGone {
  blueprint::ComponentId store;
  std::size_t fault = 0;
  failure::DataLoss loss;  ///< never none
};

/// What a scenario's faults hit, each with how it comes back by itself.
struct Damage {
  std::vector<Wound> wounds;
  std::vector<Slowness> slow;
  std::vector<Severance> severed;
  std::vector<Freeze> frozen;
  std::vector<Aside> aside;
  std::vector<Aside> unasked;  ///< of an operation that nobody here asks of it
  std::vector<DataGone> data;
  std::vector<Aside> split;  ///< stores to both sides of which a cut may let writes go on
};

/// Who did it, in the scenario's words.
[[nodiscard]] std::string told_of(const blueprint::ScenarioFault& fault);

/// Finds what the faults of a scenario hit.
///
/// in      luck  which times are taken for what nobody stated
/// errors  to `diagnostics`: a match that names nothing here, with the nearest name (OUT-E1812);
///         one that hits nothing that could feel it (OUT-E1813); more replicas than there are
///         (OUT-E1814)
/// assumes
[[nodiscard]] Damage damage_of(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                               const blueprint::Scenario& scenario, Luck luck,
                               base::Diagnostics& diagnostics);

}  // namespace outlast::clock
