// An incident, played elsewhere: at another provider, in another region or building.
//
// A zone bears the name of its region, so one moves with the other: `region=ap-northeast-2` makes
// us-east-1a the zone ap-northeast-2a, and `facility=ap-northeast-2c` moves the region there. A building
// that is no zone (a data centre by its own name) lies in no region by its name, and stays.

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "catalog/catalog.h"
#include "incidents/archive.h"

namespace outlast::incidents {
namespace {

/// The roles that `--as-if` may name: those of the incident itself, and those its faults select.
std::set<std::string_view> roles_of(const Incident& incident) {
  std::set<std::string_view> names;
  for (const auto& [name, value] : incident.roles) {
    names.insert(name);
  }
  for (const Phase& phase : incident.phases) {
    names.insert(phase.match.roles.begin(), phase.match.roles.end());
  }
  return names;
}

/// Those of the roles in question that a provider does not play.
std::vector<std::string> unplayed(const std::set<std::string_view>& names,
                                  std::string_view provider) {
  std::vector<std::string> missing;
  for (const std::string_view name : names) {
    const auto players = players_of(roles(), std::string(name));
    if (!players.empty() && std::find(players.begin(), players.end(), provider) == players.end()) {
      missing.emplace_back(name);
    }
  }
  return missing;
}

std::string value_of(const Incident& incident, const std::string& role) {
  const auto found = incident.roles.find(role);
  return found == incident.roles.end() ? "" : found->second;
}

std::string zone_name(const catalog::ProviderEntry& provider, std::string_view region,
                      std::string_view zone) {
  return fmt::format(fmt::runtime(provider.zone_name), fmt::arg("region", region),
                     fmt::arg("zone", zone));
}

/// "a" of us-east-1a in us-east-1; nothing where a place is no zone of that region by its name.
std::optional<std::string> zone_of(const std::string& provider, const std::string& region,
                                   const std::string& place) {
  constexpr std::size_t kLongestZone = 2;
  const auto* entry = catalog::Catalog::built_in().provider(provider);
  if (entry == nullptr || entry->zone_name.empty() || region.empty()) {
    return std::nullopt;
  }
  for (std::size_t length = 1; length <= std::min(kLongestZone, place.size()); ++length) {
    const std::string zone = place.substr(place.size() - length);
    if (zone_name(*entry, region, zone) == place) {
      return zone;
    }
  }
  return std::nullopt;
}

/// The region of a provider that a place is a zone of; empty where none that is known is.
std::string region_of(const std::string& provider, const std::string& place) {
  for (const auto& region : catalog::Catalog::built_in().tables().regions) {
    if (region.provider == provider && zone_of(provider, std::string(region.name), place)) {
      return std::string(region.name);
    }
  }
  return "";
}

/// The places of an incident that are zones of its region, by role, with what they are called there.
std::map<std::string, std::string> zones_in(const Incident& incident) {
  std::map<std::string, std::string> zones;
  for (const std::string_view role : kPlaces) {
    const std::string place = value_of(incident, std::string(role));
    if (const auto zone =
            zone_of(value_of(incident, "provider"), value_of(incident, "region"), place)) {
      zones.emplace(role, *zone);
    }
  }
  return zones;
}

/// Region and zones move together. Which zone of another provider it is must be said.
void move_along(const Incident& before, std::string_view moved, Incident& after) {
  const std::string provider = value_of(after, "provider");
  const auto zones = zones_in(before);
  if (provider != value_of(before, "provider")) {
    for (const auto& [role, zone] : zones) {
      after.roles[role] = "";
    }
  } else if (moved == "region") {
    for (const auto& [role, zone] : zones) {
      after.roles[role] = zone_name(*catalog::Catalog::built_in().provider(provider),
                                    value_of(after, "region"), zone);
    }
  } else if (zones.contains(std::string(moved))) {
    const std::string region = region_of(provider, value_of(after, std::string(moved)));
    if (!region.empty()) {
      after.roles["region"] = region;
    }
  }
}

/// Those who have a region of that name, of all that are known.
std::vector<std::string> providers_with(const std::string& region) {
  std::vector<std::string> names;
  for (const auto& known : catalog::Catalog::built_in().tables().regions) {
    if (known.name == region) {
      names.emplace_back(known.provider);
    }
  }
  return names;
}

/// Has a provider a zone of that name, as far as the number of its zones is known?
bool is_zone_anywhere(const std::string& provider, const std::string& place) {
  const auto& regions = catalog::Catalog::built_in().tables().regions;
  return std::any_of(regions.begin(), regions.end(), [&](const catalog::RegionEntry& region) {
    const auto zone = region.provider == provider
                          ? zone_of(provider, std::string(region.name), place)
                          : std::nullopt;
    if (!zone || zone->size() != 1) {
      return zone.has_value();
    }
    const char last = zone->front();
    const int number = last >= 'a' && last <= 'z' ? last - 'a' + 1 : last - '0';
    return region.zone_letters.empty() ? region.zones <= 0 || number <= region.zones
                                       : region.zone_letters.find(last) != std::string_view::npos;
  });
}

/// The places of an input: zones, and buildings and sites that it names.
std::set<std::string> places_in(const blueprint::Blueprint& bp) {
  std::set<std::string> names;
  for (const auto& group : bp.fate_groups()) {
    const bool is_place =
        group.kind == blueprint::FateKind::zone || group.kind == blueprint::FateKind::facility;
    if (is_place) {
      names.insert(group.name);
    }
  }
  return names;
}

/// The regions of an input, and those of a provider.
std::set<std::string> regions_of(const blueprint::Blueprint& bp, const std::string& provider) {
  std::set<std::string> names;
  for (const auto& c : bp.components()) {
    if (c.region.is_known()) {
      names.insert(*c.region);
    }
  }
  for (const auto& region : catalog::Catalog::built_in().tables().regions) {
    if (region.provider == provider) {
      names.emplace(region.name);
    }
  }
  return names;
}

}  // namespace

bool has_role(const Incident& incident, std::string_view name) {
  return roles_of(incident).contains(name);
}

base::Result<Incident> transposed(const Incident& incident, std::string_view name,
                                  std::string_view value) {
  const auto known = roles_of(incident);
  const bool is_known = known.contains(name);
  if (!is_known || value.empty()) {
    const std::vector<std::string_view> names(known.begin(), known.end());
    return base::fail(
        is_known ? std::string(name) + " is played by nobody"
                 : incident.id + " has no role \"" + std::string(name) + "\"",
        is_known ? "write it such as region=ap-northeast-2" : base::suggest(name, names));
  }
  const bool is_place =
      name == "region" || std::find(kPlaces.begin(), kPlaces.end(), name) != kPlaces.end();
  const auto missing = is_place             ? std::vector<std::string>{}
                       : name == "provider" ? unplayed(known, value)
                                            : unplayed({name}, value);
  if (!missing.empty()) {
    const std::string who = base::join_words(players_of(roles(), missing.front()), 9);
    return base::fail(
        fmt::format("{} does not play the role {}", value, missing.front()),
        name == "provider"
            ? fmt::format("those who do: {}; one role moves alone (--as-if ROLE={})", who, value)
            : "those who do: " + who);
  }
  Incident elsewhere = incident;
  elsewhere.roles[std::string(name)] = value;
  // The vendor of the incident as a whole plays all other roles: it is the one that moves.
  const bool is_of_vendor = !is_place && name != "provider";
  if (is_of_vendor && unplayed(known, value).empty()) {
    elsewhere.roles["provider"] = value;
  }
  move_along(incident, name, elsewhere);
  return elsewhere;
}

std::optional<base::Error> why_nowhere(const Incident& incident) {
  const std::string provider = value_of(incident, "provider");
  const std::string region = value_of(incident, "region");
  const auto players = providers_with(region);
  if (!players.empty() && !provider.empty() &&
      std::find(players.begin(), players.end(), provider) == players.end()) {
    return base::Error{fmt::format("{}: {} is a region of {}, not of {}", incident.id, region,
                                   base::join_words(players), provider),
                       "name one of its own as well: --as-if region=REGION"};
  }
  for (const std::string_view role : kPlaces) {
    const std::string place = value_of(incident, std::string(role));
    if (place.empty() && incident.roles.contains(std::string(role))) {
      return base::Error{
          fmt::format("{}: which zone of {} it is, is not said", incident.id, provider),
          fmt::format("--as-if {}=ZONE", role)};
    }
    const auto is_zone_of = [&](const auto& known) {
      return zone_of(std::string(known.provider), std::string(known.name), place).has_value();
    };
    const auto& regions = catalog::Catalog::built_in().tables().regions;
    const auto home = std::find_if(regions.begin(), regions.end(), is_zone_of);
    if (!region.empty() && home != regions.end() && !zone_of(provider, region, place) &&
        (home->name != region || home->provider != provider)) {
      return base::Error{fmt::format("{}: {} is a zone of {} {}, not of {} {}", incident.id, place,
                                     home->provider, home->name, provider, region),
                         fmt::format("name one of its own as well: --as-if {}=ZONE", role)};
    }
  }
  return std::nullopt;
}

std::optional<base::Error> why_unknown(const Incident& incident, const std::string& role,
                                       const blueprint::Blueprint& bp) {
  const bool is_region = role == "region";
  if (!is_region && std::find(kPlaces.begin(), kPlaces.end(), role) == kPlaces.end()) {
    return std::nullopt;
  }
  const std::string provider = value_of(incident, "provider");
  const std::string name = value_of(incident, role);
  const auto known = is_region ? regions_of(bp, provider) : places_in(bp);
  if (known.contains(name) || (!is_region && is_zone_anywhere(provider, name))) {
    return std::nullopt;
  }
  const std::vector<std::string_view> names(known.begin(), known.end());
  return base::Error{
      fmt::format("there is no {} \"{}\" {}", role, name,
                  is_region ? "of " + provider : "of a provider, or in the input"),
      names.empty() ? "the input names none (fate: {facility: NAME})" : base::suggest(name, names)};
}

}  // namespace outlast::incidents
