// What faults and recoveries do by structure alone.
//
// Problem. A zone falls; a replica waits for it, then starts, which takes the registry, which lies
// in the zone too; people restore a database once the console is back. When is what up?
//
// Method. Wounds are timelines of the share of requests that is lost. The rules of what it takes to
// run are applied to them (`failure::Running`, as the replay of incidents does). Whatever waits for
// something to be up (a replica for what it needs to start, a recovery for what it is done with)
// is looked at again until nothing moves; what still moves after as many rounds as there are wounds
// waits for itself, and never ends.
//
// It ends: times only grow, and rounds are bounded.

#include "clock/course.h"

#include <algorithm>
#include <cmath>

#include "failure/knots.h"
#include "failure/patience.h"
#include "failure/running.h"

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Strength;
using replay::kDown;
using replay::lost_by_at_least;
using replay::worst_of;

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

class CourseFinder {
 public:
  CourseFinder(const Blueprint& bp, const failure::Dependence& dependence,
               const blueprint::Scenario& scenario, const Damage& damage,
               const std::set<NeedId>& called)
      : bp_(bp),
        dependence_(dependence),
        scenario_(scenario),
        damage_(damage),
        called_(called),
        wounds_at_(bp.components().size()) {
    for (std::size_t w = 0; w < damage.wounds.size(); ++w) {
      wounds_at_[damage.wounds[w].component.index].push_back(w);
    }
    for (std::size_t s = 0; s < damage.severed.size(); ++s) {
      severed_at_[{damage.severed[s].need, damage.severed[s].target}].push_back(s);
    }
    out_.ended_s.assign(scenario.faults.size(), kNever);
    out_.severed.resize(damage.severed.size());
    out_.wounds.resize(damage.wounds.size());
    up_s_.assign(damage.wounds.size(), 0);
  }

  Course find() {
    begin_readings();
    settle_with_starts();
    for (const auto& recovery : scenario_.recoveries) {
      out_.done.push_back(when_done(recovery));
      const double holds_s = out_.done.back().at_s + recovery.reaches.value_or({0}).value;
      for (std::size_t f = 0; f < scenario_.faults.size(); ++f) {
        const auto& id = scenario_.faults[f].id;
        if (std::find(recovery.ends.begin(), recovery.ends.end(), id) != recovery.ends.end()) {
          out_.ended_s[f] = std::min(out_.ended_s[f], holds_s);
        }
      }
      if (!recovery.ends.empty()) {
        settle_with_starts();
      }
    }
    for (Course::Reading& reading : out_.readings) {
      find_own(reading);
    }
    return std::move(out_);
  }

 private:
  struct Algebra {
    using State = Timeline;
    const CourseFinder& finder;
    const States* settled;  ///< null: with all calls; else they are left to the engine

    [[nodiscard]] State never() const { return {}; }
    [[nodiscard]] State always() const { return Timeline({{0, 1}}); }
    [[nodiscard]] State any(const std::vector<State>& s) const { return worst_of(s); }
    [[nodiscard]] State all(const std::vector<State>& s) const {
      return lost_by_at_least(s.size(), s);
    }
    [[nodiscard]] State at_least(std::size_t k, const std::vector<State>& s) const {
      return lost_by_at_least(k, s);
    }
    [[nodiscard]] bool may_strike(ComponentId id) const {
      return !finder.wounds_at_[id.index].empty();
    }
    [[nodiscard]] State own(ComponentId id, std::size_t replica) const {
      return finder.own(id, replica);
    }
    [[nodiscard]] State whole(ComponentId id) const { return finder.own(id, kAll); }
    [[nodiscard]] State switched(const State& active, const State& via, const State& rest,
                                 const blueprint::Switching& switching, bool is_in_loop) const {
      const double detect = is_in_loop ? 0 : switching.detect.value_or({}).value;
      const double takes = is_in_loop ? 0 : switching.takes.value_or({}).value;
      const double notices =
          switching.notices.is_known() ? switching.notices->value : replay::kDown;
      return replay::switched(active, via, rest, {detect, takes, notices});
    }
    [[nodiscard]] State moved(ComponentId id, std::size_t replica, const State& state) const {
      return finder.moved(id, replica, state);
    }
    [[nodiscard]] State delayed(const Need& need, const State& state) const {
      const double spread = failure::is_lease(need) ? need.every->value / 2 : 0;
      const double retry = failure::is_lease(need) ? need.retry.value_or({}).value / 2 : 0;
      return replay::after_buffer(state, need.buffer->value - spread, retry);
    }
    [[nodiscard]] State by_way_of(const Need& need, ComponentId target, const State& state) const {
      return finder.by_way_of(need, target, state, settled);
    }
  };

  static constexpr std::size_t kAll = static_cast<std::size_t>(-1);

  void begin_readings() {
    for (const auto& path : failure::list_paths(bp_)) {
      auto known =
          std::find_if(out_.readings.begin(), out_.readings.end(),
                       [&](const auto& reading) { return reading.operations == path.operations; });
      if (known == out_.readings.end()) {
        out_.readings.push_back({path.operations,
                                 0,
                                 States(bp_.components().size()),
                                 States(bp_.components().size()),
                                 {}});
        known = out_.readings.end() - 1;
      }
      known->weight += path.weight;
    }
  }

