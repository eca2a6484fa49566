#include "clock/severed.h"

#include <algorithm>

#include "clock/match.h"

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

void sever_way(const Blueprint& bp, const Cutting& cutting, NeedId id, std::size_t target,
               Damage& out) {
  const ScenarioFault& fault = cutting.fault;
  const Need& need = bp[id];
  const bool is_sign_in = is_about(fault, Operation::auth);
  if (is_sign_in && need.strength != blueprint::Strength::auth) {
    return;
  }
  Severance severance;
  severance.need = id;
  severance.target = target;
  severance.fault = cutting.index;
  severance.begins_s = fault.at.value;
  severance.rises_s = fault.reaches.value_or({0}).value;
  severance.lost = fault.error.is_known() ? fault.error->value : 1;
  const bool is_cut = fault.fault == Fault::cut;
  if (is_cut && fault.match.zone.is_known() && fault.from.zone.is_known()) {
    const ComponentId to = need.any_of[target];
    const auto share = [&](ComponentId of, const Match& match) {
      return share_in_zone(bp, of, *match.zone);
    };
    severance.is_between_zones = true;
    severance.lost *= share(need.from, fault.match) * share(to, fault.from) +
                      share(need.from, fault.from) * share(to, fault.match);
  } else if (!is_cut && !is_sign_in) {
    const double ttl = fault.fault == Fault::unresolve ? need.ttl.value_or({}).value : 0;
    severance.begins_s += need.pool.value_or({}).value;
    severance.rises_s += ttl;
    severance.falls_s = ttl;
  }
  if (severance.lost > 0) {
    out.severed.push_back(severance);
  }
}

}  // namespace

void sever(const Blueprint& bp, const Cutting& cutting, const std::vector<ComponentId>& hit,
           Damage& out, base::Diagnostics& diagnostics) {
  const ScenarioFault& fault = cutting.fault;
  const auto others =
      fault.from.is_empty() ? std::vector<ComponentId>() : matched(bp, fault.from, diagnostics);
  const auto is_among = [](const std::vector<ComponentId>& all, ComponentId id) {
    return std::find(all.begin(), all.end(), id) != all.end();
  };
  const std::size_t before = out.severed.size();
  for (const NeedId id : base::ids<NeedId>(bp.needs().size())) {
    const Need& need = bp[id];
    for (std::size_t t = 0; t < need.any_of.size(); ++t) {
      const ComponentId to = need.any_of[t];
      const bool leads_in = is_among(hit, to) && (others.empty() || is_among(others, need.from));
      const bool leads_out = fault.fault == Fault::cut && is_among(hit, need.from) &&
                             (others.empty() || is_among(others, to));
      if (leads_in || leads_out) {
        sever_way(bp, cutting, id, t, out);
      }
    }
  }
  if (out.severed.size() == before) {
    diagnostics.error("OUT-E1813", fault.match.span, "nothing here calls what it names",
                      "name what others need, or both ends of the call: match and from");
  }
}

}  // namespace outlast::clock
