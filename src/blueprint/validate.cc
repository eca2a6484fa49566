#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "blueprint/blueprint_maker.h"

namespace outlast::blueprint {

using base::Span;

ComponentId Blueprint::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? ComponentId() : found->second;
}

Operations Blueprint::operation_called(std::string_view name) const {
  const auto at = std::find(operation_names_.begin(), operation_names_.end(), name);
  return at == operation_names_.end()
             ? 0
             : Operations{1} << static_cast<unsigned>(at - operation_names_.begin());
}

std::optional<Blueprint> validate(const Draft& draft, base::Diagnostics& diagnostics) {
  return BlueprintMaker(draft, diagnostics).make();
}

std::optional<Blueprint> BlueprintMaker::make() {
  bp_.name_ = draft_.name;
  bp_.objectives_ = draft_.objectives;
  bp_.operators_ = draft_.operators;
  bp_.secrets_ = draft_.secrets;
  bp_.assumptions_ = draft_.assumptions;
  bp_.coverage_ = draft_.coverage;
  add_components();
  for (const DraftComponent& component : draft_.components) {
    add_needs(component);
  }
  add_journeys();
  add_tables();
  if (diagnostics_.has_errors()) {
    return std::nullopt;
  }
  return std::move(bp_);
}

void BlueprintMaker::add_components() {
  for (const DraftComponent& draft : draft_.components) {
    check_component(draft);
    add_component(draft);
  }
}

void BlueprintMaker::check_component(const DraftComponent& draft) {
  const auto error = [&](const char* code, Span span, std::string message, std::string help) {
    diagnostics_.error(code, span, std::move(message), std::move(help));
  };
  if (bp_.by_id_.contains(draft.id)) {
    error("OUT-E1221", draft.evidence.span,
          fmt::format("component {} stands twice in the inputs", draft.id),
          "one architecture is given once: leave one of the inputs out, or hold both against each "
          "other with outlast compare");
  }
  if (draft.replicas.is_stated() && *draft.replicas < 1 && draft.replicas.span().exists() &&
      draft.id == draft.evidence.address && !draft.is_imported) {
    error("OUT-E1223", draft.replicas.span(), fmt::format("{} has no replica", draft.id),
          "leave the component out, or give it at least one");
  }
  if (draft.at_least.is_known() && draft.replicas.is_known() &&
      *draft.at_least > std::max<std::int64_t>(1, *draft.replicas)) {
    error("OUT-E1223", draft.at_least.span(),
          fmt::format("{} needs {} replicas of {}", draft.id, *draft.at_least, *draft.replicas),
          "at_least cannot be more than replicas");
  }
  if (draft.at_least.is_known() && *draft.at_least < 1) {
    error("OUT-E1223", draft.at_least.span(), "at_least: at least one replica carries the load",
          "leave the key out if you do not know how many");
  }
  const Switching& switching = draft.switching;
  if (switching.good.is_known() && switching.freed.is_known() &&
      *switching.good < *switching.freed) {
    error("OUT-E1233", switching.good.span(),
          fmt::format("{}: a replica is good after {}, before the outage it causes ends after {}",
                      draft.id, base::format_duration(*switching.good),
                      base::format_duration(*switching.freed)),
          "make good at least as long as freed, or leave it out");
  }
  if (draft.scope.value_or(Scope::zone) == Scope::global && !draft.placements.empty()) {
    diagnostics_.warning(
        "OUT-E1224", draft.evidence.span,
        fmt::format("{} is spread over the world; its zones are ignored", draft.id),
        "leave `zones` out, or say `scope: zone` if it lies in them");
  }
}

void BlueprintMaker::add_component(const DraftComponent& draft) {
  Component c;
  c.id = draft.id;
  c.name = draft.name.value_or(draft.id);
  c.type = draft.type.value_or("");
  c.kind = draft.kind.value_or(Kind::other);
  if (draft.service_model.is_known()) {
    c.service_model = *draft.service_model;
  }
  c.scope = draft.scope.value_or(Scope::zone);
  c.provider = draft.provider.value_or("");
  c.account = draft.account.value_or("");
  c.region = draft.region;
  c.size = draft.size;
  c.redundancy = draft.redundancy.value_or(Redundancy::active_active);
  c.is_bound = draft.bound.value_or(false);
  c.relocates = draft.relocates.value_or(false) && !c.is_bound;
  c.may_share_a_machine = !draft.kept_apart.is_unset() && !draft.kept_apart.value_or(false);
  c.is_workload = draft.is_workload.value_or(false);
  c.is_store = draft.is_store.value_or(false) || draft.holds.is_known() || !draft.copies.empty();
  c.is_imported = draft.is_imported;
  c.written_type = draft.written_type;
  c.made_if = draft.made_if;
  c.forwards = draft.forwards;
  c.places_are_distinct = draft.placements_are_distinct;
  c.internet = draft.internet;
  c.operations = operations_of(draft.operations, draft.evidence.span);
  c.holds = draft.holds;
  c.group = draft.group.value_or("");
  c.backups = draft.backups;
  c.care = draft.care;
  c.copies = draft.copies;
  c.failure = draft.failure;
  c.switching = draft.switching;
  c.scale = draft.scale;
  c.calls = draft.calls;
  c.serving = draft.serving;
  c.work = draft.work;
  c.rollout = draft.rollout;
  c.traits = draft.traits;
  c.configuration = draft.configuration;
  c.parts = draft.parts;
  c.marks = draft.marks;
  c.lifetimes = draft.lifetimes;
  c.evidence = draft.evidence;
  add_replicas(draft, c);
  bp_.by_id_.emplace(c.id, ComponentId(bp_.components_.size()));
  bp_.components_.push_back(std::move(c));
}

