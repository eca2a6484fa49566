#include "clock/pieces.h"

#include <algorithm>
#include <map>

namespace outlast::clock {

using blueprint::FateGroupId;

std::vector<Piece> pieces_of(const blueprint::Blueprint& bp, const LoadDetail& detail,
                             blueprint::ComponentId id) {
  const auto& c = bp[id];
  const auto slow = detail.slow.find(id);
  std::map<FateGroupId, Piece> by_zone;  // the absent one first: elsewhere
  Piece rest;
  Piece told;
  told.is_slow = true;
  for (std::size_t r = 0; r < c.replicas.size(); ++r) {
    const FateGroupId zone = c.replicas[r].zone;
    const bool is_cut = zone.exists() && detail.cut_zones.contains(zone);
    if (slow != detail.slow.end()) {
      const auto& all = slow->second;
      const bool is_slow = std::find(all.begin(), all.end(), r) != all.end();
      (is_slow ? told : rest).replicas.push_back(r);
    } else if (detail.cut_zones.empty()) {
      rest.replicas.push_back(r);
    } else {
      Piece& piece = by_zone[is_cut ? zone : FateGroupId()];
      piece.replicas.push_back(r);
      piece.zone = is_cut ? zone : FateGroupId();
      piece.is_elsewhere = !is_cut;
    }
  }
  std::vector<Piece> pieces;
  for (auto& [zone, piece] : by_zone) {
    pieces.push_back(std::move(piece));
  }
  for (Piece* piece : {&rest, &told}) {
    if (!piece->replicas.empty()) {
      pieces.push_back(std::move(*piece));
    }
  }
  if (c.redundancy == blueprint::Redundancy::primary_standby) {
    // All go to the primary.
    const bool is_cut = detail.cut_zones.contains(c.replicas.front().zone);
    return {{{0},
             is_cut ? c.replicas.front().zone : FateGroupId(),
             false,
             !detail.cut_zones.empty() && !is_cut}};
  }
  return pieces;
}

}  // namespace outlast::clock
