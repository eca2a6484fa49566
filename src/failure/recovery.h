#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/bound.h"
#include "failure/copies.h"
#include "failure/coverage.h"
#include "failure/events.h"

namespace outlast::failure {

/// How a replica comes back after an event, for `kDraws` + 1 draws (the last: not by itself).
/// It is good again after max(over, what it needs to start) + work.
struct OwnRecovery {
  std::vector<double> over_s;  ///< until the cause is over, or no longer matters
  std::vector<double> work_s;  ///< its own work after that: restart, launch, restore
  bool needs_people = false;   ///< nothing brings it back by itself
  std::string_view action;     ///< what people do then: promote, rebuild, restore, start
  /// A replica elsewhere takes over before the cause is over: what had not reached it is lost.
  bool is_promoted = false;
};

/// Is a replica started elsewhere where nobody says which zones its component may use?
enum class Launching {
  never,           ///< nothing can be started elsewhere at all
  where_known,     ///< no: a place elsewhere has to be known
  where_possible,  ///< yes: it may be able to use any zone
};

/// What is left of a store's data after an event.
struct DataLoss {
  enum class Kind { none, seconds, all, unknown, exposed };
  Kind kind = Kind::none;
  double seconds = 0;
};

/// How components recover, by their attributes and the catalog's figures:
/// a failed replica is repaired, or started elsewhere where the type does that by itself;
/// an outage is waited for; what is destroyed is started elsewhere, else rebuilt or restored by
/// people; a store of which nothing is left does not come back.
///
/// Durations are drawn from streams of their own per event and component.
class Recoveries {
 public:
  Recoveries(const blueprint::Blueprint& bp, const catalog::Catalog& catalog, std::uint64_t seed)
      : bp_(bp), catalog_(catalog), seed_(seed) {}

  /// in  event      one that hits this component
  ///     component  of which at least one replica is hit
  ///     copies     pessimistic: of its data none is left but those known to be
  [[nodiscard]] OwnRecovery of(const Event& event, blueprint::ComponentId component,
                               Bound copies = Bound::evidence,
                               Launching launching = Launching::where_known);

  /// How surely a replica's group stands in for it; nothing where it has none to spare, or always
  /// does.
  ///
  /// in  event    of one replica
  ///     until_s  [kDraws + 1] when it is good again after a fault that was covered
  /// assumes people free the group at a time independent of the repair; the replica is then good
  ///         after the later of both, unless the blueprint says when
  [[nodiscard]] std::optional<Coverage> coverage_of(const Event& event,
                                                    blueprint::ComponentId component,
                                                    const std::vector<double>& until_s);

  /// How often a replica's fault is found by no check of those who call it, and how long it then
  /// keeps its share of the requests until people take it out (mean). Nothing of what has a standby:
  /// there it is a matter of coverage.
  [[nodiscard]] std::pair<double, double> unnoticed(blueprint::ComponentId component) const;

  /// Data that is lost where a replica elsewhere takes over.
  [[nodiscard]] DataLoss lag_of(blueprint::ComponentId store, const Event& event) const;

  /// Data that a store loses where `event` takes all its replicas: what came after the youngest
  /// copy that is left. What only takes machines loses the data that lies on these alone.
  [[nodiscard]] DataLoss data_loss(const Event& event, blueprint::ComponentId store) const;

 private:
  [[nodiscard]] const catalog::Figure* figure(blueprint::ComponentId id,
                                              std::string_view name) const;
  [[nodiscard]] std::vector<double> draws(const base::Duration& duration, const Event& event,
                                          std::string_view stream);
  [[nodiscard]] std::vector<double> draws(const catalog::Figure* figure, const Event& event,
                                          std::string_view stream);
  [[nodiscard]] DataLoss lost_with_machine(const Event& event, blueprint::ComponentId store) const;
  [[nodiscard]] bool may_start_elsewhere(const Event& event, blueprint::ComponentId component,
                                         Launching launching) const;
  void start_elsewhere(const Event& event, blueprint::ComponentId component, OwnRecovery& out);
  [[nodiscard]] const catalog::Figure* starting(blueprint::ComponentId component) const;
  void start_by_hand(const Event& event, bool is_its_own, OwnRecovery& out);
  void call_people(const Event& event, blueprint::ComponentId component, Bound copies,
                   OwnRecovery& out);
  void promote(const Event& event, blueprint::ComponentId store, OwnRecovery& out);
  [[nodiscard]] const StoreCopy* youngest_left(const std::vector<StoreCopy>& copies,
                                               const Event& event,
                                               blueprint::ComponentId store) const;

  const blueprint::Blueprint& bp_;
  const catalog::Catalog& catalog_;
  std::uint64_t seed_;
  std::map<base::Duration, std::vector<double>> strata_;
};

}  // namespace outlast::failure
