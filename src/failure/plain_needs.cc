#include "failure/plain_needs.h"

#include <algorithm>

#include "failure/masking.h"

namespace outlast::failure {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;

namespace {

bool is_plain(const Need& need, const Dependence& dependence) {
  return is_direct(need) &&
         (need.kind == blueprint::EdgeKind::service ||
          dependence.loop_of(need.from) != dependence.loop_of(need.any_of.front()));
}

bool is_asked(const Component& c, Operations operations) {
  return (c.operations & operations) != 0;
}

}  // namespace

PlainNeeds::PlainNeeds(const Blueprint& bp, const Dependence& dependence, Operations operations,
                       Reading reading, const std::vector<ComponentId>& entries)
    : needing_(bp.components().size()),
      asked_(bp.components().size()),
      is_entered_(bp.components().size(), false) {
  std::vector<std::vector<ComponentId>> targets(bp.components().size());
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    const Component& c = bp[id];
    bool are_all = is_asked(c, operations) && !c.runs_none() &&
                   std::all_of(c.replicas.begin(), c.replicas.end(),
                               [](const auto& replica) { return replica.local_needs.empty(); });
    for (const NeedId need : c.needs) {
      if (!reading.takes_part(bp[need], operations)) {
        continue;
      }
      if (is_plain(bp[need], dependence)) {
        targets[id.index].push_back(bp[need].any_of.front());
        needing_[bp[need].any_of.front().index].push_back(id);
        if (is_asked_by_requests(bp[need], operations)) {
          asked_[id.index].push_back(bp[need].any_of.front());
        }
      } else {
        are_all = false;
      }
    }
    are_all_.push_back(are_all);
  }
  std::vector<ComponentId> open = entries;
  while (!open.empty()) {
    const ComponentId at = open.back();
    open.pop_back();
    if (!is_entered_[at.index]) {
      is_entered_[at.index] = true;
      open.insert(open.end(), targets[at.index].begin(), targets[at.index].end());
    }
  }
}

}  // namespace outlast::failure
