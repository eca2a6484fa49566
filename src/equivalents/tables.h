#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "blueprint/vocabulary.h"
#include "catalog/tables.h"

/// Shape of the compiled equivalents. The tables are written at build time from
/// data/equivalents/*.yaml by tools/compile_equivalents; nothing is parsed when the program starts.
namespace outlast::equivalents {

/// What a form cannot do, so that an architecture that needs it cannot take that form.
struct Ruling {
  std::string_view size = {};   ///< pattern of sizes that need it: "g4dn.*"; empty: the trait tells
  std::string_view trait = {};  ///< name of a trait that is not "false"
  std::string_view why = {};
};

/// How a role is filled under one service model.
struct Form {
  blueprint::ServiceModel model = blueprint::ServiceModel::iaas;
  std::string_view type = {};       ///< of the catalog
  std::string_view kind = {};       ///< where the type does not tell what it is for
  std::string_view size = {};       ///< where the size of the original says nothing here
  std::string_view size_from = {};  ///< "db.{}": of the original's bare size; empty: never
  bool is_spread = false;           ///< replicas in zones are its owner's to choose
  std::int64_t replicas = 1;        ///< at least, where the original has none of its own
  std::string_view redundancy = {};
  bool grows = false;             ///< replicas are added by a rule, up to a maximum
  double warm_up_s = 0;           ///< until a new replica is useful
  double detect_s = 0;            ///< of a failover that its owner runs; 0: the provider's
  double takes_s = 0;             ///< the same
  double coverage = 1;            ///< the same: share of faults that it stands in for
  double memory_gb = 0;           ///< that a request is given, where its time is what is billed
  std::string_view lock_in = {};  ///< low, medium, high
  std::string_view lock_in_why = {};
  std::string_view assumes = {};  ///< what is taken to be so, told with it
  std::span<const Ruling> rules_out = {};
  catalog::Citation citation;
};

/// What a component is there for, alike with every provider.
struct Role {
  std::string_view name = {};  ///< "application"
  std::string_view provider = {};
  std::span<const std::string_view> members = {};  ///< types that fill it, with their variants
  std::span<const std::string_view> kinds = {};    ///< of such components; empty: any
  std::span<const std::string_view> leaves =
      {};  ///< types that it lies on, and no form of another's
  std::span<const Form> forms = {};
};

/// Zones that a provider's examples are dealt over, where nothing says which.
struct Places {
  std::string_view provider = {};
  std::span<const std::string_view> zones = {};
};

/// Who does a piece of operating, and how much of your time and of the users' it takes.
struct Task {
  blueprint::ServiceModel model = blueprint::ServiceModel::iaas;
  bool is_of_data = false;                   ///< of what keeps data; else of what runs code
  std::string_view name = {};                ///< "patching"
  std::string_view who = {};                 ///< you, shared, provider
  bool is_once = false;                      ///< done once, before a first release
  double hours_low = 0, hours_high = 0;      ///< yours, a component: a month, or once
  double planned_low = 0, planned_high = 0;  ///< minutes a year and component, without a second one
  catalog::Citation citation;
};

struct Tables {
  std::span<const Role> roles = {};
  std::span<const Places> places = {};
  std::span<const Task> tasks = {};
};

/// The tables compiled into this program.
[[nodiscard]] const Tables& built_in_tables();

}  // namespace outlast::equivalents
