#include "incidents/incident.h"

#include <algorithm>

namespace outlast::incidents {

Ending ending_of(const Incident& incident, const Phase& phase) {
  if (phase.until) {
    return {phase.until->value, phase.until->value};
  }
  for (const Action& action : incident.actions) {
    if (std::find(action.ends.begin(), action.ends.end(), phase.id) != action.ends.end()) {
      return {action.at.value, action.at.value + (action.reaches ? action.reaches->value : 0)};
    }
  }
  return {incident.length_s(), incident.length_s()};
}

std::vector<std::string> players_of(const RoleTable& table, const std::string& role) {
  const auto row = table.find(role);
  std::vector<std::string> players;
  if (row != table.end()) {
    for (const auto& [provider, names] : row->second) {
      if (provider != kUnknownCloud) {
        players.push_back(provider);
      }
    }
  }
  return players;
}

}  // namespace outlast::incidents
