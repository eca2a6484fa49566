#include "clock/lost_course.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "clock/harm.h"
#include "clock/run.h"

namespace outlast::clock {

using replay::Timeline;

namespace {

std::optional<Run> likely_run(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                              const blueprint::Scenario& day, SimulateOptions how) {
  base::Diagnostics diagnostics;
  const double users = day.users.is_known() ? *day.users : bp.objectives().users.now.value_or(0);
  const Damage damage = damage_of(bp, catalog, day, Luck::likely, diagnostics);
  auto run = clock::run(bp, catalog, day, damage, Strain::likely, users, how);
  return run && !run->outcome.is_cut_off ? std::optional(std::move(*run)) : std::nullopt;
}

/// Shares by step as a timeline since the faults began.
Timeline timeline_of(const std::vector<double>& shares, double step_s, const Watch& watch) {
  std::vector<Timeline::Step> steps;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double ends_s = static_cast<double>(i + 1) * step_s - kSeenFrom_s;
    if (ends_s > 0) {
      steps.push_back({std::max(0.0, ends_s - step_s), shares[i]});
    }
  }
  const auto lossy = std::count_if(shares.begin(), shares.end(),
                                   [](double share) { return share >= replay::kNoticed; });
  const bool goes_on = static_cast<double>(lossy) * step_s >= kNearlyAll * watch.watched_s;
  const double over_s = goes_on ? watch.lasts_s : watch.watched_s;
  if (std::isfinite(over_s)) {
    steps.push_back({over_s, 0});
  }
  return Timeline(steps);
}

/// What a part takes and does not do in time.
double not_done(const engines::simulation::StationTracks& tracks, std::size_t step) {
  const double came = tracks.arrived[step];
  return came > 0 ? std::clamp(1 - (tracks.done[step] - tracks.wasted[step]) / came, 0.0, 1.0) : 0;
}

void tell_part(const Run& run, const Watch& watch, replay::FullPart& part) {
  std::vector<double> most;
  for (std::size_t s = 0; s < run.staged.load.parts.size(); ++s) {
    const auto& tracks = run.outcome.stations[engines::simulation::StationId(s)];
    if (run.staged.load.parts[s].component != part.component) {
      continue;
    }
    most.resize(tracks.arrived.size());
    for (std::size_t i = 0; i < most.size(); ++i) {
      most[i] = std::max(most[i], not_done(tracks, i));
    }
  }
  part.lost = timeline_of(most, run.outcome.step_s, watch);
}

}  // namespace

void tell_losses(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                 const blueprint::Scenario& day, const SimulateOptions& how, const Watch& watch,
                 replay::Weight& weight) {
  SimulateOptions options = how;
  options.until_s = kSeenFrom_s + watch.watched_s;
  const auto with = likely_run(bp, catalog, day, options);
  const auto nothing_fails = without_faults(day);
  const auto alone =
      nothing_fails ? likely_run(bp, catalog, *nothing_fails, options) : std::nullopt;
  if (!with) {
    return;
  }
  auto tracks = tracks_of(*with);
  const auto before = alone ? tracks_of(*alone) : std::vector<PathTrack>{};
  for (std::size_t p = 0; p < tracks.size(); ++p) {
    std::vector<double> partly(tracks[p].lost.size());
    for (std::size_t i = 0; i < partly.size(); ++i) {
      const bool has_before = p < before.size() && i < before[p].lost.size();
      const bool is_added = !has_before || tracks[p].lost[i] > before[p].lost[i] + replay::kNoticed;
      tracks[p].lost[i] = is_added ? tracks[p].lost[i] : 0;
      partly[i] = tracks[p].is_partly[i] && (!has_before || !before[p].is_partly[i]) ? 1 : 0;
    }
    const double step_s = with->outcome.step_s;
    weight.paths.push_back(
        {timeline_of(tracks[p].lost, step_s, watch), timeline_of(partly, step_s, watch)});
  }
  for (replay::FullPart& part : weight.full) {
    tell_part(*with, watch, part);
  }
}

}  // namespace outlast::clock
