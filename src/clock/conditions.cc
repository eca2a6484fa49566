#include "clock/conditions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

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
    case Condition::serving:
      break;
  }
  return 0;
}

/// A component, by what each cause makes of it.
struct State {
  std::map<std::size_t, Condition> causes;
  Condition told = Condition::serving;

  [[nodiscard]] Condition gravest() const {
    Condition gravest = Condition::serving;
    for (const auto& [cause, condition] : causes) {
      gravest = gravity_of(condition) > gravity_of(gravest) ? condition : gravest;
    }
    return gravest;
  }
};

class Collector {
 public:
  explicit Collector(const blueprint::Blueprint& bp) : bp_(bp) {}

  void stand(double at_s, ComponentId id, std::size_t cause, std::optional<Condition> condition) {
    if (std::isfinite(at_s)) {
      out_.push_back({at_s, bp_[id].id, cause, condition});
    }
  }

  /// By a cause of its own for a while; perhaps without end.
  void stand_between(double begins_s, double ends_s, ComponentId id, Condition condition) {
    const std::size_t cause = 2 * causes_++ + 1;
    stand(begins_s, id, cause, condition);
    stand(ends_s, id, cause, std::nullopt);
  }

  [[nodiscard]] std::vector<Standing> take() { return std::move(out_); }

 private:
  const blueprint::Blueprint& bp_;
  std::vector<Standing> out_;
  std::size_t causes_ = 0;
};

}  // namespace

std::vector<Standing> standings_of(const blueprint::Blueprint& bp,
                                   const blueprint::Scenario& scenario, const Damage& damage,
                                   const Course& course) {
  Collector collector(bp);
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    const Timeline lost = course.whole(id);
    for (const auto& step : lost.steps()) {
      collector.stand(step.from_s, id, 0,
                      step.lost >= kDown ? std::optional(Condition::down)
                      : step.lost > 0    ? std::optional(Condition::degraded)
                                         : std::nullopt);
    }
  }
  for (std::size_t w = 0; w < damage.wounds.size(); ++w) {
    if (!course.losses.wounds[w].is_never()) {
      collector.stand_between(damage.wounds[w].begins_s, course.losses.wounds[w].over_s(),
                              damage.wounds[w].component, Condition::carried);
    }
  }
  for (const Slowness& slow : damage.slow) {
    const auto& fault = scenario.faults[slow.fault];
    const double stated = fault.lasts.is_known() ? fault.at.value + fault.lasts->value
                                                 : std::numeric_limits<double>::infinity();
    collector.stand_between(fault.at.value, std::min(stated, course.ended_s[slow.fault]),
                            slow.component, Condition::degraded);
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
      state.causes[now.cause] = *now.by_cause;
    } else {
      state.causes.erase(now.cause);
    }
    const bool is_last = i + 1 == standings.size() || standings[i + 1].at_s != now.at_s ||
                         standings[i + 1].component != now.component;
    const Condition gravest = state.gravest();
    if (is_last && gravest != state.told) {
      state.told = gravest;
      changes.push_back({now.at_s, now.component, gravest});
    }
  }
  return changes;
}

}  // namespace outlast::clock
