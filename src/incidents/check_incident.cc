#include "incidents/check_incident.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/units.h"

namespace outlast::incidents {
namespace {

class Checker {
 public:
  Checker(const Incident& incident, const Places& places, const RoleTable& table,
          base::Diagnostics& diagnostics)
      : incident_(incident), places_(places), table_(table), diagnostics_(diagnostics) {
    for (const Phase& phase : incident.phases) {
      ids_.push_back(phase.id);
    }
  }

  void check() {
    check_top();
    std::set<std::string_view> told;
    for (std::size_t i = 0; i < incident_.phases.size(); ++i) {
      const Phase& phase = incident_.phases[i];
      at_ = places_.phases[i];
      if (!phase.id.empty() && !told.insert(phase.id).second) {
        wrong("OUT-I008", fmt::format("two faults are called {}", phase.id), "rename one of them");
      }
      check_times(phase);
      check_kind(phase);
      check_follows(phase);
      check_roles(phase);
    }
    for (std::size_t i = 0; i < incident_.actions.size(); ++i) {
      at_ = places_.actions[i];
      check_action(incident_.actions[i]);
    }
    check_boundaries();
  }

 private:
  void wrong(std::string code, std::string message, std::string help) {
    diagnostics_.error(std::move(code), at_, std::move(message), std::move(help));
  }

  void check_top() {
    at_ = places_.top;
    const bool has_odd_letter = std::any_of(incident_.id.begin(), incident_.id.end(), [](char c) {
      return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    });
    if (has_odd_letter) {
      wrong("OUT-I008", fmt::format("\"{}\" is no id", incident_.id),
            "use small letters, digits and dashes: provider-2025-10-20");
    }
    if (incident_.began != 0 && incident_.ended != 0 && incident_.ended <= incident_.began) {
      wrong("OUT-I007", "the incident ends before it begins", "look at `began` and `ended`");
    }
    if (incident_.triggered.value_or(incident_.began) > incident_.began) {
      wrong("OUT-I007", "what brought it about was done after it began",
            "look at `triggered` and `began`");
    }
    if (incident_.phases.empty()) {
      wrong("OUT-I004", "an incident has no faults", "add `faults:` with at least one");
      return;
    }
    const bool is_push = incident_.phases.front().fault == Fault::push;
    if (is_push != (incident_.fault_class == blueprint::FaultClass::software)) {
      wrong("OUT-I008",
            is_push ? "an incident that begins with a push is of class software"
                    : "an incident of class software begins with a push",
            is_push ? "write `class: software`" : "name the class of its widest selector");
    }
  }

  void check_times(const Phase& phase) {
    if (phase.until && phase.until->value <= phase.at.value) {
      wrong("OUT-I007",
            fmt::format("{} ends {} after the incident began, and begins {} after it", phase.id,
                        base::format_duration({phase.until->value}),
                        base::format_duration({phase.at.value})),
            "times count from `began`; `until` is later than `at`");
    }
    if (incident_.length_s() > 0 && phase.at.value > incident_.length_s()) {
      wrong("OUT-I007", fmt::format("{} begins after the incident ended", phase.id),
            "times count from `began`");
    }
    const auto ends = std::count_if(
        incident_.actions.begin(), incident_.actions.end(), [&](const Action& action) {
          return std::find(action.ends.begin(), action.ends.end(), phase.id) != action.ends.end();
        });
    const auto endings = ends + (phase.until ? 1 : 0);
    if (phase.fault == Fault::destroy) {
      if (endings > 0) {
        wrong("OUT-I005", fmt::format("{} ends, and what is destroyed is gone for good", phase.id),
              "leave its end out: how long its owners take to restore it is read from the "
              "architecture that is replayed. What the provider itself brought back was down");
      }
      return;
    }
    if (endings != 1) {
      wrong("OUT-I007",
            fmt::format("{} ends {}", phase.id, ends == 0 && !phase.until ? "never" : "twice"),
            "say `until`, or let one recovery name it in `ends`");
    }
  }

  void check_kind(const Phase& phase) {
    const bool takes_part = phase.fault == Fault::degrade || phase.fault == Fault::surge ||
                            phase.fault == Fault::missense;
    if (takes_part && !phase.error) {
      wrong("OUT-I008",
            fmt::format("{}: {} takes a part of the requests", phase.id,
                        blueprint::name_of(phase.fault)),
            "add `error: {value: 30%, trust: E}`");
    }
    if (phase.error && phase.error->value <= 0) {
      wrong("OUT-I008", fmt::format("{}: no request fails", phase.id),
            "leave the fault out, or say which share fails");
    }
    if (phase.redraw && phase.fault != Fault::push) {
      wrong("OUT-I008", fmt::format("{}: only a push is drawn anew", phase.id),
            "leave `redraw` out, or write `fault: push`");
    }
  }

  void check_follows(const Phase& phase) {
    if (phase.follows.empty()) {
      if (phase.is_recovery_work) {
        wrong("OUT-I008", fmt::format("{}: recovery work follows a fault", phase.id),
              "add `follows: ID` of the fault that is recovered from");
      }
      return;
    }
    const auto cause = std::find_if(incident_.phases.begin(), incident_.phases.end(),
                                    [&](const Phase& other) { return other.id == phase.follows; });
    if (cause == incident_.phases.end()) {
      wrong("OUT-I008", fmt::format("{} follows {}, which is no fault", phase.id, phase.follows),
            base::suggest(phase.follows, ids_));
    } else if (cause->at.value > phase.at.value || &*cause == &phase) {
      wrong("OUT-I007", fmt::format("{} begins before {}, which it follows", phase.id, cause->id),
            "look at both `at`");
    }
  }

