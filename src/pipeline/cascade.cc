#include "pipeline/cascade.h"

#include <fmt/format.h>

#include <algorithm>

#include "blueprint/reached.h"
#include "failure/dependence.h"
#include "failure/replicas.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using findings::Condition;
using findings::Step;

namespace {

bool contains(const std::vector<blueprint::FateGroupId>& groups, blueprint::FateGroupId id) {
  return std::find(groups.begin(), groups.end(), id) != groups.end();
}

class Cascade {
 public:
  Cascade(const Blueprint& bp, const std::vector<const failure::Event*>& events,
          const base::IdVector<ComponentId, bool>& is_down)
      : bp_(bp),
        events_(events),
        is_down_(is_down),
        is_told_(bp.components().size(), false),
        needing_(bp.components().size()) {}

  std::vector<Step> tell(const std::vector<failure::Path>& paths) {
    find_ways(paths);
    std::vector<ComponentId> round;
    for (const ComponentId id : ways_) {
      if (const Hit hit = hit_of(bp_, id, events_); hit.is_whole || hit.replicas > 0) {
        add(id, 0, why_hit(id, hit), bp_[id].evidence, Condition::carried);
        round.push_back(id);
      }
    }
    std::size_t depth = 1;
    for (; !round.empty(); ++depth) {
      round = follow(round, depth);
    }
    for (const ComponentId id : ways_) {
      if (is_down_[id] && !is_told_[id]) {  // replicas in several places, each for its own reason
        add(id, depth, "too few of it are left with all they need", bp_[id].evidence,
            Condition::down);
      }
    }
    return std::move(steps_);
  }

 private:
  /// All that the entries of the paths rest on, each once, by index.
  void find_ways(const std::vector<failure::Path>& paths) {
    base::IdVector<ComponentId, bool> is_way(bp_.components().size(), false);
    std::vector<ComponentId> open;
    const auto reach = [&](ComponentId id) {
      if (!is_way[id]) {
        is_way[id] = true;
        open.push_back(id);
      }
    };
    for (const auto& path : paths) {
      reach(path.enters);
    }
    while (!open.empty()) {
      const ComponentId id = open.back();
      open.pop_back();
      blueprint::for_each_need(bp_[id], [&](NeedId need) {
        for (const ComponentId target : bp_[need].any_of) {
          needing_[target].push_back(id);
          reach(target);
        }
        if (bp_[need].via.exists()) {
          reach(bp_[need].via);
        }
      });
    }
    for (const ComponentId id : base::ids<ComponentId>(is_way.size())) {
      if (is_way[id]) {
        ways_.push_back(id);
      }
    }
  }

  /// in  unless_down  what it is where it goes on
  void add(ComponentId id, std::size_t depth, std::string why, blueprint::Evidence evidence,
           Condition unless_down) {
    is_told_[id] = true;
    steps_.push_back({depth, bp_[id].id, bp_[id].name, std::move(why), std::move(evidence),
                      is_down_[id] ? Condition::down : unless_down});
  }

  [[nodiscard]] std::string why_hit(ComponentId id, const Hit& hit) const {
    const std::size_t count = bp_[id].replicas.size();
    const std::string what = hit.is_whole || hit.replicas == count
                                 ? (count == 1 ? "is hit" : fmt::format("all {} are hit", count))
                                 : fmt::format("{} of {} are hit", hit.replicas, count);
    const bool is_partly = !hit.is_whole && hit.replicas < count;
    if (!is_down_[id]) {
      return what + (is_partly ? ", the rest carries on" : "; those who run go on without it");
    }
    const bool suffices = count - hit.replicas >= bp_[id].at_least;
    if (is_partly && suffices) {
      return what + ", and the rest lacks what it needs";
    }
    return is_partly ? fmt::format("{}, and {} are needed", what, bp_[id].at_least) : what;
  }

