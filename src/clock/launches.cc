// When replicas can be launched.
//
// A launch takes what a start takes (keys, images, secrets), and what the group is changed with, its
// control plane; and no limit may stand against it. Whatever of that is not to be had, a launch
// waits for: a replacement, a replica that an autoscaler asks for, capacity that people add.

#include <algorithm>
#include <limits>

#include "clock/course.h"

namespace outlast::clock {

using blueprint::ComponentId;
using blueprint::Need;
using blueprint::Strength;

namespace {

constexpr std::size_t kAny = std::numeric_limits<std::uint32_t>::max();

bool is_for_launching(Strength strength) {
  return strength == Strength::startup || strength == Strength::refresh ||
         strength == Strength::control;
}

}  // namespace

Timeline unmet(const Course& course, const Need& need) {
  std::vector<Timeline> gone;
  for (const Course::Reading& reading : course.readings) {
    std::vector<Timeline> targets;
    for (const ComponentId target : need.any_of) {
      targets.push_back(reading.whole[target]);
    }
    gone.push_back(replay::lost_by_at_least(targets.size() - need.at_least + 1, targets));
  }
  return replay::worst_of(gone);
}

std::vector<Allowed> allowed_over_time(const blueprint::Blueprint& bp, const Damage& damage,
                                       const Course& course, ComponentId id) {
  std::vector<std::pair<Timeline, std::size_t>> limits;
  for (std::size_t f = 0; f < damage.frozen.size(); ++f) {
    if (damage.frozen[f].component == id) {
      limits.emplace_back(course.losses.frozen[f], damage.frozen[f].most);
    }
  }
  for (const blueprint::NeedId need : bp[id].needs) {
    if (is_for_launching(bp[need].strength)) {
      limits.emplace_back(unmet(course, bp[need]), 0);
    }
  }
  std::vector<double> moments;
  for (const auto& [limit, most] : limits) {
    for (const auto& step : limit.steps()) {
      moments.push_back(step.from_s);
    }
  }
  std::sort(moments.begin(), moments.end());
  std::vector<Allowed> allowed;
  for (const double at_s : moments) {
    std::size_t now = kAny;
    for (const auto& [limit, most] : limits) {
      now = limit.lost_at(at_s) >= replay::kDown ? std::min(now, most) : now;
    }
    if (now != (allowed.empty() ? kAny : allowed.back().most)) {
      allowed.push_back({at_s, now});
    }
  }
  return allowed;
}

double launch_from(const std::vector<Allowed>& allowed, std::size_t replicas, double from_s) {
  std::size_t now = kAny;
  double at_s = from_s;
  for (const Allowed& step : allowed) {
    if (step.from_s > at_s && now >= replicas) {
      return at_s;
    }
    now = step.most;
    at_s = std::max(at_s, step.from_s);
  }
  return now >= replicas ? at_s : std::numeric_limits<double>::infinity();
}

}  // namespace outlast::clock
