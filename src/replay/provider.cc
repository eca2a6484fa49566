#include "replay/provider.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/text.h"

namespace outlast::replay {

using findings::TimedStep;
using incidents::Incident;

namespace {

std::string value_of(const Incident& incident, const std::string& role) {
  const auto found = incident.roles.find(role);
  return found == incident.roles.end() ? std::string() : found->second;
}

/// "aws us-east-1": who it happened to; of a vendor without a provider the title begins with its name.
std::string actor(const Incident& incident) {
  const std::string place =
      value_of(incident, incident.roles.contains("region") ? "region" : "facility");
  const std::string who = value_of(incident, "provider");
  return who.empty() && place.empty() ? incident.title.substr(0, incident.title.find(','))
                                      : who + (who.empty() || place.empty() ? "" : " ") + place;
}

/// Whose part it is that a phase takes: another one's, where that is played by another (`--as-if`).
std::string actor(const Incident& incident, const incidents::Phase& phase) {
  for (const std::string& role : phase.match.roles) {
    std::string who = value_of(incident, role);
    if (!who.empty() && incident.roles.contains("provider")) {
      return who;
    }
  }
  return actor(incident);
}

/// Who ends a phase is whose it was.
std::string actor(const Incident& incident, const incidents::Action& action) {
  const auto ended = std::find_if(
      incident.phases.begin(), incident.phases.end(), [&](const incidents::Phase& phase) {
        return std::find(action.ends.begin(), action.ends.end(), phase.id) != action.ends.end();
      });
  return ended == incident.phases.end() ? actor(incident) : actor(incident, *ended);
}

/// What the provider did, and what of its own outage stood in its way.
void tell_action(const Incident& incident, const incidents::Action& action,
                 std::vector<TimedStep>& out) {
  const auto held_by = incidents::holding(incident, action);
  std::string how(blueprint::name_of(action.remedy));
  if (!held_by.empty()) {
    const double down_s = (*std::min_element(held_by.begin(), held_by.end(), [](auto* a, auto* b) {
                            return a->at.value < b->at.value;
                          }))->at.value;
    out.push_back({down_s, actor(incident, action), "the way back is blocked: " + action.what,
                   fmt::format("needs {}, which is down too",
                               base::join_words(action.needs, action.needs.size()))});
    how += action.instead.empty() ? ", once what it needs is back" : ", " + action.instead;
  }
  out.push_back(
      {incidents::done_s(incident, action), actor(incident, action), action.what, std::move(how)});
}

}  // namespace

void tell_provider(const Player& player, const Staging& staging, std::vector<TimedStep>& out) {
  const Incident& incident = player.incident();
  std::set<std::string> touched;
  for (const Blow& blow : player.blows()) {
    if (player.counts(blow, staging) && blow.is_asked) {
      touched.insert(incident.phases[blow.phase].id);
    }
  }
  for (const Struck& struck : player.struck()) {
    if (player.counts(struck, staging)) {
      touched.insert(incident.phases[struck.phase].id);
    }
  }
  const auto what_of = [&](const std::string& id) {
    return std::find_if(incident.phases.begin(), incident.phases.end(),
                        [&](const auto& phase) { return phase.id == id; })
        ->what;  // incidents are checked: it is there
  };
  for (const auto& phase : incident.phases) {
    if (touched.contains(phase.id)) {
      out.push_back({phase.at.value, actor(incident, phase), phase.what,
                     phase.follows.empty() ? std::string(blueprint::name_of(phase.fault))
                     : phase.is_recovery_work
                         ? "work of coming back, because " + what_of(phase.follows)
                         : "because " + what_of(phase.follows)});
    }
  }
  for (const auto& action : incident.actions) {
    const bool is_ours =
        action.ends.empty() || std::any_of(action.ends.begin(), action.ends.end(),
                                           [&](const auto& id) { return touched.contains(id); });
    if (is_ours && !touched.empty()) {
      tell_action(incident, action, out);
    }
  }
}

}  // namespace outlast::replay
