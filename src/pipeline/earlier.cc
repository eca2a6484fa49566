#include "pipeline/earlier.h"

#include <algorithm>

#include "blueprint/reached.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using failure::Event;
using failure::EventId;
using failure::EventKind;

namespace {

/// What is told by one component alone; what deletes data looks at its copies too.
bool is_of_one(const Event& event) {
  return event.component.exists() && event.kind != EventKind::data_deleted;
}

}  // namespace

Unchanged::Unchanged(const Blueprint& bp, const Earlier& earlier)
    : earlier_(earlier), is_below_(bp.components().size(), false) {
  if (earlier.bp.components().size() != bp.components().size()) {
    return;  // nothing is known
  }
  mark_below(earlier.bp);
  mark_below(bp);
  for (const EventId id : base::ids<EventId>(earlier.cases.events.size())) {
    const Event& event = earlier.cases.events[id];
    if (is_of_one(event)) {
      known_.emplace(std::pair(event.component, std::pair(event.kind, event.replica)), id);
    }
  }
}

void Unchanged::mark_below(const Blueprint& bp) {
  const auto reached = blueprint::reached_from(bp, earlier_.changed);
  for (std::size_t i = 0; i < reached.size(); ++i) {
    is_below_[i] = is_below_[i] || reached[i];
  }
}

EventId Unchanged::same_as(const Event& event) const {
  if (!is_of_one(event) || is_below_[event.component.index]) {
    return {};
  }
  const auto found = known_.find(std::pair(event.component, std::pair(event.kind, event.replica)));
  if (found == known_.end()) {
    return {};
  }
  const Event& before = earlier_.cases.events[found->second];
  const failure::Impact& impact = earlier_.cases.impacts[found->second];
  // Needs have other numbers once one is added.
  const bool names_needs = !impact.stuck_starts.empty() || !impact.stalls.empty();
  const bool is_same = before.what == event.what && before.duration == event.duration &&
                       before.fault_class == event.fault_class && !names_needs;
  return is_same ? found->second : EventId();
}

}  // namespace outlast::pipeline
