// What faults and recoveries do by structure alone.
//
// Problem. A zone falls; a replica waits for it, then starts, which takes the registry, which lies
// in the zone too; people restore a database once the console is back. When is what up?
//
// Method. Wounds are timelines of the share of requests that is lost. The rules of what it takes to
// run are applied to them (`Structure`). Whatever waits for something (a replica for what it needs
// to start, a launch for what launching takes, a recovery for what it is done with) is looked at
// again until nothing moves; a start that still moves after as many rounds as there are wounds waits
// for itself, and never ends.
//
// A recovery waits for what it needs to run. That this calls what the recovery itself is to bring
// back does not count: else nothing whose users notice could ever be repaired.
//
// It ends: within a round of recoveries starts only get later, and rounds are bounded; from round to
// round recoveries only get earlier, and there are as many of them.

#include "clock/course.h"

#include <algorithm>
#include <cmath>

#include "failure/impact.h"

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::NeedId;
using blueprint::Strength;
using replay::kDown;

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

class CourseFinder {
 public:
  CourseFinder(const Blueprint& bp, const failure::Dependence& dependence,
               const blueprint::Scenario& scenario, const Damage& damage,
               const std::set<NeedId>& called)
      : bp_(bp), scenario_(scenario), damage_(damage), structure_(bp, dependence, damage, called) {
    out_.ended_s.assign(scenario.faults.size(), kNever);
    out_.done.assign(scenario.recoveries.size(), {kNever, ""});
    out_.healing.resize(damage.wounds.size());
    out_.losses.wounds.resize(damage.wounds.size());
    out_.losses.severed.resize(damage.severed.size());
    out_.losses.frozen.resize(damage.frozen.size());
    out_.losses.moved_s.assign(damage.wounds.size(), kNever);
  }

  Course find() {
    begin_readings();
    settle_with_starts();
    // What one recovery needs another may bring back, whichever comes first.
    for (std::size_t round = 0; round <= scenario_.recoveries.size() && recover(); ++round) {
    }
    for (Course::Reading& reading : out_.readings) {
      structure_.split(out_.losses, reading.operations, reading.whole, reading.own,
                       reading.replicas);
    }
    return std::move(out_);
  }

 private:
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

  /// Does what recoveries can do now; true if any is done sooner than it was.
  bool recover() {
    bool is_sooner = false;
    for (std::size_t r = 0; r < scenario_.recoveries.size(); ++r) {
      const auto& recovery = scenario_.recoveries[r];
      const Done done = when_done(recovery);
      if (!(done.at_s < out_.done[r].at_s)) {
        out_.done[r].waits_for =
            std::isfinite(out_.done[r].at_s) ? out_.done[r].waits_for : done.waits_for;
        continue;
      }
      is_sooner = true;
      out_.done[r] = done;
      const double holds_s = done.at_s + recovery.reaches.value_or({0}).value;
      for (std::size_t f = 0; f < scenario_.faults.size(); ++f) {
        if (ends(recovery, f)) {
          out_.ended_s[f] = std::min(out_.ended_s[f], holds_s);
        }
      }
      if (!recovery.ends.empty()) {
        settle_with_starts();
      }
    }
    return is_sooner;
  }

  [[nodiscard]] bool ends(const blueprint::ScenarioRecovery& recovery, std::size_t fault) const {
    return std::find(recovery.ends.begin(), recovery.ends.end(), scenario_.faults[fault].id) !=
           recovery.ends.end();
  }

  [[nodiscard]] double end_of(std::size_t fault) const {
    const auto& f = scenario_.faults[fault];
    const double stated_s = f.lasts.is_known() ? f.at.value + f.lasts->value : kNever;
    return std::min(stated_s, out_.ended_s[fault]);
  }

