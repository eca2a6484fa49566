#include "import/blueprint_yaml.h"

#include <fmt/format.h>

#include <algorithm>

#include "blueprint/format.h"
#include "import/access_yaml.h"
#include "import/component_yaml.h"
#include "import/key_reader.h"
#include "import/sections.h"

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::DraftJourney;
using blueprint::Section;
using blueprint::Value;

namespace {

DraftJourney read_journey(const std::string& name, KeyReader& reader, Node node,
                          Diagnostics& diagnostics) {
  DraftJourney j;
  j.name = name;
  j.evidence = evidence_of(name, node);
  j.operations = reader.texts("operations");
  j.weight = reader.share("weight");
  j.value_per_hour = reader.money("value", "hour");
  j.importance = reader.choice<blueprint::Importance>("importance");
  j.availability = reader.share("availability");
  bool is_lost = false;  // of the cohorts, not even the names can be read
  const auto enters = reader.text("enters");
  if (enters.is_known()) {
    j.cohorts.push_back({name, {}, *enters, enters.span()});
    if (reader.node("cohorts").exists()) {
      reader.wrong(enters.span(), fmt::format("journey {} has both enters and cohorts", name),
                   "keep one of them: each cohort says where it enters");
    }
  }
  read_named(
      reader, "cohorts", Section::cohort, diagnostics,
      [&](const std::string& cohort, KeyReader& r, Node at) {
        const auto entry = r.text("enters");
        if (entry.is_unset() && r.is_map()) {
          r.wrong(at.span(), fmt::format("cohort {} does not say where it enters", cohort),
                  "add `enters: COMPONENT`");
        }
        j.cohorts.push_back({cohort, r.share("share"), entry.value_or(""), entry.span()});
      },
      [&] { is_lost = true; });
  if (j.cohorts.empty() && enters.is_unset() && reader.is_map() && !is_lost) {
    reader.wrong(node.span(), fmt::format("journey {} does not say where users come in", name),
                 "add `enters: COMPONENT`");
  }
  return j;
}

/// Users over the day, as {"00:00": 300, "13:00": 2000}; an overlay's day takes the place of another.
void read_day(KeyReader& reader, std::vector<blueprint::DayLevel>& day) {
  const Node levels = reader.node("day");
  const auto wrong = [&](Node at, std::string message) {
    reader.wrong(at.span(), std::move(message), "write `day: {\"00:00\": 300, \"13:00\": 2000}`");
  };
  if (!levels.exists()) {
    return;
  }
  if (!levels.is(NodeKind::map) || levels.size() == 0) {
    wrong(levels, "day: expected a map from times of day to users");
    return;
  }
  day.clear();
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const auto from = base::parse_time_of_day(levels.key(i));
    const auto users = levels.at(i).as_number();
    if (!from || !users || *users < 0) {
      wrong(levels.at(i),
            fmt::format("day: {}: expected a time of day and a number of users", levels.key(i)));
      continue;
    }
    day.push_back({from->value, *users});
  }
  std::sort(day.begin(), day.end(),
            [](const auto& a, const auto& b) { return a.from_s < b.from_s; });
}

void read_objectives(KeyReader& reader, Draft& draft, Diagnostics& diagnostics) {
  auto& objectives = draft.objectives;
  objectives.availability.override_by(reader.share("availability"));
  objectives.budget_per_month.override_by(reader.money("budget", "month"));
  read_section(reader, "recovery", Section::recovery, diagnostics, [&](KeyReader& classes) {
    for (std::size_t i = 0; i < blueprint::kFaultClasses; ++i) {
      const auto fault_class = static_cast<blueprint::FaultClass>(i);
      read_section(classes, blueprint::name_of(fault_class), Section::recovery_objective,
                   diagnostics, [&](KeyReader& r) {
                     const auto otherwise = blueprint::objective_of(objectives, fault_class);
                     objectives.recovery[i] = Value<blueprint::RecoveryObjective>::of(
                         {r.duration("rto").value_or(otherwise.rto),
                          r.duration("rpo").value_or(otherwise.rpo)});
                   });
    }
  });
  read_section(reader, "users", Section::users, diagnostics, [&](KeyReader& r) {
    objectives.users.now.override_by(r.number("now"));
    objectives.users.peak.override_by(r.number("peak"));
    objectives.users.within.override_by(r.duration("within"));
    objectives.users.requests_per_minute.override_by(r.number("requests_per_minute"));
    read_day(r, objectives.users.day);
    read_section(r, "busy", Section::busy_hours, diagnostics, [&](KeyReader& busy) {
      objectives.users.busy.from.override_by(busy.time_of_day("from"));
      objectives.users.busy.until.override_by(busy.time_of_day("until"));
      objectives.users.busy.users.override_by(busy.number("users"));
    });
  });
}

void read_operators(KeyReader& reader, Draft& draft) {
  draft.operators.react.override_by(reader.duration("react"));
  for (std::string& action : reader.texts("may")) {
    const auto& known = blueprint::kOperatorActions;
    if (std::find(known.begin(), known.end(), action) == known.end()) {
      reader.unknown_choice("action of operators", action, reader.node("may").span(), known);
    }
    draft.operators.may.push_back(std::move(action));
  }
}

void check_version(KeyReader& top) {
  const Node version = top.node("outlast");
  if (version.as_integer() == blueprint::kFormatVersion) {
    return;
  }
  top.wrong(version.span(),
            version.text().empty() ? "the version of the format is missing"
                                   : fmt::format("format version {} is not known", version.text()),
            fmt::format("this program reads `outlast: {}`", blueprint::kFormatVersion));
}

void add_journey(DraftJourney journey, Draft& draft) {
  const auto same = std::find_if(draft.journeys.begin(), draft.journeys.end(),
                                 [&](const DraftJourney& j) { return j.name == journey.name; });
  if (same != draft.journeys.end()) {
    *same = std::move(journey);
  } else {
    draft.journeys.push_back(std::move(journey));
  }
}

}  // namespace

bool is_blueprint(Node root) {
  return root.is(NodeKind::map) && root["outlast"].exists();
}

void read_blueprint(Node root, Draft& draft, Diagnostics& diagnostics) {
  KeyReader top(root, Section::top, diagnostics);
  check_version(top);
  if (const auto name = top.text("name"); name.is_known()) {
    draft.name = *name;
  }
  read_section(top, "objectives", Section::objectives, diagnostics,
               [&](KeyReader& r) { read_objectives(r, draft, diagnostics); });
  read_section(top, "operators", Section::operators, diagnostics,
               [&](KeyReader& r) { read_operators(r, draft); });
  read_named(
      top, "journeys", Section::journey, diagnostics,
      [&](const std::string& name, KeyReader& r, Node node) {
        add_journey(read_journey(name, r, node, diagnostics), draft);
      },
      [] {});
  read_named(
      top, "components", Section::component, diagnostics,
      [&](const std::string& id, KeyReader& r, Node node) {
        draft.overlays.push_back(read_component(id, r, node, diagnostics));
        read_access_of(id, r, draft.declared, diagnostics);
        for (const std::string& what : r.texts("secrets")) {
          draft.secrets.push_back({what, evidence_of(id, r.node("secrets"))});
        }
      },
      [&] { draft.is_incomplete = true; });
  read_access_lists(top, draft.declared, diagnostics);
}

}  // namespace outlast::import
