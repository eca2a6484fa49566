#pragma once

#include <optional>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/events.h"

namespace outlast::failure {

/// A copy of a store's data, with what it shares its fate with. Backups that the input only tells
/// as an attribute are one of them.
struct StoreCopy {
  std::string name;
  blueprint::CopyKind kind = blueprint::CopyKind::snapshot;
  bool is_known = true;               ///< false: it may be there, and no input says
  double age_s = 0;                   ///< so much is lost when it is restored
  std::optional<double> retention_s;  ///< absent: without end
  std::string provider;
  std::string account;
  std::optional<std::string> region;  ///< absent: not known
  std::string facility;               ///< building, or zone, it lies in; empty: not told
  std::string credential;             ///< who can delete it; empty: not told
  std::string encrypted_by;           ///< empty: not told
  bool is_immutable = false;
  double restorable = 1;                  ///< probability
  const catalog::Figure* fact = nullptr;  ///< of it; null where the blueprint states it
  std::optional<double> restore_s;
};

/// All copies of a store, its backups first; those that are said not to be kept are left out.
[[nodiscard]] std::vector<StoreCopy> copies_of(const blueprint::Blueprint& bp,
                                               const catalog::Catalog& catalog,
                                               blueprint::ComponentId store);

/// Where a key is kept: it goes with its account and, unless it is everywhere, with its region.
struct KeyPlace {
  std::string provider;
  std::string account;
  std::optional<std::string> region;  ///< absent: not known
  bool is_global = false;
};

/// in   name  of a key: `encrypted_by`
/// out  nothing where the key is no component: where it lies is not told
[[nodiscard]] std::optional<KeyPlace> place_of_key(const blueprint::Blueprint& bp,
                                                   const std::string& name);

/// Does its input not say whether anybody keeps a copy? Somebody may whom no input tells of, but for
/// data that does not outlive its pod.
[[nodiscard]] bool tells_no_copies(const blueprint::Blueprint& bp, blueprint::ComponentId store);

/// Is a copy of `store` still there after the event? Absent where that is not known.
///
/// What destroys a place takes the copies in it, and those that a key in it was made for. A mistake
/// or malice that deletes data follows to replicas, and takes what the same credential can delete;
/// what is immutable stays.
/// source  SEMANTICS, data
[[nodiscard]] std::optional<bool> outlasts(const blueprint::Blueprint& bp, const StoreCopy& copy,
                                           blueprint::ComponentId store, const Event& event);

}  // namespace outlast::failure