ComponentId BlueprintMaker::resolve(const std::string& id, Span span, std::string_view what) {
  const ComponentId found = bp_.find(id);
  const bool is_told = draft_.is_incomplete || id.empty();
  if (!found.exists() && !is_told) {
    std::vector<std::string_view> known;
    for (const Component& c : bp_.components_) {
      known.push_back(c.id);
      if (c.name != c.id) {
        known.push_back(c.name);
      }
    }
    diagnostics_.error("OUT-E1220", span, fmt::format("{} {}, which is no component", what, id),
                       base::suggest(id, known));
  }
  return found;
}

std::vector<ComponentId> BlueprintMaker::resolve_known(const std::vector<std::string>& ids) const {
  std::vector<ComponentId> found;
  for (const std::string& id : ids) {
    if (const ComponentId known = bp_.find(id); known.exists()) {
      found.push_back(known);
    }
  }
  return found;
}

Operations BlueprintMaker::operations_of(const std::vector<std::string>& names, Span span) {
  if (names.empty()) {
    return kAllOperations;
  }
  Operations mask = 0;
  for (const std::string& name : names) {
    auto& known = bp_.operation_names_;
    auto at = std::find(known.begin(), known.end(), name);
    if (at == known.end()) {
      if (known.size() == kMostOperations) {
        if (std::exchange(has_told_operations_, true)) {
          return kAllOperations;
        }
        diagnostics_.error(
            "OUT-E1225", span,
            fmt::format("more than {} different operations, read and write among them",
                        kMostOperations),
            "give operations that are needed alike one name");
        return kAllOperations;
      }
      at = known.insert(known.end(), name);
    }
    mask |= Operations{1} << static_cast<unsigned>(at - known.begin());
  }
  return mask;
}

void BlueprintMaker::assume(std::string name, std::string value, std::string source) {
  bp_.assumptions_.push_back({std::move(name), std::move(value), std::move(source)});
}

void BlueprintMaker::add_tables() {
  for (const DraftSupply& draft : draft_.supplies) {
    bp_.supplies_.push_back({draft.place, draft.zone, resolve_known(draft.any_of), draft.evidence});
  }
  for (const DraftNetworkRule& draft : draft_.network_rules) {
    bp_.network_rules_.push_back({resolve_known(draft.subjects), draft.direction, draft.protocol,
                                  draft.from_port, draft.to_port, draft.peer_ranges,
                                  resolve_known(draft.peer_components), draft.character,
                                  draft.evidence});
  }
  for (const DraftGrant& draft : draft_.grants) {
    bp_.grants_.push_back({draft.identity, resolve_known(draft.principals), draft.allows,
                           draft.actions, draft.resources, resolve_known(draft.resource_components),
                           draft.character, draft.evidence});
  }
  add_access();
}

/// What is of a component that is not there says nothing.
void BlueprintMaker::add_access() {
  const Access<std::string>& from = draft_.access;
  Access<ComponentId>& to = bp_.access_;
  for (const auto& a : from.addresses) {
    if (const ComponentId id = bp_.find(a.of); id.exists()) {
      to.addresses.push_back({id, a.network, a.ranges, a.is_public, a.listens, a.evidence});
    }
  }
  for (const auto& g : from.guards) {
    if (const ComponentId id = bp_.find(g.of); id.exists()) {
      to.guards.push_back({id, g.layer, g.in_order, g.is_whole});
    }
  }
  for (const auto& i : from.identities) {
    to.identities.push_back({i.address, i.name, resolve_known(i.worn_by), i.has_key, i.is_anyones,
                             i.assumed_by, i.evidence});
    for (const auto& narrow : i.narrow) {
      if (const ComponentId by = bp_.find(narrow.by); by.exists()) {
        to.identities.back().narrow.push_back({by, narrow.scopes});
      }
    }
  }
  const auto resolve = [&](const DataAccess<std::string>& d) {
    return DataAccess<ComponentId>{
        bp_.find(d.of), d.service,        d.has_bare_name,   d.names,     d.is_named, d.reads,
        d.deletes,      d.reading_scopes, d.deleting_scopes, d.is_closed, d.opens};
  };
  for (const auto& d : from.data) {
    if (bp_.find(d.of).exists()) {
      to.data.push_back(resolve(d));
    }
  }
  for (const auto& s : from.safeguards) {
    if (const ComponentId id = bp_.find(s.of); id.exists()) {
      to.safeguards.push_back({id, resolve(s.at), s.is_lock, s.evidence});
    }
  }
  for (const auto& g : from.guessed) {
    if (const ComponentId id = bp_.find(g.of); id.exists()) {
      to.guessed.push_back({id, g.name, g.from, g.evidence});
    }
  }
  to.joined = from.joined;
}

}  // namespace outlast::blueprint
