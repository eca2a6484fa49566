#include "clock/missed.h"

#include <algorithm>

namespace outlast::clock {

using blueprint::NeedId;
using engines::simulation::CallId;
using engines::simulation::CallTracks;

namespace {

Missed missed_of(const Run& run, NeedId need, std::optional<std::size_t> kind) {
  std::vector<double> asked;
  Missed missed{need, {}};
  const auto& ways = run.staged.load.ways;
  for (std::size_t call = 0; call < ways.size(); ++call) {
    const CallTracks& tracks = run.outcome.calls[CallId(call)];
    const bool is_meant = !kind || run.staged.load.model.calls[CallId(call)].kind == *kind;
    if (ways[call].need != need || tracks.asked.empty() || !is_meant) {
      continue;
    }
    asked.resize(tracks.asked.size());
    missed.share.resize(tracks.asked.size());
    for (std::size_t i = 0; i < asked.size(); ++i) {
      asked[i] += tracks.asked[i];
      missed.share[i] += tracks.missed[i];
    }
  }
  for (std::size_t i = 0; i < asked.size(); ++i) {
    missed.share[i] = asked[i] > 0 ? std::min(1.0, missed.share[i] / asked[i]) : 0;
  }
  return missed;
}

}  // namespace

std::vector<Missed> missed_in(const Run& run, const std::vector<NeedId>& needs,
                              std::optional<std::size_t> kind) {
  std::vector<Missed> all;
  for (const NeedId need : needs) {
    Missed missed = missed_of(run, need, kind);
    if (std::any_of(missed.share.begin(), missed.share.end(), [](double s) { return s > 0; })) {
      all.push_back(std::move(missed));
    }
  }
  return all;
}

ValueLost value_lost(const blueprint::Blueprint& bp, const std::vector<Missed>& missed,
                     std::size_t steps) {
  ValueLost lost{std::vector<double>(steps, 0), std::vector<double>(steps, 0)};
  for (const Missed& each : missed) {
    const auto& loses = bp[each.need].loses;
    for (std::size_t i = 0; i < steps; ++i) {
      lost.low[i] = 1 - (1 - lost.low[i]) * (1 - loses.low * each.share[i]);
      lost.high[i] = 1 - (1 - lost.high[i]) * (1 - loses.high * each.share[i]);
    }
  }
  return lost;
}

}  // namespace outlast::clock
