#include "replay/unreached.h"

#include <algorithm>
#include <utility>

#include "replay/walk.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::Operations;

std::map<ComponentId, Unreached> unreached(const Blueprint& bp, const Player& player,
                                           const Played& played, const Staging& staging) {
  const auto loses = [&](ComponentId id) {
    return std::any_of(played.states.begin(), played.states.end(),
                       [&](const auto& layer) { return layer.second[id].most_lost() >= kNoticed; });
  };
  std::map<ComponentId, Unreached> out;
  const auto look = [&](const Need& need, Operations asked) {
    if (need.confidence == blueprint::Confidence::inferred) {
      return false;
    }
    for (const ComponentId target : need.any_of) {
      Timeline lost = player.on_the_way(need, target, asked, staging);
      if (lost.most_lost() < kNoticed || loses(target)) {
        continue;
      }
      Unreached& worst = out[target];
      if (lost.time_at_least(kNoticed) > worst.lost.time_at_least(kNoticed)) {
        worst = {&need, asked, std::move(lost)};
      }
    }
    return true;
  };
  std::vector<std::pair<ComponentId, Operations>> entries;
  for (const PathLoss& loss : played.paths) {
    entries.emplace_back(loss.path.enters, loss.path.operations);
  }
  (void)asked_from(bp, std::move(entries), look);
  return out;
}

}  // namespace outlast::replay
