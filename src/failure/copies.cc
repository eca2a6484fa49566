#include "failure/copies.h"

#include <algorithm>

namespace outlast::failure {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Copy;
using blueprint::CopyKind;

namespace {

/// What holds of every copy until it says otherwise.
StoreCopy copy_beside(const Component& store, const catalog::Figure* restorable) {
  StoreCopy copy;
  copy.provider = store.provider;
  copy.account = store.account;
  if (!store.region.is_unknown()) {
    copy.region = store.region.value_or("");
  }
  copy.credential = store.care.credential.value_or("");
  copy.encrypted_by = store.care.encrypted_by.value_or("");
  copy.fact = restorable;
  copy.restorable = restorable == nullptr ? 1 : restorable->share;
  return copy;
}

void lie_in(const blueprint::Value<std::string>& region, StoreCopy& copy) {
  if (region.is_unknown()) {
    copy.region = std::nullopt;
  } else if (region.is_known()) {
    copy.region = *region;
  }
}

StoreCopy named_copy(const Copy& said, StoreCopy copy, const catalog::Figure* tested) {
  copy.name = said.name;
  copy.kind = said.kind.value_or(CopyKind::snapshot);
  copy.is_known = !said.every.is_unknown() && !said.retention.is_unknown();
  copy.age_s = said.every.value_or({}).value;
  if (said.retention.is_known()) {
    copy.retention_s = said.retention->value;
  }
  lie_in(said.in, copy);
  copy.facility = said.facility.value_or("");
  copy.provider = said.provider.value_or(copy.provider);
  copy.account = said.account.value_or(copy.account);
  copy.credential = said.credential.value_or(copy.credential);
  copy.encrypted_by = said.encrypted_by.value_or(copy.encrypted_by);
  copy.is_immutable = said.immutable.value_or(false);
  if (said.restorable.is_known()) {
    copy.restorable = said.restorable->value;
    copy.fact = nullptr;
  } else if (said.tested.value_or(false) && tested != nullptr) {
    copy.restorable = tested->share;
    copy.fact = tested;
  }
  if (said.restore.is_known()) {
    copy.restore_s = said.restore->value;
  }
  return copy;
}

/// A building takes what is said to lie in it. Whose owner tells buildings apart and does not say
/// in which a copy lies leaves that open; a provider's own backups do not lie in a zone.
std::optional<bool> outlasts_place(const Blueprint& bp, const StoreCopy& copy, ComponentId store,
                                   const Event& event) {
  const auto& group = bp[event.group];
  const Component& c = bp[store];
  if (!copy.facility.empty()) {
    return copy.facility != group.name;
  }
  const bool is_elsewhere = copy.provider != c.provider ||
                            (copy.region && c.region.is_known() && *copy.region != *c.region);
  return group.kind != blueprint::FateKind::facility || is_elsewhere ? std::optional(true)
                                                                     : std::nullopt;
}

/// Does what destroys a place or takes an account spare both of them?
std::optional<bool> outlasts_region(const std::optional<std::string>& region,
                                    const std::string& account, const Event& event,
                                    const blueprint::FateGroup& group) {
  switch (event.kind) {
    case EventKind::region_outage:
    case EventKind::region_destroyed:
    case EventKind::service:
      return region ? std::optional(*region != group.region) : std::nullopt;
    case EventKind::provider_outage:
      return false;
    case EventKind::account_lost:
      return account != group.account;
    default:
      return true;
  }
}

/// A copy that nobody can read any more is none. A key that is down comes back, and so do its readers.
std::optional<bool> outlasts_key(const Blueprint& bp, const StoreCopy& copy, const Event& event) {
  const bool is_for_good =
      event.kind == EventKind::region_destroyed || event.kind == EventKind::account_lost;
  const auto key = place_of_key(bp, copy.encrypted_by);
  const auto& group = bp[event.group];
  if (!is_for_good || !key || key->provider != group.provider ||
      (key->is_global && event.kind != EventKind::account_lost)) {
    return true;
  }
  return outlasts_region(key->region, key->account, event, group);
}

std::optional<bool> both(std::optional<bool> a, std::optional<bool> b) {
  return a == false || b == false ? std::optional(false) : a && b ? a : std::nullopt;
}

}  // namespace

std::vector<StoreCopy> copies_of(const Blueprint& bp, const catalog::Catalog& catalog,
                                 ComponentId store) {
  const Component& c = bp[store];
  const StoreCopy beside = copy_beside(c, catalog.place_figure("any", "", "restorable"));
  std::vector<StoreCopy> copies;
  const auto& backups = c.backups;
  const bool are_unknown = backups.retention.is_unknown() || backups.every.is_unknown();
  const bool are_none = (backups.retention.is_known() && backups.retention->value <= 0) ||
                        (backups.every.is_unset() && !are_unknown);
  if (!are_none) {
    StoreCopy copy = beside;
    copy.name = "backups";
    copy.is_known = !are_unknown;
    copy.age_s = backups.every.value_or({}).value;
    if (backups.retention.is_known()) {
      copy.retention_s = backups.retention->value;
    }
    lie_in(backups.in, copy);
    copy.facility = backups.facility.value_or("");
    copies.push_back(std::move(copy));
  }
  const catalog::TypeEntry* type = catalog.type_of(c);
  if (type != nullptr && type->data_spans_zones) {
    StoreCopy copy = beside;
    copy.name = "storage in other zones";
    copy.kind = CopyKind::replica;
    copy.restorable = 1;
    copy.fact = nullptr;
    copies.push_back(std::move(copy));
  }
  const catalog::Figure* tested = catalog.place_figure("any", "", "restorable_tested");
  for (const Copy& said : c.copies) {
    StoreCopy copy = named_copy(said, beside, tested);
    if (!copy.retention_s || *copy.retention_s > 0) {
      copies.push_back(std::move(copy));
    }
  }
  return copies;
}

std::optional<KeyPlace> place_of_key(const Blueprint& bp, const std::string& name) {
  const ComponentId id = bp.find(name);
  if (!id.exists()) {
    return std::nullopt;
  }
  const Component& key = bp[id];
  KeyPlace place{key.provider, key.account, std::nullopt, key.scope == blueprint::Scope::global};
  if (!key.region.is_unknown()) {
    place.region = key.region.value_or("");
  }
  return place;
}

bool tells_no_copies(const Blueprint& bp, ComponentId store) {
  const Component& c = bp[store];
  return c.is_imported && c.copies.empty() && c.backups.retention.is_unset() &&
         c.backups.every.is_unset() && !c.care.lost_with_machine.value_or(false);
}

std::optional<bool> outlasts(const Blueprint& bp, const StoreCopy& copy, ComponentId store,
                             const Event& event) {
  if (event.kind == EventKind::data_deleted) {
    const std::string& credential = bp[store].care.credential.value_or("");
    const bool is_deleted =
        !copy.is_immutable && !credential.empty() && copy.credential == credential;
    return copy.kind != CopyKind::replica && !is_deleted;
  }
  if (!event.group.exists()) {
    return true;
  }
  if (event.kind == EventKind::zone_outage || event.kind == EventKind::zone_destroyed) {
    return outlasts_place(bp, copy, store, event);
  }
  const auto& group = bp[event.group];
  const std::optional<bool> is_there =
      group.provider == copy.provider ? outlasts_region(copy.region, copy.account, event, group)
                                      : true;
  return both(is_there, outlasts_key(bp, copy, event));
}

}  // namespace outlast::failure