  /// Those that stop because of a need that is not met by what is told already: they need something
  /// of what was told last.
  std::vector<ComponentId> follow(const std::vector<ComponentId>& last, std::size_t depth) {
    std::vector<ComponentId> near;
    for (const ComponentId id : last) {
      near.insert(near.end(), needing_[id].begin(), needing_[id].end());
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    std::vector<std::pair<ComponentId, NeedId>> next;
    for (const ComponentId id : near) {
      if (is_told_[id]) {
        continue;
      }
      if (const NeedId need = unmet_need(id); need.exists()) {
        next.emplace_back(id, need);
      }
    }
    std::vector<ComponentId> round;
    for (const auto& [id, need] : next) {
      add(id, depth, why_stopped(id, bp_[need]), bp_[need].evidence, Condition::degraded);
      round.push_back(id);
    }
    return round;
  }

  [[nodiscard]] NeedId unmet_need(ComponentId id) const {
    for (const NeedId need : blueprint::all_needs(bp_[id])) {
      const Need& n = bp_[need];
      const auto lost = std::count_if(n.any_of.begin(), n.any_of.end(), [&](ComponentId target) {
        return is_down_[target] && is_told_[target];
      });
      const bool is_unmet = n.any_of.size() - static_cast<std::size_t>(lost) < n.at_least;
      const bool is_switch_lost = lost > 0 && n.via.exists() && is_down_[n.via];
      const bool weakens = failure::lessens(n);
      const bool matters = is_down_[id] ? failure::stops(n.strength) : weakens;
      const bool is_fact = n.confidence != blueprint::Confidence::inferred;
      if (matters && is_fact && (is_unmet || is_switch_lost)) {
        return need;
      }
    }
    return {};
  }

  [[nodiscard]] std::string why_stopped(ComponentId id, const Need& need) const {
    std::string names;
    for (const ComponentId target : need.any_of) {
      names += (names.empty() ? "" : " or ") + bp_[target].name;
    }
    return fmt::format("{} {} ({}{}, {})", is_down_[id] ? "needs" : "goes on with less without",
                       names,
                       need.strength == blueprint::Strength::hard
                           ? ""
                           : std::string(blueprint::name_of(need.strength)) + " ",
                       need.kind == blueprint::EdgeKind::supply ? "supply" : "call",
                       blueprint::name_of(need.confidence));
  }

  const Blueprint& bp_;
  const std::vector<const failure::Event*>& events_;
  const base::IdVector<ComponentId, bool>& is_down_;
  base::IdVector<ComponentId, bool> is_told_;
  std::vector<ComponentId> ways_;
  base::IdVector<ComponentId, std::vector<ComponentId>> needing_;  ///< of the ways
  std::vector<Step> steps_;
};

}  // namespace

Hit hit_of(const Blueprint& bp, ComponentId id, const std::vector<const failure::Event*>& events) {
  const Component& c = bp[id];
  Hit hit;
  std::vector<bool> is_lost(c.replicas.size(), false);
  const auto host = failure::host_of(bp, id);
  const ComponentId machine = host.exists() ? failure::only_machine_of(bp, host) : ComponentId();
  for (const failure::Event* event : events) {
    if (machine.exists() && event->component == machine &&
        event->kind == failure::EventKind::instance) {
      is_lost.assign(c.replicas.size(), true);
    } else if (event->component == id) {
      event->kind == failure::EventKind::instance ? is_lost[event->replica] = true
                                                  : hit.is_whole = true;
    }
    hit.is_whole = hit.is_whole || (event->group.exists() && contains(c.fate_groups, event->group));
    for (std::size_t r = 0; r < c.replicas.size() && event->group.exists(); ++r) {
      const auto& replica = c.replicas[r];
      is_lost[r] =
          is_lost[r] || replica.zone == event->group || contains(replica.fate_groups, event->group);
    }
  }
  hit.replicas = static_cast<std::size_t>(std::count(is_lost.begin(), is_lost.end(), true));
  return hit;
}

std::vector<Step> cascade(const Blueprint& bp, const std::vector<const failure::Event*>& events,
                          const base::IdVector<ComponentId, bool>& is_down,
                          const std::vector<failure::Path>& paths) {
  return Cascade(bp, events, is_down).tell(paths);
}

std::vector<Step> cascade_of(const Blueprint& bp, const failure::Event& event,
                             const failure::Impact& impact,
                             const std::vector<failure::Path>& paths) {
  base::IdVector<ComponentId, bool> is_down(bp.components().size(), false);
  for (const auto& casualty : impact.casualties) {
    is_down[casualty.component] = casualty.is_down;
  }
  for (const auto& bystander : impact.bystanders) {
    is_down[bystander.component] = bystander.is_down;
  }
  std::vector<failure::Path> touched;
  for (const auto& path : impact.paths) {
    touched.push_back(paths[path.path]);
  }
  return cascade(bp, {&event}, is_down, touched);
}

}  // namespace outlast::pipeline
