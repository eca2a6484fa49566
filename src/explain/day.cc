#include "explain/day.h"

#include <algorithm>

#include "blueprint/reached.h"

namespace outlast::explain {

using blueprint::Blueprint;
using blueprint::ComponentId;
using findings::Explanation;
using findings::StoryLine;

namespace {

/// By component: does what happens to it bear on what is asked about?
std::vector<bool> concerned(const Blueprint& bp, const Explanation& what) {
  std::vector<ComponentId> entries;
  if (what.kind == "component") {
    entries.push_back(bp.find(what.id));
  }
  for (const auto& journey : bp.journeys()) {
    for (const auto& cohort : journey.cohorts) {
      if (what.kind == "journey" && journey.name == what.id) {
        entries.push_back(cohort.enters);
      }
    }
  }
  return entries.empty() ? std::vector<bool>(bp.components().size(), true)
                         : blueprint::reached_from(bp, std::move(entries));
}

/// What is told of it, or else how it stands from then on.
std::string event_of(const findings::TimedStep& step) {
  using findings::Condition;
  if (!step.event.empty() || !step.condition) {
    return step.event;
  }
  switch (*step.condition) {
    case Condition::down:
      return "is down";
    case Condition::saturated:
      return "is full";
    case Condition::serving:
      return "is back";
    default:
      return "loses some of its requests";
  }
}

}  // namespace

void tell_day(const Blueprint& bp, const findings::Simulated& day, Explanation& what) {
  what.formulas.clear();
  what.witnesses.clear();
  what.instances.clear();
  what.further_witnesses = 0;
  what.scenario = day.scenario;
  const std::vector<bool> is_concerned = concerned(bp, what);
  for (const findings::TimedStep& step : day.course) {
    const ComponentId id = bp.find(step.component);
    if (!id.exists() || is_concerned[id.index]) {
      what.story.push_back({step.at_s, step.component, id.exists() ? bp[id].name : "",
                            event_of(step), step.cause, findings::Told::structure});
    }
  }
  what.assumptions.insert(what.assumptions.end(), day.assumptions.begin(), day.assumptions.end());
}

}  // namespace outlast::explain
