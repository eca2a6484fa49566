#pragma once

#include "catalog/tables.h"

/// Names as they stand in data/catalog: the compiler of the data reads by them, and what is told of
/// a type is told with them.
namespace outlast::catalog {

/// The trait of a component that tells how many gigabytes it keeps.
inline constexpr std::string_view kStorage = "storage_gb";

struct FlagName {
  std::string_view name = {};
  bool TypeEntry::*flag = nullptr;
  std::string_view words = {};
};

inline constexpr FlagName kTypeFlags[] = {
    {"is_workload", &TypeEntry::is_workload, "does work of your own: code, not a service bought"},
    {"is_store", &TypeEntry::is_store, "holds data that a lost zone can destroy"},
    {"data_spans_zones", &TypeEntry::data_spans_zones,
     "its data lies in several zones, whichever its replicas lie in"},
    {"is_entry", &TypeEntry::is_entry, "users may come in here, if it faces the internet"},
    {"is_name", &TypeEntry::is_name, "a name: faces the internet where what it names does"},
    {"forwards", &TypeEntry::forwards, "is nothing without what it forwards to"},
    {"alternatives", &TypeEntry::alternatives, "the things it needs stand in for each other"},
    {"places_are_distinct", &TypeEntry::places_are_distinct,
     "its replicas lie in different zones, even where no input says in which"},
    {"relocates", &TypeEntry::relocates, "a replica that dies is started elsewhere"},
    {"is_single_packed", &TypeEntry::is_single_packed, "all replicas lie in one place"},
    {"one_suffices", &TypeEntry::one_suffices, "any one replica carries the load"},
    {"draws_way_out", &TypeEntry::draws_way_out, "uses the way out of the place it lies in"},
    {"is_route", &TypeEntry::is_route, "what it forwards to serves only a part of the requests"},
};

/// Formats whose types the catalog spells.
inline constexpr std::string_view kFormats[] = {"terraform", "cloudformation", "kubernetes",
                                                "compose", "trace"};
/// Of what was only seen.
inline constexpr std::string_view kTraceFormat = "trace";

}  // namespace outlast::catalog

namespace outlast::blueprint {

template <>
inline constexpr auto kNames<catalog::Becomes> =
    std::to_array<std::string_view>({"component", "relay", "part", "helper"});
template <>
inline constexpr auto kNames<catalog::Field> =
    std::to_array<std::string_view>({"name",
                                     "size",
                                     "region",
                                     "zones",
                                     "replicas",
                                     "at_least",
                                     "redundancy",
                                     "scope",
                                     "relocates",
                                     "bound",
                                     "internet",
                                     "public_address",
                                     "variant",
                                     "holds",
                                     "storage_gb",
                                     "backup_every",
                                     "backup_retention",
                                     "backup_region",
                                     "detect",
                                     "takes",
                                     "scale_min",
                                     "scale_max",
                                     "scale_cooldown_out",
                                     "scale_cooldown_in",
                                     "scale_grows",
                                     "scale_target",
                                     "listens",
                                     "keeps",
                                     "spares",
                                     "rollout_strategy",
                                     "rollout_steps",
                                     "rollout_batch",
                                     "rollout_most",
                                     "rollout_bake",
                                     "rollout_watched",
                                     "rollout_gate",
                                     "rollout_starts_checked",
                                     "config_strategy"});
template <>
inline constexpr auto kNames<catalog::LinkRole> = std::to_array<std::string_view>(
    {"owner", "part", "member", "joins", "placement", "beside", "needs", "needed_by", "firewall",
     "acts_as", "carries", "mentions", "wakes"});
template <>
inline constexpr auto kNames<catalog::LimitPer> =
    std::to_array<std::string_view>({"zone", "region", "account"});
template <>
inline constexpr auto kNames<catalog::RecoveryRole> = std::to_array<std::string_view>(
    {"registrar", "delivery", "images", "state", "secrets", "monitoring", "status_page"});

}  // namespace outlast::blueprint
