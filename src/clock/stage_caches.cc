// Answers that are kept, and lost with what keeps them.
//
// Who restarts is empty: a cache of its own with its replicas, whichever of them died; one with a
// standby only where both did. A replica that keeps answers for itself alone is empty once it is
// back, and meanwhile the others have all of theirs. While what keeps them cannot be reached it
// answers nothing, and loses nothing.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "clock/staging.h"

namespace outlast::clock {

using blueprint::ComponentId;
using blueprint::Need;
using engines::simulation::CallId;
using engines::simulation::Quantity;

namespace {

/// Replicas of a component that have died by a moment and are not back.
struct Dead {
  double at_s = 0;
  double share = 0;      ///< of its replicas, that are dead from then on
  double came_back = 0;  ///< of its replicas, that are back at that moment
};

std::set<std::size_t> dead_at(const Stage& stage, ComponentId id, double at_s) {
  std::set<std::size_t> dead;
  const std::size_t all = stage.bp[id].replicas.size();
  for (std::size_t w = 0; w < stage.damage.wounds.size(); ++w) {
    const Wound& wound = stage.damage.wounds[w];
    const bool is_dead = wound.component == id && wound.lost >= 1 && wound.begins_s <= at_s &&
                         at_s < stage.course.healing[w].up_s;
    for (std::size_t r = 0; is_dead && r < all; ++r) {
      const bool is_hit =
          wound.replicas.empty() ||
          std::find(wound.replicas.begin(), wound.replicas.end(), r) != wound.replicas.end();
      if (is_hit) {
        dead.insert(r);
      }
    }
  }
  return dead;
}

std::vector<Dead> deaths_of(const Stage& stage, ComponentId id) {
  std::set<double> moments;
  for (std::size_t w = 0; w < stage.damage.wounds.size(); ++w) {
    if (stage.damage.wounds[w].component == id) {
      moments.insert({stage.damage.wounds[w].begins_s, stage.course.healing[w].up_s});
    }
  }
  std::vector<Dead> deaths;
  std::set<std::size_t> before;
  const auto all = static_cast<double>(std::max<std::size_t>(1, stage.bp[id].replicas.size()));
  for (const double at_s : moments) {
    if (!std::isfinite(at_s)) {
      continue;
    }
    const auto dead = dead_at(stage, id, at_s);
    const auto back = static_cast<double>(std::count_if(
        before.begin(), before.end(), [&](std::size_t r) { return !dead.contains(r); }));
    deaths.push_back({at_s, static_cast<double>(dead.size()) / all, back / all});
    before = dead;
  }
  return deaths;
}

/// What stands between a caller and what keeps its answers.
Timeline unreached(const Stage& stage, const Need& need) {
  std::vector<Timeline> causes = {stage.course.whole(need.cached_in)};
  for (std::size_t s = 0; s < stage.damage.severed.size(); ++s) {
    const Severance& severance = stage.damage.severed[s];
    const Need& cut = stage.bp[severance.need];
    if (cut.from == need.from && cut.any_of[severance.target] == need.cached_in) {
      causes.push_back(stage.course.losses.severed[s]);
    }
  }
  return replay::worst_of(causes);
}

/// out  shares of its cache that a need has lost, from each moment on; told once
void empty_cache(Stage& stage, std::size_t call, const Need& need, bool is_told) {
  const bool is_elsewhere = need.cached_in.exists();
  const ComponentId keeper = is_elsewhere ? need.cached_in : need.from;
  const bool has_standby =
      stage.bp[keeper].redundancy == blueprint::Redundancy::primary_standby && is_elsewhere;
  double gone = 0;
  for (const Dead& dead : deaths_of(stage, keeper)) {
    const double now = has_standby && dead.share < 1 ? 0 : dead.share;
    if (is_elsewhere) {
      stage.change(dead.at_s, Quantity::cache_room, call, 1 - now);
    } else if (dead.came_back > 0) {
      stage.change(dead.at_s, Quantity::cache_room, call, 1 - dead.came_back);
      stage.change(dead.at_s, Quantity::cache_room, call, 1);
    }
    const double lost = is_elsewhere ? now - gone : dead.came_back;
    if (lost > 0 && is_told) {
      stage.tell(dead.at_s, need.from,
                 fmt::format("{:.3g} % of the answers of {} that are kept are lost", 100 * lost,
                             stage.bp[need.any_of.front()].name),
                 is_elsewhere ? fmt::format("{} kept them", stage.bp[keeper].name)
                              : std::string("replicas that start have none"));
    }
    gone = now;
  }
  if (is_elsewhere) {
    const Timeline lost = unreached(stage, need);
    for (const auto& step : lost.steps()) {
      stage.change(step.from_s, Quantity::cache_answers, call, 1 - std::min(1.0, step.lost));
    }
  }
}

}  // namespace

void empty_caches(Stage& stage) {
  std::set<blueprint::NeedId> told;
  for (std::size_t call = 0; call < stage.out.load.ways.size(); ++call) {
    const auto id = stage.out.load.ways[call].need;
    if (id.exists() && stage.bp[id].cached.exists) {
      empty_cache(stage, call, stage.bp[id], told.insert(id).second);
    }
  }
}

}  // namespace outlast::clock
