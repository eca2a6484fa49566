#include "clock/quorum.h"

#include "clock/match.h"

namespace outlast::clock {

using blueprint::Component;
using blueprint::ComponentId;

namespace {

std::vector<std::size_t> replicas_in(const blueprint::Blueprint& bp, const Component& c,
                                     std::string_view zone) {
  std::vector<std::size_t> in;
  for (std::size_t r = 0; r < c.replicas.size(); ++r) {
    if (is_zone_called(bp, c.replicas[r].zone, zone)) {
      in.push_back(r);
    }
  }
  return in;
}

bool is_whole_zone(const blueprint::Match& match) {
  return match.zone.is_known() && match.component.is_unset() && match.type.is_unset() &&
         match.service.is_unset();
}

}  // namespace

std::vector<CutStore> stores_cut_by(const blueprint::Blueprint& bp,
                                    const blueprint::ScenarioFault& fault) {
  std::vector<CutStore> stores;
  const bool is_between_zones = fault.fault == blueprint::Fault::cut &&
                                is_whole_zone(fault.match) && is_whole_zone(fault.from);
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    const Component& c = bp[id];
    if (!is_between_zones || !c.is_store || c.redundancy != blueprint::Redundancy::active_active) {
      continue;
    }
    const auto here = replicas_in(bp, c, *fault.match.zone);
    const auto there = replicas_in(bp, c, *fault.from.zone);
    CutStore cut{id, {}, here.size() >= c.at_least && there.size() >= c.at_least};
    const auto fence = [&](const std::vector<std::size_t>& side, std::size_t others) {
      if (c.replicas.size() - others < c.at_least) {
        cut.fenced.insert(cut.fenced.end(), side.begin(), side.end());
      }
    };
    fence(here, there.size());
    fence(there, here.size());
    if (!cut.fenced.empty() || cut.may_split) {
      stores.push_back(std::move(cut));
    }
  }
  return stores;
}

}  // namespace outlast::clock
