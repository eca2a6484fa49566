#include "pipeline/remedy_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;

namespace {

/// "us-east-1a" is written "a" where the region is, and "KR-1" as "1".
std::string zone_key(const Component& c, std::string_view zone) {
  const std::string region = c.region.value_or("");
  const bool has_region =
      !region.empty() && zone.size() > region.size() && zone.starts_with(region);
  const std::string_view rest = has_region ? zone.substr(region.size()) : zone;
  return std::string(has_region && rest.size() > 1 && rest.front() == '-' ? rest.substr(1) : rest);
}

/// How zones are called where a component lies: as its provider does, as far as that is known. Where
/// nobody lists its regions the letters are as good as any.
std::vector<std::string> zones_there(const catalog::Catalog& catalog, const Component& c) {
  const auto& regions = catalog.tables().regions;
  const catalog::RegionEntry* region = catalog.region(c.provider, c.region.value_or(""));
  const bool is_listed = std::any_of(regions.begin(), regions.end(),
                                     [&](const auto& one) { return one.provider == c.provider; });
  if (is_listed && !c.region.is_unset() && region == nullptr) {
    return {};
  }
  std::string_view letters = "abc";
  if (region != nullptr && !region->zone_letters.empty()) {
    letters = region->zone_letters;
  } else if (const auto* provider = catalog.provider(c.provider);
             provider != nullptr && provider->zone_name.find('-') != std::string_view::npos) {
    letters = "123";
  }
  if (region != nullptr && region->zones > 0) {
    letters = letters.substr(0, static_cast<std::size_t>(region->zones));
  }
  std::vector<std::string> zones;
  for (const char letter : letters) {
    zones.emplace_back(1, letter);
  }
  return zones;
}

/// The zones it lies in and one more, or two where none is known: one where something lies already
/// goes first. Nothing where there is no other.
std::string two_zones(const Blueprint& bp, const catalog::Catalog& catalog, const Component& c) {
  std::vector<std::string> zones;
  for (const blueprint::FateGroupId id : c.zones) {
    if (bp[id].is_certain) {
      zones.push_back(zone_key(c, bp[id].name));
    }
  }
  std::vector<std::string> others;
  for (const blueprint::FateGroup& group : bp.fate_groups()) {
    if (group.kind == blueprint::FateKind::zone && group.is_certain &&
        group.provider == c.provider && group.region == c.region.value_or("")) {
      others.push_back(zone_key(c, group.name));
    }
  }
  const auto named = zones_there(catalog, c);
  others.insert(others.end(), named.begin(), named.end());
  for (const std::string& zone : others) {
    if (zones.size() < 2 && std::find(zones.begin(), zones.end(), zone) == zones.end()) {
      zones.push_back(zone);
    }
  }
  return zones.size() < 2 ? "" : fmt::format("zones: [{}]", fmt::join(zones, ", "));
}

}  // namespace

std::string remedy_in_keys(const Blueprint& bp, const catalog::Catalog& catalog, const Component& c,
                           const catalog::Remedy& remedy) {
  std::vector<std::string> keys;
  if (remedy.replicas > static_cast<int>(c.replicas.size())) {
    keys.push_back(fmt::format("replicas: {}", remedy.replicas));
  }
  if (remedy.spread && c.scope == blueprint::Scope::zone && c.zones.size() < 2) {
    if (std::string zones = two_zones(bp, catalog, c); !zones.empty()) {
      keys.push_back(std::move(zones));
    }
  }
  if (remedy.redundancy && *remedy.redundancy != c.redundancy) {
    keys.push_back(fmt::format("redundancy: {}", blueprint::name_of(*remedy.redundancy)));
  }
  if (remedy.backups) {
    keys.emplace_back("backups: {every: 24h, retention: 7d}");
  }
  return fmt::format("{}", fmt::join(keys, ", "));
}

const catalog::Remedy* remedy_for(const catalog::TypeEntry& type, std::string_view finding) {
  for (const catalog::Remedy& remedy : type.remedies) {
    if (remedy.finding == finding) {
      return &remedy;
    }
  }
  return finding == kOneMachine ? remedy_for(type, "single_instance")  // NOLINT(misc-no-recursion)
                                : nullptr;
}

bool splits_data(const catalog::TypeEntry& type, bool is_store, const catalog::Remedy& remedy) {
  return is_store && remedy.replicas > 1 && type.kind == blueprint::Kind::compute;
}

}  // namespace outlast::pipeline