  void draw_waves() {
    for (std::size_t w = 0; w < damage_.wounds.size(); ++w) {
      const Wound& wound = damage_.wounds[w];
      const double up_s = out_.healing[w].up_s;
      out_.losses.wounds[w] = std::isfinite(up_s) || wound.rises_s > 0
                                  ? replay::wave({.begins_s = wound.begins_s,
                                                  .rises_s = wound.rises_s,
                                                  .fades_s = up_s,
                                                  .lost = wound.lost})
                                  : Timeline({{wound.begins_s, wound.lost}});
      const bool falls_with_zone = scenario_.faults[wound.fault].match.zone.is_known();
      out_.losses.moved_s[w] = out_.healing[w].is_elsewhere && falls_with_zone ? up_s : kNever;
    }
    for (std::size_t s = 0; s < damage_.severed.size(); ++s) {
      const Severance& severance = damage_.severed[s];
      replay::Unconnected how = severance.how;
      how.fades_s = end_of(severance.fault);
      out_.losses.severed[s] = replay::lost_by(how);
    }
    for (std::size_t f = 0; f < damage_.frozen.size(); ++f) {
      out_.losses.frozen[f] = while_it_lasts(damage_.frozen[f].fault);
    }
  }

  [[nodiscard]] Timeline while_it_lasts(std::size_t fault) const {
    return replay::wave(
        {.begins_s = scenario_.faults[fault].at.value, .fades_s = end_of(fault), .lost = 1});
  }

  /// When what caused a wound is over, and the work of starting again that is left then.
  struct Cause {
    double over_s = 0;
    double work_s = 0;
  };
  /// By itself, or by a recovery where that is sooner: what is repaired is then simply there again;
  /// what waits for its cause still has to start.
  [[nodiscard]] Cause cause_of(const Wound& wound) const {
    const Cause by_itself{wound.begins_s + wound.over_s, wound.work_s};
    const Cause by_recovery{std::max(wound.begins_s, out_.ended_s[wound.fault]),
                            wound.over_s > 0 ? wound.work_s : 0};
    return by_recovery.over_s + by_recovery.work_s < by_itself.over_s + by_itself.work_s
               ? by_recovery
               : by_itself;
  }

  void settle_with_starts() {
    for (Healing& healing : out_.healing) {
      healing = {};
    }
    for (std::size_t w = 0; w < damage_.wounds.size(); ++w) {
      const Wound& wound = damage_.wounds[w];
      const Cause cause = cause_of(wound);
      out_.healing[w].up_s = std::min(cause.over_s + cause.work_s, wound.begins_s + wound.launch_s);
    }
    for (std::size_t round = 0;; ++round) {
      draw_waves();
      for (Course::Reading& reading : out_.readings) {
        structure_.settle(out_.losses, reading.operations, reading.whole);
      }
      if (!wait_for_starts(round > damage_.wounds.size())) {
        return;
      }
    }
  }

  /// Raises the end of what needs others to start again; true if any was raised.
  bool wait_for_starts(bool is_circle) {
    bool was_raised = false;
    for (std::size_t w = 0; w < damage_.wounds.size(); ++w) {
      const Healing healing = heal(damage_.wounds[w]);
      Healing& known = out_.healing[w];
      const bool is_later = healing.up_s > known.up_s;
      const bool is_other =
          healing.up_s == known.up_s && healing.is_elsewhere != known.is_elsewhere;
      was_raised = was_raised || is_later || (is_other && !is_circle);
      if (is_later || is_other) {
        known = healing;
        known.up_s = is_later && is_circle ? kNever : healing.up_s;
      }
    }
    return was_raised;
  }

  /// In place, once its cause is over and it can start; or by a replica that is launched elsewhere.
  [[nodiscard]] Healing heal(const Wound& wound) const {
    const Cause cause = cause_of(wound);
    const auto allowed = allowed_over_time(bp_, damage_, out_, wound.component);
    const std::size_t replicas = bp_[wound.component].replicas.size();
    double starts_s = can_start_s(wound.component, cause.over_s);
    if (wound.is_built_anew && std::isfinite(starts_s) &&
        out_.ended_s[wound.fault] > cause.over_s) {
      starts_s = launch_from(allowed, replicas, starts_s);
    }
    const Healing in_place{starts_s + cause.work_s, starts_s - cause.over_s, false};
    if (!std::isfinite(wound.launch_s)) {
      return in_place;
    }
    const double launched_s = launch_from(allowed, replicas, wound.begins_s);
    const Healing elsewhere{launched_s + wound.launch_s, launched_s - wound.begins_s, true};
    return elsewhere.up_s < in_place.up_s ? elsewhere : in_place;
  }

