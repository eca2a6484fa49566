#pragma once

#include "blueprint/vocabulary.h"

/// The words in which outages are told, real ones and those that somebody makes up.
namespace outlast::blueprint {

/// What can go wrong. Retry storms, cascades, cold caches and the like are none of these: they
/// come from the architecture that is hit.
enum class Fault {
  down,
  degrade,
  cut,
  unresolve,
  push,
  surge,
  limit,
  destroy,
  invalidate,
  missense
};

/// What people and machines of a provider do about it.
enum class Remedy {
  detect,
  diagnose,
  revert,
  bypass,
  restart,
  shift,
  fail_over,
  add_capacity,
  throttle,
  restore,
  repair,
  reissue,
  drain,
  degrade_product
};

/// Which side of a service is hit: what users' requests run through, what changes it, what sees it,
/// what people work with.
enum class Plane { data, control, observe, human };

enum class Operation { read, write, list, connect_new, launch, scale, config, auth, poll };

template <>
inline constexpr auto kNames<Fault> =
    std::to_array<std::string_view>({"down", "degrade", "cut", "unresolve", "push", "surge",
                                     "limit", "destroy", "invalidate", "missense"});
template <>
inline constexpr auto kNames<Remedy> = std::to_array<std::string_view>(
    {"detect", "diagnose", "revert", "bypass", "restart", "shift", "fail_over", "add_capacity",
     "throttle", "restore", "repair", "reissue", "drain", "degrade_product"});
template <>
inline constexpr auto kNames<Plane> =
    std::to_array<std::string_view>({"data", "control", "observe", "human"});
template <>
inline constexpr auto kNames<Operation> = std::to_array<std::string_view>(
    {"read", "write", "list", "connect_new", "launch", "scale", "config", "auth", "poll"});

}  // namespace outlast::blueprint