  [[nodiscard]] Timeline own(ComponentId id, std::size_t replica) const {
    std::vector<Timeline> causes;
    for (const std::size_t w : wounds_at_[id.index]) {
      const auto& replicas = damage_.wounds[w].replicas;
      const bool is_hit =
          replica == kAll ? replicas.empty()
                          : std::find(replicas.begin(), replicas.end(), replica) != replicas.end();
      if (is_hit) {
        causes.push_back(out_.wounds[w]);
      }
    }
    return worst_of(causes);
  }

  /// What a replica needed in the zone that fell no longer matters once it was started elsewhere.
  [[nodiscard]] Timeline moved(ComponentId id, std::size_t replica, const Timeline& state) const {
    double until_s = kNever;
    for (const std::size_t w : wounds_at_[id.index]) {
      const Wound& wound = damage_.wounds[w];
      const bool is_hit =
          std::find(wound.replicas.begin(), wound.replicas.end(), replica) != wound.replicas.end();
      const bool falls_with_zone = scenario_.faults[wound.fault].match.zone.is_known();
      if (is_hit && falls_with_zone && wound.over_s <= 0) {
        until_s = std::min(until_s, up_s_[w]);
      }
    }
    return std::isfinite(until_s)
               ? replay::combined({state, Timeline({{0, 1}, {until_s, 0}})},
                                  [](std::vector<double>& lost) { return lost[0] * lost[1]; })
               : state;
  }

  [[nodiscard]] Timeline by_way_of(const Need& need, ComponentId target, const Timeline& state,
                                   const States* whole) const {
    const NeedId id = id_of(need);
    const bool is_engines = whole != nullptr && called_.contains(id);
    if (is_engines) {
      return {};
    }
    std::vector<Timeline> causes = {state};
    if (whole != nullptr && !need.is_local) {
      causes.push_back((*whole)[target]);
    }
    for (std::size_t t = 0; t < need.any_of.size(); ++t) {
      const auto found = severed_at_.find({id, t});
      if (need.any_of[t] == target && found != severed_at_.end()) {
        for (const std::size_t s : found->second) {
          causes.push_back(out_.severed[s]);
        }
      }
    }
    return worst_of(causes);
  }

  [[nodiscard]] NeedId id_of(const Need& need) const {
    return NeedId(static_cast<std::size_t>(&need - &bp_[NeedId(0)]));
  }

  void draw_waves() {
    for (std::size_t w = 0; w < damage_.wounds.size(); ++w) {
      const Wound& wound = damage_.wounds[w];
      out_.wounds[w] = std::isfinite(up_s_[w]) || wound.rises_s > 0
                           ? replay::wave({.begins_s = wound.begins_s,
                                           .rises_s = wound.rises_s,
                                           .fades_s = up_s_[w],
                                           .lost = wound.lost})
                           : Timeline({{wound.begins_s, wound.lost}});
    }
    for (std::size_t s = 0; s < damage_.severed.size(); ++s) {
      const Severance& severance = damage_.severed[s];
      const auto& fault = scenario_.faults[severance.fault];
      const double stated_s = fault.lasts.is_known() ? fault.at.value + fault.lasts->value : kNever;
      const double ends_s = std::min(stated_s, out_.ended_s[severance.fault]);
      out_.severed[s] = replay::wave({.begins_s = severance.begins_s,
                                      .rises_s = severance.rises_s,
                                      .fades_s = ends_s,
                                      .falls_s = std::isfinite(ends_s) ? severance.falls_s : 0,
                                      .lost = severance.lost});
    }
  }

  /// When what caused a wound is over, and the work of starting again that is left then.
  struct Healing {
    double over_s = 0;
    double work_s = 0;
  };
  /// By itself, or by a recovery where that is sooner: what is repaired or started elsewhere is
  /// then simply there again; what waits for its cause still has to start.
  [[nodiscard]] Healing healing_of(const Wound& wound) const {
    const Healing by_itself{wound.begins_s + wound.over_s, wound.work_s};
    const Healing by_recovery{std::max(wound.begins_s, out_.ended_s[wound.fault]),
                              wound.over_s > 0 ? wound.work_s : 0};
    return by_recovery.over_s + by_recovery.work_s < by_itself.over_s + by_itself.work_s
               ? by_recovery
               : by_itself;
  }

  void settle_with_starts() {
    for (std::size_t w = 0; w < damage_.wounds.size(); ++w) {
      const Healing healing = healing_of(damage_.wounds[w]);
      up_s_[w] = healing.over_s + healing.work_s;
    }
    for (std::size_t round = 0;; ++round) {
      draw_waves();
      for (Course::Reading& reading : out_.readings) {
        settle(reading.operations, reading.whole);
      }
      if (!wait_for_starts(round >= damage_.wounds.size())) {
        return;
      }
    }
  }

