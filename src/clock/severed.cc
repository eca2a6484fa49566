#include "clock/severed.h"

#include <algorithm>

#include "clock/match.h"
#include "failure/stale.h"
#include "replay/strikes.h"

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Fault;
using blueprint::Match;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operation;
using blueprint::ScenarioFault;

bool is_about(const ScenarioFault& fault, Operation operation) {
  return std::find(fault.operations.begin(), fault.operations.end(), operation) !=
         fault.operations.end();
}

namespace {

/// Share of who has a need that lies in a zone: of replicas that have it for themselves, those.
double share_of_callers(const Blueprint& bp, NeedId id, std::string_view zone) {
  const auto& c = bp[bp[id].from];
  std::size_t all = 0;
  std::size_t in_zone = 0;
  for (const auto& replica : c.replicas) {
    const auto& needs = replica.local_needs;
    if (std::find(needs.begin(), needs.end(), id) != needs.end()) {
      ++all;
      in_zone += is_zone_called(bp, replica.zone, zone) ? 1 : 0;
    }
  }
  return all > 0 ? static_cast<double>(in_zone) / static_cast<double>(all)
                 : share_in_zone(bp, bp[id].from, zone);
}

double crossing(const Blueprint& bp, NeedId id, ComponentId to, const Cutting& cutting) {
  const auto callers = [&](const Match& side) {
    return side.zone.is_known() ? share_of_callers(bp, id, *side.zone) : 1;
  };
  const auto called = [&](const Match& side) {
    return side.zone.is_known() ? share_in_zone(bp, to, *side.zone) : 1;
  };
  return clock::crossing(cutting.fault, cutting.leading, callers, called);
}

void sever_way(const Blueprint& bp, const Cutting& cutting, NeedId id, std::size_t target,
               Damage& out) {
  const ScenarioFault& fault = cutting.fault;
  const Need& need = bp[id];
  const bool is_sign_in = is_about(fault, Operation::auth);
  if (is_sign_in && !replay::is_for_sign_in(bp, need, blueprint::kAllOperations)) {
    return;
  }
  const bool is_polling = is_about(fault, Operation::poll);
  if (is_polling && bp[need.from].kind != blueprint::Kind::messaging) {
    return;
  }
  Severance severance;
  severance.need = id;
  severance.target = target;
  severance.fault = cutting.index;
  replay::Unconnected& how = severance.how;
  how.begins_s = fault.at.value;
  how.reaches_s = fault.reaches.value_or({0}).value;
  how.lost = fault.error.is_known() ? fault.error->value : 1;
  const bool is_cut = fault.fault == Fault::cut;
  if (is_cut) {
    severance.leading = cutting.leading;
    severance.is_between_zones = fault.match.zone.is_known() && fault.from.zone.is_known();
    how.lost *= crossing(bp, id, need.any_of[target], cutting);
  } else if (!is_sign_in && !is_polling) {
    how.reaches_s += need.pool.value_or({}).value;
    if (fault.fault == Fault::unresolve) {
      how.ttl_s = need.ttl.value_or({}).value;
      how.stale = failure::share_that_keeps(need);
      how.stale_s = failure::stale_for_s(need, cutting.luck);
    }
  }
  if (how.lost > 0) {
    out.severed.push_back(severance);
  }
}

}  // namespace

double crossing(const ScenarioFault& fault, const Leading& leading, const ShareOf& callers,
                const ShareOf& called) {
  if (fault.from.is_empty()) {  // from all that is not there itself
    const double from_there = callers(fault.match);
    const double to_there = called(fault.match);
    return fault.match.zone.is_known() ? from_there * (1 - to_there) + (1 - from_there) * to_there
                                       : 1;
  }
  const double in = leading.in ? callers(fault.from) * called(fault.match) : 0;
  const double out = leading.out ? callers(fault.match) * called(fault.from) : 0;
  return std::min(1.0, in + out);
}

void sever(const Blueprint& bp, const Cutting& cutting, const std::vector<ComponentId>& hit,
           Damage& out, base::Diagnostics& diagnostics) {
  const ScenarioFault& fault = cutting.fault;
  const auto others =
      fault.from.is_empty() ? std::vector<ComponentId>() : matched(bp, fault.from, diagnostics);
  const auto is_among = [](const std::vector<ComponentId>& all, ComponentId id) {
    return std::find(all.begin(), all.end(), id) != all.end();
  };
  bool is_any_named = false;  // whether or not it crosses the cut
  for (const NeedId id : base::ids<NeedId>(bp.needs().size())) {
    const Need& need = bp[id];
    for (std::size_t t = 0; t < need.any_of.size(); ++t) {
      const ComponentId to = need.any_of[t];
      const bool leads_in = is_among(hit, to) && (others.empty() || is_among(others, need.from));
      const bool leads_out = fault.fault == Fault::cut && is_among(hit, need.from) &&
                             (others.empty() || is_among(others, to));
      if (leads_in || leads_out) {
        is_any_named = true;
        sever_way(bp, {fault, cutting.index, cutting.luck, {leads_in, leads_out}}, id, t, out);
      }
    }
  }
  if (!is_any_named) {
    diagnostics.error("OUT-E1813", fault.match.span, "nothing here calls what it names",
                      "name what others need, or both ends of the call: match and from");
  }
}

}  // namespace outlast::clock
