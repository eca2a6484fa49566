#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "base/truth.h"

namespace outlast::blueprint {

/// What a component is for; `other` was not understood and lowers coverage.
enum class Kind { compute, storage, database, network, security, messaging, external, other };

/// Who patches, who scales, who pays when idle.
enum class ServiceModel { iaas, paas, faas, saas };

/// What the loss of a needed thing does to the one that needs it.
enum class Strength {
  hard,     ///< it stops
  soft,     ///< it goes on with less
  async,    ///< it goes on until a queue is full
  startup,  ///< it goes on, but cannot start or scale
  refresh,  ///< it goes on until a lease or cached credential ends
  control,  ///< it goes on, but cannot be changed
  auth,     ///< it stops serving those who must sign in
  observe   ///< it goes on unseen
};

/// A call, or something that must come from somewhere (route, power, name, origin).
/// A loop of calls keeps running; a loop of supply must be fed from outside.
enum class EdgeKind { service, supply };

/// How sure an edge is. Only `inferred` edges stay out of the headline (they widen its interval).
enum class Confidence {
  stated,      ///< the input says that this is needed
  referenced,  ///< the input names the one in the configuration of the other
  inferred     ///< only a permission or an open path says that it could be used
};

/// How far apart the replicas of a component may lie, and so what can take all of them at once.
enum class Scope {
  zone,    ///< each replica is in one zone
  region,  ///< the provider spreads it over the zones of a region
  global   ///< the provider spreads it over the world
};

/// How replicas share the work.
enum class Redundancy {
  active_active,   ///< each carries a part of the requests
  primary_standby  ///< the first carries all; another takes over after a switch
};

/// Who of those that wait is served next.
enum class Order {
  fifo,             ///< who came first
  lifo,             ///< who came last
  controlled_delay  ///< who came first, but who waited too long is sent away
};

/// What fails together.
enum class FateKind {
  instance,
  host,
  rack,
  zone,
  facility,
  region,
  service,
  control_plane,
  account,
  provider,
  vendor,
  release,
  config_channel,
  image,
  certificate,
  credential,
  backup_location,
  monitoring
};

/// The class of a worst case: it chooses the objective that applies (SEMANTICS: verdicts).
enum class FaultClass { hardware, zone, region, provider, software, data, security };

enum class Importance { normal, low };

/// What kind of copy of a store's data.
enum class CopyKind {
  replica,   ///< follows what is written, mistakes too
  snapshot,  ///< the state of a moment
  log,       ///< all that was written, so any moment can be restored
  export_    ///< written out into another form
};

/// What happens when all of a store is lost and a replica elsewhere is left.
enum class OnPrimaryLoss {
  promote,  ///< the replica takes over: what had not reached it is lost
  wait      ///< it does not, and the store is waited for: time is lost instead of data
};

enum class Direction { inbound, outbound };

/// Names of the enumerators, in their order; as written in blueprints, JSON and text.
template <class E>
inline constexpr std::array<std::string_view, 0> kNames = {};

template <>
inline constexpr auto kNames<Kind> = std::to_array<std::string_view>(
    {"compute", "storage", "database", "network", "security", "messaging", "external", "other"});
template <>
inline constexpr auto kNames<ServiceModel> =
    std::to_array<std::string_view>({"iaas", "paas", "faas", "saas"});
template <>
inline constexpr auto kNames<Strength> = std::to_array<std::string_view>(
    {"hard", "soft", "async", "startup", "refresh", "control", "auth", "observe"});
template <>
inline constexpr auto kNames<EdgeKind> = std::to_array<std::string_view>({"service", "supply"});
template <>
inline constexpr auto kNames<Confidence> =
    std::to_array<std::string_view>({"stated", "referenced", "inferred"});
template <>
inline constexpr auto kNames<Scope> = std::to_array<std::string_view>({"zone", "region", "global"});
template <>
inline constexpr auto kNames<Redundancy> =
    std::to_array<std::string_view>({"active_active", "primary_standby"});
template <>
inline constexpr auto kNames<Order> =
    std::to_array<std::string_view>({"fifo", "lifo", "controlled_delay"});
template <>
inline constexpr auto kNames<FateKind> = std::to_array<std::string_view>(
    {"instance", "host", "rack", "zone", "facility", "region", "service", "control_plane",
     "account", "provider", "vendor", "release", "config_channel", "image", "certificate",
     "credential", "backup_location", "monitoring"});
template <>
inline constexpr auto kNames<FaultClass> = std::to_array<std::string_view>(
    {"hardware", "zone", "region", "provider", "software", "data", "security"});
template <>
inline constexpr auto kNames<CopyKind> =
    std::to_array<std::string_view>({"replica", "snapshot", "log", "export"});
template <>
inline constexpr auto kNames<OnPrimaryLoss> = std::to_array<std::string_view>({"promote", "wait"});
template <>
inline constexpr auto kNames<Direction> = std::to_array<std::string_view>({"inbound", "outbound"});
template <>
inline constexpr auto kNames<base::Truth> =
    std::to_array<std::string_view>({"false", "unknown", "true"});
template <>
inline constexpr auto kNames<Importance> = std::to_array<std::string_view>({"normal", "low"});

template <class E>
[[nodiscard]] constexpr std::string_view name_of(E value) {
  return kNames<E>[static_cast<std::size_t>(value)];
}

template <class E>
[[nodiscard]] constexpr std::optional<E> parse_name(std::string_view name) {
  for (std::size_t i = 0; i < kNames<E>.size(); ++i) {
    if (kNames<E>[i] == name) {
      return static_cast<E>(i);
    }
  }
  return std::nullopt;
}

}  // namespace outlast::blueprint
