#include "pipeline/remedy_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;

namespace {

/// "us-east-1a" is written "a" where the region is.
std::string zone_key(const Component& c, std::string_view zone) {
  const std::string region = c.region.value_or("");
  const bool has_region =
      !region.empty() && zone.size() > region.size() && zone.starts_with(region);
  return std::string(has_region ? zone.substr(region.size()) : zone);
}

/// The zones it lies in and one more, or two where none is known; the letters are as good as any.
std::string two_zones(const Blueprint& bp, const Component& c) {
  std::vector<std::string> zones;
  for (const blueprint::FateGroupId id : c.zones) {
    if (bp[id].is_certain) {
      zones.push_back(zone_key(c, bp[id].name));
    }
  }
  for (const std::string_view letter : {"a", "b", "c"}) {
    if (zones.size() < 2 && std::find(zones.begin(), zones.end(), letter) == zones.end()) {
      zones.emplace_back(letter);
    }
  }
  return fmt::format("zones: [{}]", fmt::join(zones, ", "));
}

}  // namespace

std::string remedy_in_keys(const Blueprint& bp, const Component& c, const catalog::Remedy& remedy) {
  std::vector<std::string> keys;
  if (remedy.replicas > static_cast<int>(c.replicas.size())) {
    keys.push_back(fmt::format("replicas: {}", remedy.replicas));
  }
  if (remedy.spread && c.scope == blueprint::Scope::zone && c.zones.size() < 2) {
    keys.push_back(two_zones(bp, c));
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
