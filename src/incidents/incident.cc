#include "incidents/incident.h"

#include <algorithm>

namespace outlast::incidents {

namespace {

/// Those that take what an action needs at one moment.
std::vector<const Phase*> taking_at(const Incident& incident, const Action& action, double at_s) {
  std::vector<const Phase*> taking;
  for (const Phase& phase : incident.phases) {
    const bool is_needed = std::any_of(action.needs.begin(), action.needs.end(),
                                       [&](const auto& need) { return takes(phase, need); });
    if (is_needed && phase.at.value <= at_s && at_s < ending_of(incident, phase).until_s) {
      taking.push_back(&phase);
    }
  }
  return taking;
}

}  // namespace

Ending ending_of(const Incident& incident, const Phase& phase) {
  if (phase.until) {
    return {phase.until->value, phase.until->value};
  }
  for (const Action& action : incident.actions) {
    if (std::find(action.ends.begin(), action.ends.end(), phase.id) != action.ends.end()) {
      const double done = done_s(incident, action);
      const double reaches = action.reaches ? action.reaches->value : 0;
      const double at_once = done + action.turn * reaches;
      return action.is_one_by_one ? Ending{at_once, at_once} : Ending{done, done + reaches};
    }
  }
  return {incident.length_s(), incident.length_s()};
}

bool takes(const Phase& phase, const std::string& need) {
  constexpr double kDown = 0.5;
  const auto& roles = phase.match.roles;
  const bool is_it =
      phase.match.place == need || std::find(roles.begin(), roles.end(), need) != roles.end();
  return is_it && (!phase.error || phase.error->value >= kDown);
}

std::vector<const Phase*> holding(const Incident& incident, const Action& action) {
  return taking_at(incident, action, action.at.value);
}

double done_s(const Incident& incident, const Action& action) {
  double done = action.at.value;
  if (action.needs.empty() || !action.instead.empty()) {
    return done;
  }
  for (auto taking = taking_at(incident, action, done); !taking.empty();
       taking = taking_at(incident, action, done)) {
    for (const Phase* phase : taking) {
      done = std::max(done, ending_of(incident, *phase).until_s);
    }
  }
  return done;
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
