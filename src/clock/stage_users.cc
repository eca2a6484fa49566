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

/// Times one factor within a time, and times another outside of it.
std::vector<RatePoint> scaled(const std::vector<RatePoint>& users, const Parting& parting,
                              double within, double outside) {
  std::vector<double> moments = {0, parting.from_s, parting.from_s + kAtOnce_s};
  if (std::isfinite(parting.until_s)) {
    moments.insert(moments.end(), {parting.until_s, parting.until_s + kAtOnce_s});
  }
  for (const RatePoint& point : users) {
    moments.push_back(point.at_s);
  }
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  std::vector<RatePoint> all;
  for (const double at_s : moments) {
    const bool has_begun = at_s > parting.from_s || parting.from_s <= 0;
    const double times = has_begun && at_s <= parting.until_s ? within : outside;
    all.push_back({at_s, times * engines::simulation::rate_at(users, at_s)});
  }
  return all;
}

/// Users who come straight to replicas that are told apart for a time only.
void part_users(Stage& stage, const Parting& parting) {
  auto& load = stage.out.load;
  for (auto& source : load.model.sources) {
    const std::size_t to = load.model.calls[source.call].to.index;
    if (to != parting.whole && to != parting.apart) {
      continue;
    }
    const auto of = [&](std::size_t station) {
      const auto& part = load.parts[station];
      return static_cast<double>(part.replicas.size()) /
             static_cast<double>(stage.bp[part.component].replicas.size());
    };
    const bool is_apart = to == parting.apart;
    const double within = (is_apart ? parting.share : 1 - parting.share) / of(to);
    source.rate = scaled(source.rate, parting, within, is_apart ? 0 : 1 / of(to));
  }
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
  for (const Parting& parting : stage.partings) {
    part_users(stage, parting);
  }
}

}  // namespace outlast::clock