  /// Raises the end of what needs others to start again; true if any was raised.
  bool wait_for_starts(bool is_circle) {
    bool was_raised = false;
    for (std::size_t w = 0; w < damage_.wounds.size(); ++w) {
      const Healing healing = healing_of(damage_.wounds[w]);
      if (!std::isfinite(healing.over_s)) {
        continue;
      }
      double begins_s = healing.over_s;
      for (const NeedId id : bp_[damage_.wounds[w].component].needs) {
        const Strength strength = bp_[id].strength;
        if (strength == Strength::startup || strength == Strength::refresh) {
          begins_s = std::max(begins_s, met_s(bp_[id], healing.over_s));
        }
      }
      if (begins_s + healing.work_s > up_s_[w]) {
        up_s_[w] = is_circle ? kNever : begins_s + healing.work_s;
        was_raised = true;
      }
    }
    return was_raised;
  }

  /// The first moment from `from_s` on at which enough of a need's targets are up.
  [[nodiscard]] double met_s(const Need& need, double from_s) const {
    double at_s = from_s;
    for (const Course::Reading& reading : out_.readings) {
      std::vector<Timeline> targets;
      for (const ComponentId target : need.any_of) {
        targets.push_back(reading.whole[target]);
      }
      const Timeline gone = lost_by_at_least(targets.size() - need.at_least + 1, targets);
      at_s = std::max(at_s, gone.first_below(kDown, from_s));
    }
    return at_s;
  }

  void settle(blueprint::Operations operations, States& states) {
    Algebra algebra{*this, nullptr};
    const failure::Knots knots(bp_, dependence_, operations, false);
    failure::Running<Algebra> running(bp_, dependence_, knots, operations, {}, algebra);
    for (std::size_t loop = 0; loop < dependence_.loops().size(); ++loop) {
      running.settle(loop, states);
    }
  }

  /// What each loses by itself: the rules once more, with calls left to the engine, over what is
  /// known of all that it needs.
  void find_own(Course::Reading& reading) {
    const failure::Knots knots(bp_, dependence_, reading.operations, false);
    Algebra by_itself{*this, &reading.whole};
    Algebra with_calls{*this, nullptr};
    failure::Running<Algebra> own(bp_, dependence_, knots, reading.operations, {}, by_itself);
    failure::Running<Algebra> all(bp_, dependence_, knots, reading.operations, {}, with_calls);
    reading.replicas.resize(bp_.components().size());
    for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
      reading.own[id] = own.component_of(id, reading.whole);
      for (std::size_t r = 0; r < bp_[id].replicas.size(); ++r) {
        reading.replicas[id.index].push_back(all.replica_of(id, r, reading.whole));
      }
    }
  }

  Done when_done(const blueprint::ScenarioRecovery& recovery) const {
    Done done{recovery.at.value, ""};
    for (const std::string& name : recovery.needs) {
      for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
        if (bp_[id].id != name && bp_[id].name != name) {
          continue;
        }
        double up_s = recovery.at.value;
        for (const Course::Reading& reading : out_.readings) {
          up_s = std::max(up_s, reading.whole[id].first_below(kDown, recovery.at.value));
        }
        if (up_s > done.at_s) {
          done = {up_s, bp_[id].name};
        }
      }
    }
    return done;
  }

  const Blueprint& bp_;
  const failure::Dependence& dependence_;
  const blueprint::Scenario& scenario_;
  const Damage& damage_;
  const std::set<NeedId>& called_;
  std::vector<std::vector<std::size_t>> wounds_at_;  ///< by component
  std::map<std::pair<NeedId, std::size_t>, std::vector<std::size_t>> severed_at_;
  std::vector<double> up_s_;  ///< by wound: when it is healed
  Course out_;
};

template <class Pick>
Timeline weighted(const std::vector<Course::Reading>& readings, Pick pick) {
  if (readings.size() == 1) {
    return pick(readings.front());
  }
  std::vector<Timeline> all;
  double sum = 0;
  for (const auto& reading : readings) {
    all.push_back(pick(reading));
    sum += reading.weight;
  }
  return replay::combined(all, [&](std::vector<double>& lost) {
    double mean = 0;
    for (std::size_t i = 0; i < readings.size(); ++i) {
      mean += sum > 0 ? lost[i] * readings[i].weight / sum : 0;
    }
    return std::min(1.0, mean);
  });
}

}  // namespace

Timeline Course::own(ComponentId id) const {
  return weighted(readings, [&](const Reading& reading) { return reading.own[id]; });
}

Timeline Course::whole(ComponentId id) const {
  return weighted(readings, [&](const Reading& reading) { return reading.whole[id]; });
}

Timeline Course::replica(ComponentId id, std::size_t r) const {
  return weighted(readings, [&](const Reading& reading) { return reading.replicas[id.index][r]; });
}

Course course_of(const Blueprint& bp, const failure::Dependence& dependence,
                 const blueprint::Scenario& scenario, const Damage& damage,
                 const std::set<NeedId>& called) {
  return CourseFinder(bp, dependence, scenario, damage, called).find();
}

}  // namespace outlast::clock
