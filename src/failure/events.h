#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/distribution.h"
#include "base/ids.h"
#include "blueprint/blueprint.h"
#include "catalog/catalog.h"

namespace outlast::failure {

using EventId = base::Id<struct EventTag>;

/// What happens. Outages end with the data intact; what is destroyed does not come back.
enum class EventKind {
  instance,         ///< one replica fails
  shared_hardware,  ///< a host or rack declared as shared fate
  zone_outage,      ///< a zone, or a facility declared as shared fate
  zone_destroyed,
  region_outage,  ///< a shock that hits each service of the region with a probability
  region_destroyed,
  provider_outage,  ///< a shock that hits each service of a provider, in all regions
  account_lost,     ///< a provider closes or deletes all that one account holds
  service,          ///< a managed service of a provider, in one region or for the world
  name_service,     ///< one that answers for names: it answers nothing
  third_party,
  data_deleted,  ///< by mistake or malice: what a store holds is gone from all its replicas
  release,       ///< a bad one has reached all that runs it
  config_push    ///< a bad configuration has
};

/// Is it a change that somebody makes?
[[nodiscard]] constexpr bool is_change(EventKind kind) {
  return kind == EventKind::release || kind == EventKind::config_push;
}

/// Does it end with nothing left where it struck?
[[nodiscard]] constexpr bool destroys(EventKind kind) {
  return kind == EventKind::zone_destroyed || kind == EventKind::region_destroyed ||
         kind == EventKind::account_lost || kind == EventKind::data_deleted;
}

/// What happens, as a verb: "fails", "is down", "is destroyed".
[[nodiscard]] std::string_view verb_of(EventKind kind);

/// Something that may happen, with its rate and duration exclusive of what lies above it:
/// a server's figure does not count the zone that takes it along.
struct Event {
  EventKind kind = EventKind::instance;
  blueprint::ComponentId component;  ///< instance, third_party, data_deleted, changes of one alone
  std::size_t replica = 0;           ///< instance
  blueprint::FateGroupId group;      ///< all others
  std::string what;                  ///< for people: "aws_db_instance.main", "us-east-1a"
  blueprint::FaultClass fault_class = blueprint::FaultClass::hardware;
  double per_year = -1;     ///< negative: the catalog has no rate; then only a case
  base::Duration duration;  ///< of the cause itself; unbounded where destroyed
  /// By what factor the model exceeds the published figure, where subtracting the parents left
  /// less than a tenth of it; 0: it does not.
  double contradicted_by = 0;
  std::string source;  ///< of the figures, for `assumptions`
  /// The figure that the rate is taken from; null where the blueprint states it.
  const catalog::Figure* fact = nullptr;
  /// 1 + index of the owners' own record that moved the rate; 0: none did.
  std::size_t record = 0;
  double shape = 0;  ///< of the gamma distribution that the record leaves of the rate
};

/// Everything that may happen to an architecture and that the structural rows ask about; changes
/// are added by who knows how they are rolled out.
///
/// out     in a fixed order: instances by component, then groups by id
/// source  figures of the catalog; a component's own `failure` overrides them
[[nodiscard]] base::IdVector<EventId, Event> list_events(const blueprint::Blueprint& bp,
                                                         const catalog::Catalog& catalog);

/// May the event's zone be the one that a replica lies in? `is_pessimistic` asks whether it can be,
/// else whether it is known to be.
[[nodiscard]] bool zone_hits(const blueprint::Blueprint& bp, blueprint::FateGroupId event_zone,
                             blueprint::FateGroupId zone, bool is_pessimistic);

/// Probability that a region's shock hits the service a component rests on.
/// in      catalog figure "hit"; 1 where the catalog has none, which never understates
[[nodiscard]] double hit_share(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                               blueprint::ComponentId component);

/// The group of this kind that a component belongs to as a whole; absent if none.
[[nodiscard]] blueprint::FateGroupId group_of(const blueprint::Blueprint& bp,
                                              blueprint::ComponentId component,
                                              blueprint::FateKind kind);

}  // namespace outlast::failure
