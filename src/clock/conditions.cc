#include "clock/conditions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "failure/dependence.h"

namespace outlast::clock {

using blueprint::ComponentId;
using findings::Condition;
using replay::kDown;

namespace {

int gravity_of(Condition condition) {
  switch (condition) {
    case Condition::down:
      return 4;
    case Condition::saturated:
      return 3;
    case Condition::degraded:
      return 2;
    case Condition::carried:
      return 1;
    case Condition::exposed:
    case Condition::endangered:
    case Condition::serving:
      break;
  }
  return 0;
}

/// A component, by what each cause makes of it.
struct State {
  std::map<std::size_t, Standing> causes;
  Condition told = Condition::serving;
  std::string why;  ///< that was told

  /// Of several that are as grave, the one that began first. Absent: it serves.
  [[nodiscard]] const Standing* gravest() const {
    const auto order = [](const Standing& standing) {
      return std::pair(gravity_of(*standing.by_cause), -standing.at_s);
    };
    const Standing* gravest = nullptr;
    for (const auto& [cause, standing] : causes) {
      if (gravest == nullptr || order(standing) > order(*gravest)) {
        gravest = &standing;
      }
    }
    return gravest;
  }
};

/// What takes from a component what it loses at a moment, by structure alone.
class Reasons {
 public:
  Reasons(const blueprint::Blueprint& bp, const blueprint::Scenario& scenario, const Damage& damage,
          const Course& course)
      : bp_(bp), scenario_(scenario), damage_(damage), course_(course) {}

  /// The fault that hits it, else the first need that is not met; empty where neither is found.
  /// What takes most of it goes before what takes a part, and what all of it needs before what
  /// single replicas do.
  [[nodiscard]] std::string of(ComponentId id, double at_s) const {
    for (const double least : {kDown, replay::kNoticed}) {
      if (std::string why = wounded_by(id, at_s, least); !why.empty()) {
        return why;
      }
      if (std::string why = unmet_by_any(bp_[id].needs, at_s, least); !why.empty()) {
        return why;
      }
      for (const blueprint::Replica& replica : bp_[id].replicas) {
        if (std::string why = unmet_by_any(replica.local_needs, at_s, least); !why.empty()) {
          return why;
        }
      }
    }
    return wounded_by(id, at_s, 0);
  }

 private:
  /// in  least  that the wound takes; more than 0 in any case
  [[nodiscard]] std::string wounded_by(ComponentId id, double at_s, double least) const {
    const auto& component = bp_[id];
    for (std::size_t w = 0; w < damage_.wounds.size(); ++w) {
      const Wound& wound = damage_.wounds[w];
      const bool is_carried =
          !wound.replicas.empty() &&
          component.replicas.size() >= component.at_least + wound.replicas.size();
      const double lost = course_.losses.wounds[w].lost_at(at_s);
      if (wound.component == id && lost > 0 && lost >= least && !(is_carried && least >= kDown)) {
        return told_of(scenario_.faults[wound.fault]);
      }
    }
    return "";
  }

  [[nodiscard]] std::string unmet_by_any(const std::vector<blueprint::NeedId>& needs, double at_s,
                                         double least) const {
    for (const blueprint::NeedId need : needs) {
      if (std::string why = unmet_by(need, at_s, least); !why.empty()) {
        return why;
      }
    }
    return "";
  }

  [[nodiscard]] std::string unmet_by(blueprint::NeedId id, double at_s, double least) const {
    const auto& need = bp_[id];
    if (!failure::stops(need.strength)) {
      return "";
    }
    if (unmet(course_, need).lost_at(at_s) >= least) {
      const auto first = std::find_if(
          need.any_of.begin(), need.any_of.end(),
          [&](ComponentId target) { return course_.whole(target).lost_at(at_s) >= least; });
      return "needs " + bp_[first == need.any_of.end() ? need.any_of.front() : *first].name;
    }
    for (std::size_t s = 0; s < damage_.severed.size(); ++s) {
      if (damage_.severed[s].need == id && course_.losses.severed[s].lost_at(at_s) >= least) {
        return told_of(scenario_.faults[damage_.severed[s].fault]);
      }
    }
    return "";
  }

  const blueprint::Blueprint& bp_;
  const blueprint::Scenario& scenario_;
  const Damage& damage_;
  const Course& course_;
};

class Collector {
 public:
  explicit Collector(const blueprint::Blueprint& bp) : bp_(bp) {}

  void stand(double at_s, ComponentId id, std::size_t cause, std::optional<Condition> condition,
             std::string why) {
    if (std::isfinite(at_s)) {
      out_.push_back({at_s, bp_[id].id, cause, condition, std::move(why)});
    }
  }

