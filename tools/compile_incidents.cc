// Compiles data/incidents/*.yaml into the archive behind src/incidents/archive.h.
//
// usage: compile_incidents OUTPUT.cc INPUT.yaml...
// The input that holds `roles` is the table of roles, that of `usual_day` the usual day; each other
// one is an incident.

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/units.h"
#include "data_files.h"
#include "incidents/read_incident.h"
#include "incidents/usual_day.h"

namespace {

using namespace outlast;
using incidents::Action;
using incidents::Figure;
using incidents::Incident;
using incidents::Phase;
using tools::literal;

/// "{a, b}" of all items.
template <class List, class Write>
std::string braced(const List& list, Write write) {
  std::string out = "{";
  for (const auto& item : list) {
    out += (out.size() > 1 ? ", " : "") + write(item);
  }
  return out + "}";
}

std::string texts(const std::vector<std::string>& all) {
  return "std::vector<std::string>" + braced(all, literal);
}

std::string named(const std::map<std::string, std::string>& all) {
  return "std::map<std::string, std::string>" + braced(all, [](const auto& entry) {
           return fmt::format("{{{}, {}}}", literal(entry.first), literal(entry.second));
         });
}

std::string figure(const Figure& f) {
  return fmt::format("Figure{{{}, catalog::Trust{{'{}'}}, {}}}", base::format_number(f.value),
                     static_cast<char>(f.trust), literal(f.source));
}

std::string maybe(const std::optional<Figure>& f) {
  return f ? figure(*f) : "std::nullopt";
}

template <class E>
std::string choice(std::string_view type, E value) {
  return fmt::format("{}::{}", type, blueprint::name_of(value));
}

std::string selector(const incidents::Selector& match) {
  return fmt::format(
      "Selector{{{}, {}, {}, {}, {}, Cohort{{{}, {}, {}}}}}", texts(match.roles),
      choice("Plane", match.plane),
      braced(match.operations, [](auto operation) { return choice("Operation", operation); }),
      match.is_everywhere, literal(match.place), named(match.cohort.traits),
      choice("Base", match.cohort.base), maybe(match.cohort.share));
}

std::string phase(const Phase& p) {
  const std::string redraw = p.redraw
                                 ? fmt::format("Redraw{{{}, {}, {}}}", figure(p.redraw->every),
                                               figure(p.redraw->from), figure(p.redraw->all_after))
                                 : "std::nullopt";
  return fmt::format("Phase{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}}", literal(p.id),
                     choice("Fault", p.fault), literal(p.what), selector(p.match), figure(p.at),
                     maybe(p.until), maybe(p.reaches), maybe(p.error), redraw, literal(p.follows),
                     p.is_recovery_work);
}

std::string action(const Action& a) {
  return fmt::format("Action{{{}, {}, {}, {}, {}, {}, {}, {}}}", choice("Remedy", a.remedy),
                     literal(a.what), figure(a.at), maybe(a.reaches), texts(a.ends), texts(a.needs),
                     literal(a.instead), a.is_one_by_one);
}

std::string boundary(const incidents::Boundary& b) {
  return fmt::format("Boundary{{{}, {}, {}, {}}}", literal(b.name), literal(b.what), figure(b.at),
                     b.is_decision);
}

/// One function an incident, so that none grows without end.
std::string incident(const Incident& i, std::size_t number) {
  std::string out = fmt::format("Incident incident_{}() {{\n  Incident i;\n", number);
  out += fmt::format("  i.id = {};\n  i.title = {};\n  i.began = {};\n  i.ended = {};\n",
                     literal(i.id), literal(i.title), i.began, i.ended);
  out += fmt::format("  i.fault_class = {};\n  i.roles = {};\n",
                     choice("blueprint::FaultClass", i.fault_class), named(i.roles));
  out += fmt::format("  i.is_in_every_check = {};\n", i.is_in_every_check);
  for (const auto& [name, source] : i.sources) {
    out += fmt::format("  i.sources[{}] = {{{}, {}, {}}};\n", literal(name), literal(source.url),
                       literal(source.date), literal(source.about));
  }
  for (const Phase& p : i.phases) {
    out += fmt::format("  i.phases.push_back({});\n", phase(p));
  }
  for (const Action& a : i.actions) {
    out += fmt::format("  i.actions.push_back({});\n", action(a));
  }
  for (const incidents::Boundary& b : i.boundaries) {
    out += fmt::format("  i.boundaries.push_back({});\n", boundary(b));
  }
  if (i.triggered) {
    out += fmt::format("  i.triggered = {};\n", *i.triggered);
  }
  return out + "  return i;\n}\n\n";
}

std::string table(const incidents::RoleTable& roles) {
  return braced(roles, [](const auto& role) {
    return fmt::format(
        "{{{}, {}}}", literal(role.first), braced(role.second, [](const auto& player) {
          return fmt::format("{{{}, {}}}", literal(player.first), texts(player.second));
        }));
  });
}

std::string usual_day(const incidents::UsualDay& day) {
  const auto ahead = braced(day.hours_ahead, [](const auto& entry) {
    return fmt::format("{{{}, {}}}", literal(entry.first), base::format_number(entry.second));
  });
  return fmt::format(
      "const UsualDay& usual_day() {{\n  static const UsualDay day = {{{{{}}}, {}, {}, {}, "
      "catalog::Trust{{'{}'}}}};\n  return day;\n}}\n\n",
      braced(day.shares, [](double share) { return base::format_number(share); }), ahead,
      literal(day.source), literal(day.date), static_cast<char>(day.trust));
}

std::string archive(const std::vector<Incident>& all, const incidents::RoleTable& roles,
                    const incidents::UsualDay& day) {
  std::string out =
      "// Written by tools/compile_incidents from data/incidents. Do not edit.\n"
      "#include \"incidents/archive.h\"\n\nnamespace outlast::incidents {\nnamespace {\n\n";
  std::string calls;
  for (std::size_t i = 0; i < all.size(); ++i) {
    out += incident(all[i], i);
    calls += fmt::format("{}incident_{}()", i > 0 ? ", " : "", i);
  }
  out += fmt::format(
      "}}  // namespace\n\nconst std::vector<Incident>& archive() {{\n"
      "  static const std::vector<Incident> all = {{{}}};\n  return all;\n}}\n\n",
      calls);
  return out + usual_day(day) +
         fmt::format(
             "const RoleTable& roles() {{\n  static const RoleTable table = {};\n"
             "  return table;\n}}\n\n}}  // namespace outlast::incidents\n",
             table(roles));
}

}  // namespace

int main(int argc, char** argv) {
  tools::DataFiles data;
  if (!data.read(argc, argv)) {
    return 2;
  }
  incidents::RoleTable roles;
  incidents::UsualDay day;
  std::vector<base::Node> accounts;
  for (const base::Document& document : data.documents) {
    const base::Node root = document.root();
    if (root["incident"].exists()) {
      accounts.push_back(root);
    } else if (root["usual_day"].exists()) {
      day = incidents::read_usual_day(root, data.diagnostics);
    } else {
      roles.merge(incidents::read_roles(root, data.diagnostics));
    }
  }
  std::vector<Incident> all;
  for (const base::Node account : accounts) {
    if (auto read = incidents::read_incident(account, roles, data.diagnostics)) {
      all.push_back(std::move(*read));
    }
  }
  std::sort(all.begin(), all.end(),
            [](const Incident& a, const Incident& b) { return a.began < b.began; });
  return data.finish(argv, data.diagnostics.has_errors() ? "" : archive(all, roles, day));
}
