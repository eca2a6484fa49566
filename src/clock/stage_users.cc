#include <algorithm>
#include <cmath>

#include "clock/staging.h"

namespace outlast::clock {

using engines::simulation::RatePoint;

namespace {

constexpr double kAtOnce_s = 1e-3;

/// From then on no more than so many come in.
std::vector<RatePoint> throttled(const std::vector<RatePoint>& users, double at_s, double most) {
  std::vector<RatePoint> capped;
  for (const RatePoint& point : users) {
    if (point.at_s < at_s) {
      capped.push_back(point);
    }
  }
  const double before = engines::simulation::rate_at(users, at_s);
  capped.push_back({at_s, before});
  capped.push_back({at_s + kAtOnce_s, std::min(before, most)});
  for (const RatePoint& point : users) {
    if (point.at_s > at_s + kAtOnce_s) {
      capped.push_back({point.at_s, std::min(point.per_s, most)});
    }
  }
  return capped;
}

}  // namespace

void bring_users(Stage& stage, double users) {
  std::vector<RatePoint>& points = stage.out.users;
  points.push_back({0, users});
  for (const auto& fault : stage.scenario.faults) {
    if (fault.fault != blueprint::Fault::surge) {
      continue;
    }
    // Who comes while others still come goes on from there.
    const double from_s = fault.at.value;
    const double before = engines::simulation::rate_at(points, from_s);
    std::erase_if(points, [&](const RatePoint& point) { return point.at_s >= from_s; });
    points.push_back({from_s, before});
    points.push_back(
        {from_s + std::max(kAtOnce_s, fault.within.value_or({0}).value), *fault.users});
  }
  for (std::size_t r = 0; r < stage.scenario.recoveries.size(); ++r) {
    const auto& recovery = stage.scenario.recoveries[r];
    const double at_s = stage.course.done[r].at_s;
    if (recovery.remedy == blueprint::Remedy::throttle && std::isfinite(at_s)) {
      points = throttled(points, at_s, *recovery.users);
    }
  }
  set_users(stage.out.load, points);
}

}  // namespace outlast::clock