  /// The first moment from `from_s` on at which all is up that a component needs to start.
  [[nodiscard]] double can_start_s(ComponentId id, double from_s) const {
    double at_s = from_s;
    if (!std::isfinite(from_s)) {
      return from_s;
    }
    for (const NeedId need : bp_[id].needs) {
      const Strength strength = bp_[need].strength;
      if (strength == Strength::startup || strength == Strength::refresh) {
        at_s = std::max(at_s, unmet(out_, bp_[need]).first_below(kDown, from_s));
      }
    }
    return at_s;
  }

  [[nodiscard]] Done when_done(const blueprint::ScenarioRecovery& recovery) const {
    Done done{recovery.at.value, ""};
    if (recovery.needs.empty()) {
      return done;
    }
    const auto otherwise = without(recovery);
    for (const std::string& name : recovery.needs) {
      for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
        if (bp_[id].id != name && bp_[id].name != name) {
          continue;
        }
        const double up_s = lost_to(id, recovery, otherwise).first_below(kDown, recovery.at.value);
        if (up_s > done.at_s) {
          done = {up_s, bp_[id].name};
        }
      }
    }
    return done;
  }

  /// What components lose by reading, but for what a recovery ends.
  [[nodiscard]] std::vector<States> without(const blueprint::ScenarioRecovery& recovery) const {
    Losses losses = out_.losses;
    for (std::size_t w = 0; w < damage_.wounds.size(); ++w) {
      losses.wounds[w] = ends(recovery, damage_.wounds[w].fault) ? Timeline() : losses.wounds[w];
    }
    for (std::size_t s = 0; s < damage_.severed.size(); ++s) {
      losses.severed[s] = ends(recovery, damage_.severed[s].fault) ? Timeline() : losses.severed[s];
    }
    std::vector<States> all;
    for (const Course::Reading& reading : out_.readings) {
      structure_.settle(losses, reading.operations, all.emplace_back(bp_.components().size()));
    }
    return all;
  }

  /// What keeps a component from being worked with: what it loses by itself, what it loses by calls
  /// but for those to what is recovered, and that it cannot be reached beside.
  [[nodiscard]] Timeline lost_to(ComponentId id, const blueprint::ScenarioRecovery& recovery,
                                 const std::vector<States>& otherwise) const {
    std::vector<Timeline> all;
    std::vector<double> weights;
    for (std::size_t i = 0; i < out_.readings.size(); ++i) {
      const Course::Reading& reading = out_.readings[i];
      all.push_back(replay::worst_of(
          {structure_.by_itself(out_.losses, reading.operations, reading.whole, id),
           otherwise[i][id]}));
      weights.push_back(reading.weight);
    }
    std::vector<Timeline> causes = {weighted(weights, all)};
    for (const Aside& aside : damage_.aside) {
      if (aside.component == id && !ends(recovery, aside.fault)) {
        causes.push_back(while_it_lasts(aside.fault));
      }
    }
    return replay::worst_of(causes);
  }

  const Blueprint& bp_;
  const blueprint::Scenario& scenario_;
  const Damage& damage_;
  Structure structure_;
  Course out_;
};

}  // namespace

Course course_of(const Blueprint& bp, const failure::Dependence& dependence,
                 const blueprint::Scenario& scenario, const Damage& damage,
                 const std::set<NeedId>& called) {
  return CourseFinder(bp, dependence, scenario, damage, called).find();
}

}  // namespace outlast::clock