  /// A role is played by whom the incident says, else by its provider.
  void check_roles(const Phase& phase) {
    for (const std::string& role : phase.match.roles) {
      const auto players = players_of(table_, role);
      if (players.empty()) {
        continue;  // told where it stands
      }
      const auto own = incident_.roles.find(role);
      const auto all = incident_.roles.find("provider");
      const std::string provider = own != incident_.roles.end()   ? own->second
                                   : all != incident_.roles.end() ? all->second
                                                                  : "";
      if (std::find(players.begin(), players.end(), provider) == players.end()) {
        wrong("OUT-I009",
              provider.empty() ? fmt::format("nobody plays the role {}", role)
                               : fmt::format("{} does not play the role {}", provider, role),
              fmt::format("say in `roles` who does: {}", base::join_words(players, 9)));
      }
    }
    const std::string& place = phase.match.place;
    if (!place.empty() && !incident_.roles.contains(place)) {
      wrong("OUT-I009", fmt::format("{} happens in no {}", phase.id, place),
            fmt::format("say `roles: {{{}: …}}`", place));
    }
    if (!phase.match.is_everywhere && place.empty() && !incident_.roles.contains("region") &&
        incident_.fault_class == blueprint::FaultClass::region) {
      wrong("OUT-I009", fmt::format("{} happens in no region", phase.id),
            "say `roles: {region: …}`, or `everywhere: true` in its match");
    }
  }

  void check_action(const Action& action) {
    if (action.is_one_by_one && !action.reaches) {
      wrong("OUT-I009", "what comes back one by one does so over a time, which is not told",
            "say `reaches`: how long it takes from the first to the last");
    }
    for (const std::string& id : action.ends) {
      const auto ended = std::find_if(incident_.phases.begin(), incident_.phases.end(),
                                      [&](const Phase& phase) { return phase.id == id; });
      if (ended == incident_.phases.end()) {
        wrong("OUT-I008", fmt::format("a recovery ends {}, which is no fault", id),
              base::suggest(id, ids_));
      } else if (ended->at.value >= action.at.value) {
        wrong("OUT-I007", fmt::format("a recovery ends {} before it began", id),
              "look at both `at`");
      }
    }
    for (const std::string& need : action.needs) {
      const bool is_place = std::find(kPlaces.begin(), kPlaces.end(), need) != kPlaces.end();
      if (!is_place && !table_.contains(need)) {
        wrong("OUT-I003", fmt::format("a recovery needs {}, which is no role", need),
              "name one of the table of roles, or a place of the incident");
      } else if (is_place && !incident_.roles.contains(need)) {
        wrong("OUT-I009",
              fmt::format("a recovery needs the {} of the incident, which has none", need),
              fmt::format("say `roles: {{{}: …}}`", need));
      }
    }
    if (action.needs.empty() && !action.instead.empty()) {
      wrong("OUT-I004", "a recovery was done in another way, and needs nothing",
            "say what it would have needed: `needs: [ROLE]`");
    }
    if (waits_for_itself(action)) {
      wrong("OUT-I007", "a recovery waits for what only it brings back",
            "say how it was done without that: `instead: …`");
    }
  }

  /// Whom an action waits for are those that end what takes its needs; it must not be one of them.
  /// Times do not count: what a shifted time could make a circle is one.
  [[nodiscard]] bool waits_for_itself(const Action& action) const {
    std::set<const Action*> seen;
    std::vector<const Action*> open = {&action};
    while (!open.empty()) {
      const Action* waits = open.back();
      open.pop_back();
      for (const Action* other : awaited_by(*waits)) {
        if (other == &action) {
          return true;
        }
        if (seen.insert(other).second) {
          open.push_back(other);
        }
      }
    }
    return false;
  }

  [[nodiscard]] std::vector<const Action*> awaited_by(const Action& action) const {
    std::vector<const Action*> awaited;
    if (!action.instead.empty()) {
      return awaited;
    }
    for (const Phase& phase : incident_.phases) {
      const bool is_needed = std::any_of(action.needs.begin(), action.needs.end(),
                                         [&](const auto& need) { return takes(phase, need); });
      for (const Action& other : incident_.actions) {
        const bool ends_it =
            std::find(other.ends.begin(), other.ends.end(), phase.id) != other.ends.end();
        if (is_needed && ends_it && !phase.until) {
          awaited.push_back(&other);
        }
      }
    }
    return awaited;
  }

  void check_boundaries() {
    std::set<std::string_view> told;
    double before_s = 0;
    for (std::size_t i = 0; i < incident_.boundaries.size(); ++i) {
      const Boundary& boundary = incident_.boundaries[i];
      at_ = places_.boundaries[i];
      if (!told.insert(boundary.name).second) {
        wrong("OUT-I008", fmt::format("two boundaries are called {}", boundary.name),
              "rename one of them");
      }
      if (boundary.at.value < before_s || boundary.at.value > incident_.length_s()) {
        wrong("OUT-I007", fmt::format("{} is out of order", boundary.name),
              "boundaries stand by time, from `began` to `ended`");
      }
      before_s = boundary.at.value;
    }
  }

  const Incident& incident_;
  const Places& places_;
  const RoleTable& table_;
  base::Diagnostics& diagnostics_;
  std::vector<std::string_view> ids_;
  base::Span at_;
};

}  // namespace

void check_incident(const Incident& incident, const Places& places, const RoleTable& table,
                    base::Diagnostics& diagnostics) {
  Checker(incident, places, table, diagnostics).check();
}

}  // namespace outlast::incidents
