#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/offset_text.h"
#include "base/text.h"
#include "base/units.h"
#include "incidents/read_incident.h"
#include "incidents/sheet.h"

namespace outlast::incidents {
namespace {

std::string cited(const Figure& figure) {
  return fmt::format("{} {}", figure.source, static_cast<char>(figure.trust));
}

std::string part_text(const Phase& phase) {
  std::string out;
  if (phase.error) {
    out +=
        fmt::format(", {:.3g} % of requests ({})", phase.error->value * 100, cited(*phase.error));
  }
  if (phase.reaches) {
    out += fmt::format(", everywhere after {} ({})", base::format_duration({phase.reaches->value}),
                       cited(*phase.reaches));
  }
  if (phase.redraw) {
    out += fmt::format(", drawn anew every {}, at first {:.3g} % bad",
                       base::format_duration({phase.redraw->every.value}),
                       phase.redraw->from.value * 100);
  }
  return out;
}

std::string phase_text(const Incident& incident, const Phase& phase) {
  const Ending ending = ending_of(incident, phase);
  const std::string until =
      phase.fault == Fault::destroy ? "for good" : "to " + base::format_offset(ending.until_s);
  std::string out = fmt::format(
      "  {} {} ({}{})  {}\n      {}: {}{}\n      hits {}\n", base::format_offset(phase.at.value),
      until, cited(phase.at), phase.until ? ", " + cited(*phase.until) : "", phase.id,
      blueprint::name_of(phase.fault), phase.what, part_text(phase), words_for(phase.match));
  if (!phase.follows.empty()) {
    out += fmt::format("      follows {}{}\n", phase.follows,
                       phase.is_recovery_work ? ", as work of coming back" : "");
  }
  return out;
}

/// What it takes, and what of the incident stood in its way.
std::string needs_text(const Incident& incident, const Action& action) {
  if (action.needs.empty()) {
    return "";
  }
  std::vector<std::string> ids;
  for (const Phase* phase : holding(incident, action)) {
    ids.push_back(phase->id);
  }
  std::string out = "      needs " + base::join_words(action.needs, action.needs.size());
  if (!ids.empty()) {
    out += ", then down by " + base::join_words(ids, ids.size());
  }
  const double done = done_s(incident, action);
  if (!action.instead.empty()) {
    out += ": " + action.instead;
  } else if (done > action.at.value) {
    out += fmt::format(": waits until {}", base::format_offset(done));
  }
  return out + "\n";
}

std::string action_text(const Incident& incident, const Action& action) {
  return fmt::format("  {} ({})  {}: {}{}\n{}", base::format_offset(action.at.value),
                     cited(action.at), blueprint::name_of(action.remedy), action.what,
                     action.reaches ? fmt::format(", {}everywhere after {}",
                                                  action.is_one_by_one ? "one by one, " : "",
                                                  base::format_duration({action.reaches->value}))
                                    : "",
                     needs_text(incident, action));
}

}  // namespace

std::string words_for(const Selector& match) {
  std::string out = !match.place.empty() ? "what lies in the " + match.place
                                         : base::join_words(match.roles, match.roles.size());
  out += fmt::format(", plane {}", blueprint::name_of(match.plane));
  std::vector<std::string> operations;
  for (const Operation operation : match.operations) {
    operations.emplace_back(blueprint::name_of(operation));
  }
  if (!operations.empty()) {
    out += ", operations " + base::join_words(operations, operations.size());
  }
  std::vector<std::string> traits;
  for (const auto& [name, value] : match.cohort.traits) {
    traits.push_back(fmt::format("{} = {}", name, value));
  }
  if (!traits.empty()) {
    out += fmt::format(", only {} with {}", blueprint::name_of(match.cohort.base),
                       base::join_words(traits, traits.size()));
  }
  if (match.cohort.share) {
    out += fmt::format(" ({:.3g} % of the provider's traffic, {})", match.cohort.share->value * 100,
                       cited(*match.cohort.share));
  }
  return match.is_everywhere ? out + ", everywhere" : out;
}

std::string list_text(const std::vector<Incident>& all) {
  std::string out;
  for (const Incident& incident : all) {
    out += fmt::format("{:<24} {:>7}  {}\n", incident.id,
                       base::format_duration({incident.length_s()}), incident.title);
  }
  return out;
}

std::string sheet_text(const Incident& incident) {
  std::string out = fmt::format("{}  {}\n  {} to {} UTC, class {}\n", incident.id, incident.title,
                                format_moment(incident.began), format_moment(incident.ended),
                                blueprint::name_of(incident.fault_class));
  if (incident.triggered) {
    out +=
        fmt::format("  what brought it about was done at {}\n", format_moment(*incident.triggered));
  }
  std::vector<std::string> roles;
  for (const auto& [name, value] : incident.roles) {
    roles.push_back(fmt::format("{}={}", name, value));
  }
  std::set<std::string> selected;
  for (const Phase& phase : incident.phases) {
    selected.insert(phase.match.roles.begin(), phase.match.roles.end());
  }
  const std::vector<std::string> hit(selected.begin(), selected.end());
  out += "  roles " + base::join_words(roles, roles.size()) +
         (hit.empty() ? "" : "; hit are " + base::join_words(hit, hit.size())) + "\n\nfaults\n";
  for (const Phase& phase : incident.phases) {
    out += phase_text(incident, phase);
  }
  out += "\nrecoveries\n";
  for (const Action& action : incident.actions) {
    out += action_text(incident, action);
  }
  if (!incident.boundaries.empty()) {
    out += "\nboundaries: no replay plays them; reproductions are held against them\n";
  }
  for (const Boundary& boundary : incident.boundaries) {
    out += fmt::format("  {} ({})  {}  {}{}\n", base::format_offset(boundary.at.value),
                       cited(boundary.at), boundary.name, boundary.what,
                       boundary.is_decision ? ", as people decided" : "");
  }
  out += "\nsources (V read in them, M from memory of them, E our estimate)\n";
  for (const auto& [name, source] : incident.sources) {
    out += fmt::format("  {:<10} {}, {}: {}\n", name, source.date, source.about, source.url);
  }
  return out;
}

}  // namespace outlast::incidents
