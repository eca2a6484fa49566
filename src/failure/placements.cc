#include "failure/placements.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "blueprint/reached.h"

namespace outlast::failure {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::FateGroup;
using blueprint::FateGroupId;
using blueprint::FateKind;

namespace {

class PlacementLister {
 public:
  PlacementLister(const Blueprint& bp, const catalog::Catalog& catalog, std::size_t most)
      : bp_(bp), most_(most) {
    const auto is_in_play = zones_in_play(bp);
    for (const FateGroupId id : base::ids<FateGroupId>(bp.fate_groups().size())) {
      now_.push_back(id);
      const FateGroup& group = bp[id];
      if (!is_in_play[id.index]) {
        continue;
      }
      const auto* region = catalog.region(group.provider, group.region);
      Region& here = regions_[{group.provider, group.account, group.region}];
      here.room = region == nullptr || region->zones <= 0 ? kMostZones
                                                          : static_cast<std::size_t>(region->zones);
      if (group.is_certain) {
        here.taken.insert(id);
      } else {
        open_.push_back(id);
        stands_for_several_ = stands_for_several_ || group.may_be_several;
      }
    }
    // One that is any of some others comes after them.
    std::stable_partition(open_.begin(), open_.end(),
                          [&](FateGroupId id) { return bp_[id].candidates.empty(); });
    note_who_is_apart();
  }

  std::vector<Placement> list() {
    if (open_.empty() || stands_for_several_ || is_never_apart_) {
      return {};
    }
    place(0);
    if (is_too_many_) {
      return {};
    }
    return std::move(found_);
  }

 private:
  struct Region {
    std::set<FateGroupId> taken;  ///< zones that are there, known and unknown ones
    std::size_t room = 0;
  };

  /// A provider that refuses two in one zone has not put two in one.
  void note_who_is_apart() {
    std::map<FateGroupId, std::size_t> turn;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      turn.emplace(open_[i], i);
    }
    apart_.resize(open_.size());
    for (const Component& c : bp_.components()) {
      std::set<FateGroupId> zones;
      for (const auto& replica : c.replicas) {
        const FateGroupId zone = c.places_are_distinct ? replica.zone : FateGroupId();
        if (!zone.exists()) {
          continue;
        }
        is_never_apart_ = is_never_apart_ || zones.contains(zone);
        for (const FateGroupId other : zones) {
          note_apart(turn, zone, other);
        }
        zones.insert(zone);
      }
    }
  }

  /// Whichever is placed later looks at the other.
  void note_apart(const std::map<FateGroupId, std::size_t>& turn, FateGroupId a, FateGroupId b) {
    const auto of_a = turn.find(a);
    const auto of_b = turn.find(b);
    if (of_a != turn.end() && (of_b == turn.end() || of_b->second < of_a->second)) {
      apart_[of_a->second].push_back(b);
    } else if (of_b != turn.end()) {
      apart_[of_b->second].push_back(a);
    }
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as there are unknown zones
  void put(std::size_t i, FateGroupId zone) {
    const bool is_apart = std::none_of(apart_[i].begin(), apart_[i].end(),
                                       [&](FateGroupId other) { return now_[other] == zone; });
    if (is_apart) {
      now_[open_[i]] = zone;
      place(i + 1);
    }
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as there are unknown zones
  void place(std::size_t i) {
    is_too_many_ = is_too_many_ || ++steps_ > kMostSteps;
    if (is_too_many_) {
      return;
    }
    if (i == open_.size()) {
      is_too_many_ = found_.size() == most_;
      found_.push_back(now_);
      return;
    }
    const FateGroupId id = open_[i];
    const FateGroup& group = bp_[id];
    if (!group.candidates.empty()) {
      std::set<FateGroupId> zones;
      for (const FateGroupId candidate : group.candidates) {
        zones.insert(now_[candidate]);
      }
      for (const FateGroupId zone : zones) {
        put(i, zone);
      }
      return;
    }
    Region& region = regions_[{group.provider, group.account, group.region}];
    if (region.taken.size() < std::max<std::size_t>(region.room, 1)) {
      region.taken.insert(id);
      put(i, id);
      region.taken.erase(id);
    }
    const std::set<FateGroupId> there = region.taken;
    for (const FateGroupId zone : there) {
      put(i, zone);
    }
  }

  /// So many tries are made; what is left open by then has many placements, or none at all.
  static constexpr std::size_t kMostSteps = 100'000;

  const Blueprint& bp_;
  std::size_t most_;
  std::map<std::tuple<std::string, std::string, std::string>, Region> regions_;
  std::vector<FateGroupId> open_;
  std::vector<std::vector<FateGroupId>> apart_;  ///< by turn: those placed before, never the same
  std::size_t steps_ = 0;
  bool stands_for_several_ = false;
  bool is_never_apart_ = false;
  bool is_too_many_ = false;
  Placement now_;
  std::vector<Placement> found_;
};

}  // namespace

std::vector<bool> zones_in_play(const Blueprint& bp) {
  std::vector<bool> is_in_play(bp.fate_groups().size(), false);
  const auto is_reached = blueprint::reached_from(bp, blueprint::entries_of(bp));
  for (const auto id : base::ids<blueprint::ComponentId>(bp.components().size())) {
    if (!is_reached[id.index]) {
      continue;
    }
    for (const auto& replica : bp[id].replicas) {
      if (!replica.zone.exists()) {
        continue;
      }
      is_in_play[replica.zone.index] = true;
      for (const FateGroupId candidate : bp[replica.zone].candidates) {
        is_in_play[candidate.index] = true;
      }
    }
  }
  return is_in_play;
}

std::vector<Placement> possible_placements(const Blueprint& bp, const catalog::Catalog& catalog,
                                           std::size_t most) {
  return PlacementLister(bp, catalog, most).list();
}

}  // namespace outlast::failure
