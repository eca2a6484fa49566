// What a component needs, and what is wrong with it.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/units.h"
#include "blueprint/blueprint_maker.h"

namespace outlast::blueprint {

using base::Span;

void BlueprintMaker::add_needs(const DraftComponent& draft) {
  const ComponentId from = bp_.find(draft.id);
  for (const DraftNeed& need : draft.needs) {
    if (need.is_local) {
      add_local_need(need, from);
    } else if (const NeedId id = add_need(need, from); id.exists()) {
      bp_.components_[from].needs.push_back(id);
    }
  }
  add_needs_of_places(draft, from);
  check_caches(from);
}

/// What keeps answers is called for each of them, so that it is lost is to be told as any need.
void BlueprintMaker::check_caches(ComponentId from) {
  const auto& needs = bp_.components_[from].needs;
  const std::string& id = bp_.components_[from].id;
  for (const NeedId need_id : needs) {
    const Need& need = bp_.needs_[need_id];
    if (!need.cached_in.exists()) {
      continue;
    }
    const std::string& in = bp_.components_[need.cached_in].id;
    const bool is_needed = std::any_of(needs.begin(), needs.end(), [&](NeedId other) {
      const auto& any_of = bp_.needs_[other].any_of;
      return std::find(any_of.begin(), any_of.end(), need.cached_in) != any_of.end();
    });
    if (need.cached_in == from || need.cached_in == need.any_of.front()) {
      diagnostics_.error("OUT-E1234", need.evidence.span,
                         fmt::format("{} keeps answers of {} in {}", id,
                                     bp_.components_[need.any_of.front()].id, in),
                         "name what stands between the two, or leave `in` out where each replica "
                         "keeps answers for itself");
    } else if (!is_needed) {
      diagnostics_.error(
          "OUT-E1234", need.evidence.span,
          fmt::format("{} keeps answers in {}, which it does not need", id, in),
          fmt::format("add the need {{to: {}, strength: soft, loses: 0%}}, or what its loss takes",
                      in));
    }
  }
}

NeedId BlueprintMaker::add_need(const DraftNeed& draft, ComponentId from) {
  Need need;
  need.from = from;
  const std::string what = bp_.components_[from].id + " needs";
  for (const std::string& target : draft.any_of) {
    const Span span = draft.targets.exists() ? draft.targets : draft.evidence.span;
    if (const ComponentId id = resolve(target, span, what); id.exists()) {
      need.any_of.push_back(id);
    }
  }
  if (!draft.via.empty()) {
    need.via = resolve(draft.via, draft.evidence.span, what);
  }
  if (need.any_of.size() != draft.any_of.size()) {
    return {};
  }
  need.at_least = static_cast<std::size_t>(draft.at_least.value_or(1));
  need.at_least_is_assumed = draft.at_least.is_unset() && need.any_of.size() > 1;
  need.strength = draft.strength.value_or(Strength::hard);
  need.kind = draft.kind.value_or(EdgeKind::service);
  need.operations = operations_of(draft.operations, draft.evidence.span);
  need.loses =
      need.strength == Strength::soft ? draft.loses.value_or(Interval{0, 1}) : Interval{1, 1};
  need.buffer = draft.buffer;
  need.every = draft.every;
  need.retry = draft.retry;
  need.pool = draft.pool;
  need.ttl = draft.ttl;
  need.stale = draft.stale;
  need.stale_for = draft.stale_for;
  need.cached = draft.cached;
  if (!draft.cached_in.empty()) {
    need.cached_in = resolve(draft.cached_in, draft.evidence.span, what + " what is kept in");
  }
  need.refill = draft.refill;
  need.calls = draft.calls;
  need.switching = draft.switching;
  need.is_local = draft.is_local;
  need.confidence = draft.confidence;
  need.record = draft.record;
  need.port = draft.port;
  need.evidence = draft.evidence;
  check_need(draft, need);
  return bp_.needs_.push_back(std::move(need));
}

void BlueprintMaker::check_need(const DraftNeed& draft, const Need& need) {
  const Span span = draft.evidence.span;
  const std::string& id = bp_.components_[need.from].id;
  if (std::find(need.any_of.begin(), need.any_of.end(), need.from) != need.any_of.end()) {
    diagnostics_.error("OUT-E1222", span, fmt::format("{} needs itself", id),
                       "leave the need out, or name the other component that is meant");
  }
  if (need.at_least < 1 || need.at_least > need.any_of.size()) {
    diagnostics_.error(
        "OUT-E1226", span,
        fmt::format("{} needs {} of {} alternatives", id, need.at_least, need.any_of.size()),
        "at_least cannot be more than there are in any_of");
  }
  if (need.strength == Strength::refresh && need.buffer.is_known() && need.every.is_known() &&
      need.buffer->value < need.every->value) {
    diagnostics_.error(
        "OUT-E1227", span,
        fmt::format("{}: a lease that is renewed every {} ends after {}", id,
                    base::format_duration(*need.every), base::format_duration(*need.buffer)),
        "renew more often than the lease lasts");
  }
}

/// A need that each replica has for itself, or only those in one zone.
void BlueprintMaker::add_local_need(const DraftNeed& draft, ComponentId from) {
  const NeedId id = add_need(draft, from);
  if (!id.exists()) {
    return;
  }
  bool is_used = false;
  for (Replica& replica : bp_.components_[from].replicas) {
    const bool is_meant =
        draft.local_zone.empty() ||
        (replica.zone.exists() && bp_.fate_groups_[replica.zone].name == draft.local_zone);
    if (is_meant) {
      replica.local_needs.push_back(id);
      is_used = true;
    }
  }
  if (!is_used) {
    diagnostics_.error(
        "OUT-E1228", draft.evidence.span,
        fmt::format("{} has no replica in zone {}", bp_.components_[from].id, draft.local_zone),
        "`local:` takes true, or a zone that the component lies in");
  }
}

}  // namespace outlast::blueprint
