#include "import/blueprint_yaml.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "blueprint/format.h"
#include "import/key_reader.h"
#include "import/need_yaml.h"

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftJourney;
using blueprint::Provenance;
using blueprint::Section;
using blueprint::Value;

namespace {

blueprint::Evidence evidence_of(std::string address, Node node) {
  return {std::move(address), node.span(), ""};
}

void read_fate(KeyReader& reader, DraftComponent& component) {
  const Node fate = reader.node("fate");
  if (!fate.exists()) {
    return;
  }
  if (!fate.is(NodeKind::map)) {
    reader.wrong(fate.span(), "fate: expected a map from kinds to names",
                 "write `fate: {rack: [r1, r2], image: base}`");
    return;
  }
  for (std::size_t i = 0; i < fate.size(); ++i) {
    const std::string kind(fate.key(i));
    if (!blueprint::parse_name<blueprint::FateKind>(kind)) {
      reader.unknown_choice("kind of fate", kind, fate.key_span(i),
                            blueprint::kNames<blueprint::FateKind>);
      continue;
    }
    const Node names = fate.at(i);
    const std::size_t count = names.is(NodeKind::list) ? names.size() : 1;
    std::vector<std::string> list;
    for (std::size_t j = 0; j < count; ++j) {
      list.emplace_back((names.is(NodeKind::list) ? names.at(j) : names).text());
    }
    if (list.empty() || std::find(list.begin(), list.end(), "") != list.end()) {
      reader.wrong(names.span(), fmt::format("{}: expected a name or a list of names", kind),
                   "write `fate: {rack: [r1, r2], image: base}`");
      continue;
    }
    component.fate[kind] = std::move(list);
  }
}

void read_backoff(KeyReader& reader, blueprint::CallPolicy& calls) {
  const auto written = reader.text("backoff");
  if (!written.is_known()) {
    return;
  }
  std::string_view rest = base::trim(*written);
  constexpr std::string_view kJitter = "jitter";
  if (rest.size() > kJitter.size() && rest.substr(rest.size() - kJitter.size()) == kJitter) {
    rest = base::trim(rest.substr(0, rest.size() - kJitter.size()));
    calls.jitter = Value<bool>::of(true, Provenance::stated, written.span());
  }
  const auto dots = rest.find("..");
  const auto low = base::parse_duration(rest.substr(0, dots));
  const auto high =
      dots == std::string_view::npos ? low : base::parse_duration(rest.substr(dots + 2));
  if (!low || !high || *low > *high) {
    reader.wrong(written.span(), "backoff: expected a pause, or its two ends",
                 "write it such as 100ms..2s, or 100ms..2s jitter");
    return;
  }
  calls.backoff_min = Value<base::Seconds>::of(*low, Provenance::stated, written.span());
  calls.backoff_max = Value<base::Seconds>::of(*high, Provenance::stated, written.span());
}

void read_breaker(KeyReader& reader, blueprint::CallPolicy& calls) {
  const auto written = reader.text("breaker");
  if (!written.is_known()) {
    return;
  }
  const auto in = written->find(" in ");
  const auto share = base::parse_share(std::string_view(*written).substr(0, in));
  const auto within = in == std::string::npos
                          ? base::Result<base::Seconds>(base::fail(""))
                          : base::parse_duration(std::string_view(*written).substr(in + 4));
  if (!share || !within) {
    reader.wrong(written.span(), "breaker: expected a share and a time",
                 "write it such as 50% in 10s");
    return;
  }
  calls.breaker_share = Value<base::Share>::of(*share, Provenance::stated, written.span());
  calls.breaker_within = Value<base::Seconds>::of(*within, Provenance::stated, written.span());
}

/// Calls `read` with a reader of the sub-map behind `key`, if there is one.
template <class Read>
void read_section(KeyReader& outer, std::string_view key, Section section, Diagnostics& diagnostics,
                  Read read) {
  const Node node = outer.node(key);
  if (!node.exists() || node.is(NodeKind::null)) {
    return;
  }
  KeyReader reader(node, section, diagnostics);
  if (reader.is_map()) {
    read(reader);
  }
}

/// Calls `read(name, reader, node)` for every entry of the map behind `key`, also for one that is
/// no map, of which nothing but the name is known; `broken()` if not even names are.
template <class Read, class Broken>
void read_named(KeyReader& outer, std::string_view key, Section section, Diagnostics& diagnostics,
                Read read, Broken broken) {
  const Node node = outer.node(key);
  if (!node.exists() || node.is(NodeKind::null)) {
    return;
  }
  if (!node.is(NodeKind::map)) {
    outer.wrong(
        node.span(),
        fmt::format("{}: expected a map from names to {}", key, title_of(section).substr(2)),
        fmt::format("write `{}: {{NAME: {{…}}}}`", key));
    broken();
    return;
  }
  for (std::size_t i = 0; i < node.size(); ++i) {
    KeyReader reader(node.at(i), section, diagnostics);
    read(std::string(node.key(i)), reader, node.at(i));
  }
}

void read_component_sections(KeyReader& reader, DraftComponent& c, Diagnostics& diagnostics) {
  read_section(reader, "backups", Section::backups, diagnostics, [&](KeyReader& r) {
    c.backups = {r.duration("every"), r.duration("retention"), r.text("in")};
  });
  read_section(reader, "failure", Section::failure, diagnostics, [&](KeyReader& r) {
    c.failure = {r.duration("every"), r.duration("repair")};
  });
  read_section(reader, "switching", Section::switching, diagnostics, [&](KeyReader& r) {
    c.switching = {r.duration("detect"), r.duration("takes")};
  });
  read_section(reader, "scale", Section::scale, diagnostics, [&](KeyReader& r) {
    c.scale = {r.integer("min", blueprint::kMostReplicas), r.integer("max"), r.text("target"),
               r.duration("warm_up")};
    if (c.scale.min.is_known() && c.scale.max.is_known() && *c.scale.min > *c.scale.max) {
      r.wrong(c.scale.min.span(), "min: cannot be more than max", "make max at least as large");
    }
  });
  read_section(reader, "calls", Section::calls, diagnostics, [&](KeyReader& r) {
    c.calls.timeout = r.duration("timeout");
    c.calls.retries = r.integer("retries");
    read_backoff(r, c.calls);
    read_breaker(r, c.calls);
  });
  read_section(reader, "rollout", Section::rollout, diagnostics, [&](KeyReader& r) {
    c.rollout = {r.text("strategy"), r.shares("steps"), r.duration("bake")};
    if (!std::is_sorted(c.rollout.steps.begin(), c.rollout.steps.end())) {
      r.wrong(r.node("steps").span(), "steps: each reaches more than the one before",
              "write what is reached so far: [1%, 10%, 50%]");
    }
    static constexpr std::string_view kStrategies[] = {"all_at_once", "rolling", "canary",
                                                       "blue_green"};
    if (c.rollout.strategy.is_known() && std::find(std::begin(kStrategies), std::end(kStrategies),
                                                   *c.rollout.strategy) == std::end(kStrategies)) {
      r.unknown_choice("strategy", *c.rollout.strategy, c.rollout.strategy.span(), kStrategies);
    }
  });
}

DraftComponent read_component(const std::string& id, KeyReader& reader, Node node,
                              Diagnostics& diagnostics) {
  DraftComponent c;
  c.id = id;
  c.evidence = evidence_of(id, node);
  c.type = reader.is_map() ? reader.text("type") : Value<std::string>::unknown(node.span());
  c.name = reader.text("name");
  c.kind = reader.choice<blueprint::Kind>("kind");
  c.service_model = reader.choice<blueprint::ServiceModel>("service_model");
  c.scope = reader.choice<blueprint::Scope>("scope");
  c.redundancy = reader.choice<blueprint::Redundancy>("redundancy");
  c.provider = reader.text("provider");
  c.account = reader.text("account");
  c.region = reader.text("region");
  c.size = reader.text("size");
  c.replicas = reader.integer("replicas", blueprint::kMostReplicas);
  c.at_least = reader.integer("at_least");
  c.relocates = reader.boolean("relocates");
  c.is_workload = reader.boolean("workload");
  c.internet = reader.boolean("internet");
  c.operations = reader.texts("operations");
  c.holds = reader.text("holds");
  for (const std::string& zone : reader.texts("zones")) {
    c.placements.push_back(
        {Value<std::string>::of(zone, Provenance::stated, reader.node("zones").span()), zone, {}});
    c.placements_are_known = true;
  }
  read_fate(reader, c);
  c.needs = read_needs(reader, id, diagnostics);
  read_component_sections(reader, c, diagnostics);
  return c;
}

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
      },
      [&] { draft.is_incomplete = true; });
}

}  // namespace outlast::import
