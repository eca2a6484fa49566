#include "replay/series.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/units.h"
#include "failure/impact.h"

namespace outlast::replay {

using blueprint::ComponentId;

namespace {

constexpr std::size_t kMoments = 96;

/// The last change of anything that users feel.
double last_change(const Played& played) {
  double last_s = 0;
  for (const PathLoss& path : played.paths) {
    for (const Timeline::Step& step : path.lost.steps()) {
      last_s = std::isfinite(step.from_s) ? std::max(last_s, step.from_s) : last_s;
    }
  }
  return last_s;
}

/// What all that is lost up to a moment was worth.
void add_value(const std::vector<double>& usd_s, findings::ReplaySeries& series) {
  double sum = 0;
  std::vector<double> all;
  for (const double usd : usd_s) {
    all.push_back(sum);
    sum += usd * series.step_s;
  }
  if (sum > 0) {
    series.loss_usd = std::move(all);
  }
}

/// A little of what comes after the last change is shown too.
std::vector<double> sampled(const Timeline& timeline, double step_s) {
  std::vector<double> lost;
  for (std::size_t i = 0; i < kMoments; ++i) {
    lost.push_back(timeline.lost_at(static_cast<double>(i) * step_s));
  }
  return lost;
}

}  // namespace

findings::ReplaySeries series_of(const blueprint::Blueprint& bp, const Played& played,
                                 bool with_components) {
  findings::ReplaySeries series;
  const double last_s = last_change(played);
  if (last_s <= 0) {
    return series;
  }
  series.step_s = last_s / static_cast<double>(kMoments - 4);
  series.lost.resize(kMoments);
  std::vector<double> usd_s(kMoments, 0.0);  // lost a second
  for (const PathLoss& path : played.paths) {
    const std::vector<double> lost = sampled(path.lost, series.step_s);
    const double usd_per_s = failure::usd_per_hour(bp, path.path) / base::kSecondsPerHour;
    for (std::size_t i = 0; i < kMoments; ++i) {
      series.lost[i] = std::min(1.0, series.lost[i] + lost[i] * path.path.weight);
      usd_s[i] += lost[i] * usd_per_s;
    }
  }
  add_value(usd_s, series);
  if (!with_components) {
    return series;
  }
  std::map<std::string, findings::ReplaySeries::Track> tracks;
  for (const auto& [operations, states] : played.states) {
    for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
      if (states[id].most_lost() < kNoticed) {
        continue;
      }
      auto& track = tracks[bp[id].id];
      track = {bp[id].id, bp[id].name, std::move(track.lost)};
      track.lost.resize(kMoments);
      const std::vector<double> lost = sampled(states[id], series.step_s);
      for (std::size_t i = 0; i < kMoments; ++i) {
        track.lost[i] = std::max(track.lost[i], lost[i]);
      }
    }
  }
  for (auto& [id, track] : tracks) {
    series.components.push_back(std::move(track));
  }
  return series;
}

}  // namespace outlast::replay
