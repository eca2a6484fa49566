#include "import/component_yaml.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "blueprint/format.h"
#include "blueprint/scale_pace.h"
#include "import/need_yaml.h"
#include "import/sections.h"

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::NodeKind;
using blueprint::DraftComponent;
using blueprint::Provenance;
using blueprint::Section;
using blueprint::Value;

namespace {

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

void read_traits(KeyReader& reader, DraftComponent& component) {
  const Node traits = reader.node("traits");
  if (traits.exists() && !traits.is(NodeKind::map)) {
    reader.wrong(traits.span(), "traits: expected a map from names to values",
                 "write `traits: {proxy: new, bot_management: true}`");
    return;
  }
  for (std::size_t i = 0; i < traits.size(); ++i) {
    if (traits.at(i).text().empty()) {
      reader.wrong(traits.at(i).span(), fmt::format("{}: expected a value", traits.key(i)),
                   "write `traits: {proxy: new, bot_management: true}`");
      continue;
    }
    component.traits[std::string(traits.key(i))] = traits.at(i).text();
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
  std::string_view rest = *written;
  constexpr std::string_view kRests = " rests ";
  if (const auto rests = rest.find(kRests); rests != std::string_view::npos) {
    const auto time = base::parse_duration(rest.substr(rests + kRests.size()));
    if (!time || time->value <= 0) {
      reader.wrong(written.span(), "breaker: rests for no time",
                   "write it such as 50% in 10s rests 30s");
      return;
    }
    calls.breaker_rests = Value<base::Seconds>::of(*time, Provenance::stated, written.span());
    rest = rest.substr(0, rests);
  }
  const auto in = rest.find(" in ");
  const auto share = base::parse_share(rest.substr(0, in));
  const auto within = in == std::string::npos ? base::Result<base::Seconds>(base::fail(""))
                                              : base::parse_duration(rest.substr(in + 4));
  if (!share || !within) {
    reader.wrong(written.span(), "breaker: expected a share and a time",
                 "write it such as 50% in 10s, or 50% in 10s rests 30s");
    return;
  }
  calls.breaker_share = Value<base::Share>::of(*share, Provenance::stated, written.span());
  calls.breaker_within = Value<base::Seconds>::of(*within, Provenance::stated, written.span());
}

void read_calls(KeyReader& r, blueprint::CallPolicy& calls) {
  calls.timeout = r.duration("timeout");
  calls.retries = r.integer("retries");
  calls.budget = r.share("budget");
  read_backoff(r, calls);
  read_breaker(r, calls);
  calls.connections = r.integer("connections");
  calls.waiting = r.integer("waiting");
  if (calls.connections.is_known() && *calls.connections == 0) {
    r.wrong(calls.connections.span(), "connections: with none no call is made",
            "write at least 1, or leave it out where nothing limits them");
  }
  if (calls.budget.is_known() && calls.retries.is_known() && *calls.retries == 0) {
    r.wrong(calls.budget.span(), "budget: nothing is tried again",
            "write how often: retries: 2; or leave the budget out");
  }
}

void read_serving(KeyReader& r, blueprint::Serving& serving) {
  serving.work = r.duration("work");
  serving.varies = r.number("varies");
  serving.at_once = r.integer("at_once");
  serving.threads = r.integer("threads");
  serving.queue = r.integer("queue");
  serving.order = r.choice<blueprint::Order>("order");
  serving.drops_expired = r.boolean("drops_expired");
  if (serving.work.is_known() && serving.work->value <= 0) {
    r.wrong(serving.work.span(), "work: takes no time",
            "write how long one request takes: work: 20ms");
  }
  constexpr double kMostVaried = 100;
  if (serving.varies.is_known() && *serving.varies > kMostVaried) {
    r.wrong(serving.varies.span(), "varies: expected a number from 0 to 100",
            "0 is always the same, 1 exponential; measured: variance / mean²");
  }
  for (const auto& [key, most] :
       {std::pair{"at_once", &serving.at_once}, std::pair{"threads", &serving.threads}}) {
    if (most->is_known() && **most == 0) {
      r.wrong(most->span(), fmt::format("{}: with none no request is served", key),
              "write at least 1, or leave it out where nothing limits them");
    }
  }
  if (serving.drops_expired.value_or(false) && serving.queue.is_known() && *serving.queue == 0) {
    r.wrong(serving.drops_expired.span(), "drops_expired: nobody waits where `queue` is 0",
            "leave one of them out");
  }
}

blueprint::Rollout read_rollout(KeyReader& r) {
  blueprint::Rollout out;
  out.strategy = r.text("strategy");
  out.steps = r.shares("steps");
  out.bake = r.duration("bake");
  out.watched = r.boolean("watched");
  out.gate = r.share("gate");
  out.starts_checked = r.boolean("starts_checked");
  out.activation = r.duration("activation");
  out.revert = r.duration("revert");
  out.reversible = r.boolean("reversible");
  out.every = r.duration("every");
  out.bad = r.share("bad");
  if (!std::is_sorted(out.steps.begin(), out.steps.end())) {
    r.wrong(r.node("steps").span(), "steps: each reaches more than the one before",
            "write what is reached so far: [1%, 10%, 50%]");
  }
  if (out.strategy.is_known() &&
      std::find(blueprint::kStrategies.begin(), blueprint::kStrategies.end(), *out.strategy) ==
          blueprint::kStrategies.end()) {
    r.unknown_choice("strategy", *out.strategy, out.strategy.span(), blueprint::kStrategies);
  }
  if (out.watched.is_unset() && (out.bake.is_known() || out.gate.is_known())) {
    const base::Span said = out.gate.is_known() ? out.gate.span() : out.bake.span();
    out.watched = Value<bool>::of(true, Provenance::inferred, said);
  }
  return out;
}

/// A pace that cannot be read is told here, where it stands.
Value<std::string> pace_text(KeyReader& reader, std::string_view key) {
  Value<std::string> text = reader.text(key);
  if (text.is_known() && !blueprint::pace_in(*text)) {
    reader.wrong(text.span(), fmt::format("{}: not so many replicas within a time", key),
                 "write how many, or which percent of them: 4 in 15s or 100% in 15s; or never");
    return {};
  }
  return text;
}

void read_component_sections(KeyReader& reader, DraftComponent& c, Diagnostics& diagnostics) {
  read_section(reader, "backups", Section::backups, diagnostics, [&](KeyReader& r) {
    c.backups = {r.duration("every"), r.duration("retention"), r.text("in"), r.text("facility")};
  });
  read_section(reader, "failure", Section::failure, diagnostics, [&](KeyReader& r) {
    c.failure = {r.duration("every"), r.duration("repair"), r.duration("waits"),
                 r.boolean("by_hand")};
  });
  read_section(reader, "switching", Section::switching, diagnostics, [&](KeyReader& r) {
    c.switching = {r.duration("detect"),
                   r.duration("takes"),
                   r.share("coverage"),
                   r.duration("freed"),
                   r.duration("good"),
                   r.share("unnoticed"),
                   {}};
  });
  read_section(reader, "scale", Section::scale, diagnostics, [&](KeyReader& r) {
    c.scale = {r.integer("min", blueprint::kMostReplicas),
               r.integer("max"),
               r.text("target"),
               r.duration("warm_up"),
               r.duration("cooldown_out"),
               r.duration("cooldown_in"),
               pace_text(r, "grows"),
               pace_text(r, "shrinks")};
    if (c.scale.min.is_known() && c.scale.max.is_known() && *c.scale.min > *c.scale.max) {
      r.wrong(c.scale.min.span(), "min: cannot be more than max", "make max at least as large");
    }
  });
  read_section(reader, "calls", Section::calls, diagnostics,
               [&](KeyReader& r) { read_calls(r, c.calls); });
  read_section(reader, "serving", Section::serving, diagnostics,
               [&](KeyReader& r) { read_serving(r, c.serving); });
  read_section(reader, "rollout", Section::rollout, diagnostics,
               [&](KeyReader& r) { c.rollout = read_rollout(r); });
  read_section(reader, "configuration", Section::rollout, diagnostics,
               [&](KeyReader& r) { c.configuration = read_rollout(r); });
}

/// Where and how a store's data is kept beside the store itself.
void read_data_care(KeyReader& reader, DraftComponent& c, Diagnostics& diagnostics) {
  c.care.credential = reader.text("credential");
  c.care.encrypted_by = reader.text("encrypted_by");
  c.care.on_primary_loss = reader.choice<blueprint::OnPrimaryLoss>("on_primary_loss");
  c.care.lost_with_machine = reader.boolean("lost_with_machine");
  read_named(
      reader, "copies", Section::copy, diagnostics,
      [&](const std::string& name, KeyReader& r, Node node) {
        blueprint::Copy copy;
        copy.name = name;
        copy.kind = r.choice<blueprint::CopyKind>("kind");
        copy.every = r.duration("every");
        copy.retention = r.duration("retention");
        copy.in = r.text("in");
        copy.facility = r.text("facility");
        copy.provider = r.text("provider");
        copy.account = r.text("account");
        copy.credential = r.text("credential");
        copy.encrypted_by = r.text("encrypted_by");
        copy.immutable = r.boolean("immutable");
        copy.tested = r.boolean("tested");
        copy.restorable = r.share("restorable");
        copy.restore = r.duration("restore");
        copy.evidence = evidence_of(c.id, node);
        c.copies.push_back(std::move(copy));
      },
      [] {});
}

}  // namespace

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
  c.bound = reader.boolean("bound");
  c.kept_apart = reader.boolean("kept_apart");
  c.is_workload = reader.boolean("workload");
  c.internet = reader.boolean("internet");
  c.operations = reader.texts("operations");
  c.holds = reader.text("holds");
  for (const std::string& zone : reader.texts("zones")) {
    c.placements.push_back(
        {Value<std::string>::of(zone, Provenance::stated, reader.node("zones").span()), zone, {}});
    c.placements_are_known = true;
  }
  for (const std::string& mark : reader.texts("marks")) {
    const auto end = std::min(mark.find(' '), mark.size());  // "limit_reached DynamoDB tables"
    c.marks.push_back({mark.substr(0, end), evidence_of(id, reader.node("marks")),
                       mark.substr(std::min(end + 1, mark.size()))});
  }
  read_fate(reader, c);
  read_traits(reader, c);
  c.needs = read_needs(reader, id, diagnostics);
  read_component_sections(reader, c, diagnostics);
  read_data_care(reader, c, diagnostics);
  return c;
}

}  // namespace outlast::import