  /// By a cause of its own for a while; perhaps without end.
  void stand_between(double begins_s, double ends_s, ComponentId id, Condition condition,
                     std::string why) {
    const std::size_t cause = 2 * causes_++ + 1;
    stand(begins_s, id, cause, condition, std::move(why));
    stand(ends_s, id, cause, std::nullopt, "");
  }

  [[nodiscard]] std::vector<Standing> take() { return std::move(out_); }

 private:
  const blueprint::Blueprint& bp_;
  std::vector<Standing> out_;
  std::size_t causes_ = 0;
};

/// Does what is told of a component say why it stands so? What lost a replica may be down for
/// another reason.
bool tells_why(const findings::StoryLine& line, const findings::ConditionChange& change) {
  return change.condition == Condition::serving || change.cause.empty() ||
         change.cause == line.cause || change.cause == line.event;
}

}  // namespace

std::vector<Standing> standings_of(const blueprint::Blueprint& bp,
                                   const blueprint::Scenario& scenario, const Damage& damage,
                                   const Course& course) {
  Collector collector(bp);
  const Reasons reasons(bp, scenario, damage, course);
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    const Timeline lost = course.whole(id);
    std::optional<Condition> before;
    for (const auto& step : lost.steps()) {
      const auto now = step.lost >= kDown ? std::optional(Condition::down)
                       : step.lost > 0    ? std::optional(Condition::degraded)
                                          : std::nullopt;
      if (now != before) {
        collector.stand(step.from_s, id, 0, now,
                        now ? reasons.of(id, step.from_s) : "what it needs is good again");
      }
      before = now;
    }
  }
  for (std::size_t w = 0; w < damage.wounds.size(); ++w) {
    if (!course.losses.wounds[w].is_never()) {
      collector.stand_between(damage.wounds[w].begins_s, course.losses.wounds[w].over_s(),
                              damage.wounds[w].component, Condition::carried,
                              told_of(scenario.faults[damage.wounds[w].fault]));
    }
  }
  for (const Slowness& slow : damage.slow) {
    const auto& fault = scenario.faults[slow.fault];
    const double stated = fault.lasts.is_known() ? fault.at.value + fault.lasts->value
                                                 : std::numeric_limits<double>::infinity();
    collector.stand_between(fault.at.value, std::min(stated, course.ended_s[slow.fault]),
                            slow.component, Condition::degraded, told_of(fault));
  }
  return collector.take();
}

std::vector<findings::ConditionChange> gravest_of(std::vector<Standing> standings) {
  std::stable_sort(standings.begin(), standings.end(), [](const Standing& a, const Standing& b) {
    return std::tie(a.at_s, a.component) < std::tie(b.at_s, b.component);
  });
  std::map<std::string, State> states;
  std::vector<findings::ConditionChange> changes;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const Standing& now = standings[i];
    State& state = states[now.component];
    if (now.by_cause) {
      state.causes[now.cause] = now;
    } else {
      state.causes.erase(now.cause);
    }
    const bool is_last = i + 1 == standings.size() || standings[i + 1].at_s != now.at_s ||
                         standings[i + 1].component != now.component;
    const Standing* gravest = state.gravest();
    const Condition condition = gravest == nullptr ? Condition::serving : *gravest->by_cause;
    const std::string& why = gravest == nullptr ? now.why : gravest->why;
    const bool is_other = condition != state.told || (gravest != nullptr && why != state.why);
    if (is_last && is_other) {
      state.told = condition;
      state.why = why;
      changes.push_back({now.at_s, now.component, condition, why});
    }
  }
  return changes;
}

std::vector<findings::TimedStep> steps_of(const std::vector<findings::StoryLine>& story,
                                          std::vector<findings::ConditionChange> changes,
                                          double begins_s) {
  std::vector<findings::TimedStep> steps;
  for (const findings::StoryLine& line : story) {
    const auto stands = std::find_if(changes.begin(), changes.end(), [&](const auto& change) {
      return change.at_s == line.at_s && change.component == line.component &&
             tells_why(line, change);
    });
    const bool is_told = stands != changes.end();
    steps.push_back({std::max(0.0, line.at_s - begins_s), line.component, line.event, line.cause,
                     is_told ? std::optional(stands->condition) : std::nullopt});
    if (is_told) {
      changes.erase(stands);
    }
  }
  for (const findings::ConditionChange& change : changes) {
    steps.push_back({std::max(0.0, change.at_s - begins_s), change.component, "", change.cause,
                     change.condition});
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](const auto& a, const auto& b) { return a.at_s < b.at_s; });
  return steps;
}

}  // namespace outlast::clock
