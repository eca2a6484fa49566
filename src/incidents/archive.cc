#include "incidents/archive.h"

#include <algorithm>
#include <set>

#include "base/text.h"

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

}  // namespace

const Incident* find_incident(std::string_view id) {
  const auto& all = archive();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Incident& incident) { return incident.id == id; });
  return found == all.end() ? nullptr : &*found;
}

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
    return base::fail(std::string(value) + " does not play the role " + missing.front(),
                      "those who do: " + base::join_words(players_of(roles(), missing.front()), 9));
  }
  Incident elsewhere = incident;
  elsewhere.roles[std::string(name)] = value;
  // The vendor of the incident as a whole plays all other roles: it is the one that moves.
  const bool is_of_vendor = !is_place && name != "provider";
  if (is_of_vendor && unplayed(known, value).empty()) {
    elsewhere.roles["provider"] = value;
  }
  return elsewhere;
}

}  // namespace outlast::incidents
