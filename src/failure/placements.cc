#include "failure/placements.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

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
    for (const FateGroupId id : base::ids<FateGroupId>(bp.fate_groups().size())) {
      now_.push_back(id);
      const FateGroup& group = bp[id];
      if (group.kind != FateKind::zone) {
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
  }

  std::vector<Placement> list() {
    if (open_.empty() || stands_for_several_) {
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

  void place(std::size_t i) {
    if (is_too_many_) {
      return;
    }
    if (i == open_.size()) {
      if (keeps_distinct_apart()) {
        is_too_many_ = found_.size() == most_;
        found_.push_back(now_);
      }
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
        now_[id] = zone;
        place(i + 1);
      }
      return;
    }
    Region& region = regions_[{group.provider, group.account, group.region}];
    if (region.taken.size() < std::max<std::size_t>(region.room, 1)) {
      now_[id] = id;
      region.taken.insert(id);
      place(i + 1);
      region.taken.erase(id);
    }
    const std::set<FateGroupId> there = region.taken;
    for (const FateGroupId zone : there) {
      now_[id] = zone;
      place(i + 1);
    }
  }

  /// A provider that refuses two in one zone has not put two in one.
  [[nodiscard]] bool keeps_distinct_apart() const {
    return std::all_of(bp_.components().begin(), bp_.components().end(), [&](const Component& c) {
      std::set<FateGroupId> zones;
      return !c.places_are_distinct ||
             std::all_of(c.replicas.begin(), c.replicas.end(), [&](const auto& replica) {
               return !replica.zone.exists() || zones.insert(now_[replica.zone]).second;
             });
    });
  }

  const Blueprint& bp_;
  std::size_t most_;
  std::map<std::tuple<std::string, std::string, std::string>, Region> regions_;
  std::vector<FateGroupId> open_;
  bool stands_for_several_ = false;
  bool is_too_many_ = false;
  Placement now_;
  std::vector<Placement> found_;
};

}  // namespace

std::vector<Placement> possible_placements(const Blueprint& bp, const catalog::Catalog& catalog,
                                           std::size_t most) {
  return PlacementLister(bp, catalog, most).list();
}

}  // namespace outlast::failure
