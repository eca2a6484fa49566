// From what happens to parts over time to changes of the load model.
//
// Problem. The engine knows replicas, shares that fail, rates of calls. A dead replica still gets
// its share of the requests until a health check has noticed; a standby takes over after a while; a
// switch leads calls elsewhere, which old addresses follow slowly.
//
// Method. By structure alone it is known what each component loses by itself (`Course`). What it
// loses because calls fail is left to the engine. Of each component the losses become changes at the
// moments at which they change; of each need with alternatives, so do the rates of its calls. Every
// change that somebody would notice is a line of the story, with its cause.

#include "clock/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"

namespace outlast::clock {

using base::format_duration;
using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Fault;
using blueprint::Need;
using blueprint::NeedId;
using engines::simulation::Change;
using engines::simulation::Quantity;
using engines::simulation::RatePoint;
using engines::simulation::StationId;
using replay::kDown;

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

std::string seconds_text(double seconds) {
  return format_duration({seconds});
}

/// Stretches in which a timeline is at least at `share`.
std::vector<std::pair<double, double>> stretches_of(const Timeline& timeline, double share) {
  std::vector<std::pair<double, double>> all;
  for (double at = timeline.first(share); std::isfinite(at);) {
    const double end = timeline.first_below(share, at);
    all.emplace_back(at, end);
    at = kNever;
    for (const auto& step : timeline.steps()) {
      if (step.from_s > end && step.lost >= share) {
        at = step.from_s;
        break;
      }
    }
  }
  return all;
}

class Stager {
 public:
  Stager(const Blueprint& bp, const blueprint::Scenario& scenario, const Damage& damage,
         LoadModel load, Course course)
      : bp_(bp), scenario_(scenario), damage_(damage), course_(std::move(course)) {
    out_.load = std::move(load);
  }

  Staged stage(double users) {
    out_.standings = standings_of(bp_, scenario_, damage_, course_);
    tell_recoveries();
    tell_faults();
    for (std::size_t s = 0; s < out_.load.parts.size(); ++s) {
      lose_replicas(s);
    }
    slow_down();
    freeze();
    sever_calls();
    switch_calls();
    set_rates(users);
    auto& changes = out_.load.model.changes;
    std::stable_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return a.at_s < b.at_s; });
    for (const Change& change : changes) {
      out_.last_s = std::max(out_.last_s, change.at_s);
    }
    return std::move(out_);
  }

 private:
  void tell(double at_s, ComponentId id, std::string event, std::string cause = "") {
    if (!std::isfinite(at_s)) {
      return;
    }
    const bool is_about_one = id.exists();
    out_.story.push_back({at_s, is_about_one ? bp_[id].id : "", is_about_one ? bp_[id].name : "",
                          std::move(event), std::move(cause)});
  }

  void change(double at_s, Quantity quantity, std::size_t subject, double value) {
    if (std::isfinite(at_s)) {
      out_.load.model.changes.push_back({std::max(0.0, at_s), quantity, subject, value, ""});
    }
  }

  [[nodiscard]] std::string text_of(std::size_t fault) const {
    const auto& f = scenario_.faults[fault];
    return f.what.empty() ? fmt::format("fault \"{}\" of the scenario", f.id) : f.what;
  }

  void tell_faults() {
    for (std::size_t f = 0; f < scenario_.faults.size(); ++f) {
      const auto& fault = scenario_.faults[f];
      if (fault.fault == Fault::surge) {
        const std::string within = fault.within.value_or({0}).value > 0
                                       ? " within " + seconds_text(fault.within->value)
                                       : "";
        tell(fault.at.value, {},
             fmt::format("users become {}{}", findings::count_text(*fault.users), within),
             fault.what);
        out_.last_s = std::max(out_.last_s, fault.at.value + fault.within.value_or({0}).value);
        continue;
      }
      out_.last_s = std::max(out_.last_s, fault.at.value);
    }
    for (std::size_t w = 0; w < damage_.wounds.size(); ++w) {
      tell_wound(damage_.wounds[w], course_.wounds[w]);
    }
  }

  void tell_wound(const Wound& wound, const Timeline& timeline) {
    const auto& c = bp_[wound.component];
    const std::string who =
        wound.replicas.empty() || wound.replicas.size() == c.replicas.size()
            ? ""
            : fmt::format("{} of {} replicas ", wound.replicas.size(), c.replicas.size());
    const std::string loses = wound.lost < 1
                                  ? fmt::format("loses {:.3g} % of its requests", 100 * wound.lost)
                              : who.empty() ? "is down"
                                            : "down";
    tell(wound.begins_s, wound.component, who + loses, text_of(wound.fault));
    const double over_s = timeline.over_s();
    if (std::isfinite(over_s) && over_s > 0) {
      const double took_s = over_s - wound.begins_s;
      std::string cause = fmt::format("after {}", seconds_text(took_s));
      if (wound.work_s >= 1 && wound.work_s < took_s) {
        cause += fmt::format(", {} of it to start again", seconds_text(wound.work_s));
      }
      if (wound.needs_people) {
        cause += fmt::format("; people {} it", wound.action);
      }
      tell(over_s, wound.component, who.empty() ? "is back" : who + "back", cause);
    } else {
      tell(wound.begins_s, wound.component, "nothing brings it back while this is watched",
           text_of(wound.fault));
    }
  }

  void tell_recoveries() {
    for (std::size_t r = 0; r < scenario_.recoveries.size(); ++r) {
      const auto& recovery = scenario_.recoveries[r];
      const Done& done = course_.done[r];
      const std::string what =
          recovery.what.empty() ? std::string(blueprint::name_of(recovery.remedy)) : recovery.what;
      if (!std::isfinite(done.at_s)) {
        tell(recovery.at.value, {}, what + ": cannot be done",
             done.waits_for + " is needed for it and does not come back");
        continue;
      }
      tell(done.at_s, {}, what,
           done.waits_for.empty()
               ? ""
               : fmt::format("{} late: it waited for {}",
                             seconds_text(done.at_s - recovery.at.value), done.waits_for));
      out_.last_s = std::max(out_.last_s, done.at_s);
      if (recovery.remedy == blueprint::Remedy::add_capacity) {
        add_capacity(recovery, done.at_s);
      }
    }
  }

  void add_capacity(const blueprint::ScenarioRecovery& recovery, double at_s) {
    base::Diagnostics told;  // that the match names something was asked before
    for (const ComponentId id : matched(bp_, recovery.match, told)) {
      const double ready_s = at_s + recovery.reaches.value_or({0}).value;
      for (std::size_t s = 0; s < out_.load.parts.size(); ++s) {
        if (out_.load.parts[s].component == id && !out_.load.parts[s].is_apart) {
          change(ready_s, Quantity::more_replicas, s, static_cast<double>(*recovery.replicas));
          tell(ready_s, id, fmt::format("{} replicas more", *recovery.replicas));
        }
      }
    }
  }

  [[nodiscard]] bool has_capacity(std::size_t station) const {
    return std::isfinite(out_.load.parts[station].most_servers);
  }

  /// The moments at which any of some timelines changes.
  static std::vector<double> moments_of(const std::vector<Timeline>& all) {
    std::vector<double> moments;
    for (const Timeline& timeline : all) {
      for (const auto& step : timeline.steps()) {
        if (std::isfinite(step.from_s)) {
          moments.push_back(step.from_s);
        }
      }
    }
    std::sort(moments.begin(), moments.end());
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    return moments;
  }

  void lose_replicas(std::size_t station) {
    const LoadModel::Part& part = out_.load.parts[station];
    const auto& c = bp_[part.component];
    const bool shares_work = c.redundancy == blueprint::Redundancy::active_active;
    std::vector<Timeline> all = {course_.own(part.component)};
    std::vector<Timeline> unnoticed;
    if (shares_work && !part.is_apart) {
      const double notice_s =
          c.switching.detect.value_or({0}).value + c.switching.takes.value_or({0}).value;
      for (std::size_t r = 0; r < c.replicas.size(); ++r) {
        all.push_back(course_.replica(part.component, r));
        unnoticed.push_back(unnoticed_of(all.back(), notice_s));
      }
    }
    const std::size_t own = all.size();
    all.insert(all.end(), unnoticed.begin(), unnoticed.end());
    double failing = 0;
    double gone = 0;
    for (const double at_s : moments_of(all)) {
      const auto dead =
          std::count_if(all.begin() + 1, all.begin() + static_cast<std::ptrdiff_t>(own),
                        [&](const Timeline& replica) { return replica.lost_at(at_s) >= kDown; });
      double lost = 0;
      for (const Timeline& replica : unnoticed) {
        lost += replica.lost_at(at_s) / static_cast<double>(c.replicas.size());
      }
      const double now = std::min(1.0, std::max(all.front().lost_at(at_s), lost));
      if (now != failing) {
        change(at_s, Quantity::failing, station, now);
        failing = now;
      }
      if (has_capacity(station) && static_cast<double>(dead) != gone) {
        change(at_s, Quantity::more_replicas, station, gone - static_cast<double>(dead));
        gone = static_cast<double>(dead);
      }
    }
    tell_takeover(part.component, all.front());
    tell_notice(part.component, unnoticed);
  }

  /// What a replica loses of the requests that still go to it: all of its loss until it is noticed.
  static Timeline unnoticed_of(const Timeline& replica, double notice_s) {
    std::vector<Timeline::Step> noticed;
    for (const auto& [begin, end] : stretches_of(replica, kDown)) {
      noticed.push_back({std::min(begin + notice_s, end), 1});
      noticed.push_back({end, 0});
    }
    return replay::combined({replica, Timeline(noticed)},
                            [](std::vector<double>& lost) { return lost[0] * (1 - lost[1]); });
  }

  void tell_notice(ComponentId id, const std::vector<Timeline>& unnoticed) {
    double at_s = 0;
    for (const Timeline& replica : unnoticed) {
      at_s = std::max(at_s, std::isfinite(replica.over_s()) ? replica.over_s() : 0);
    }
    const double detect_s = bp_[id].switching.detect.value_or({0}).value;
    if (at_s > 0 && detect_s > 0) {
      tell(at_s, id, "dead replicas get no more requests",
           fmt::format("{} after, by its health checks", seconds_text(detect_s)));
    }
  }

  /// "the standby takes over after 74 s, 30 s of it detection".
  void tell_takeover(ComponentId id, const Timeline& own) {
    const auto& c = bp_[id];
    if (c.redundancy != blueprint::Redundancy::primary_standby || c.replicas.size() < 2) {
      return;
    }
    const double detect_s = c.switching.detect.value_or({0}).value;
    const double takes_s = detect_s + c.switching.takes.value_or({0}).value;
    for (const auto& [begin, end] : stretches_of(own, kDown)) {
      const bool is_takeover = std::isfinite(end) && std::fabs(end - begin - takes_s) < 1e-6;
      if (is_takeover && takes_s > 0) {
        tell(end, id, fmt::format("promoted after {}", seconds_text(takes_s)),
             fmt::format("{} of it detection, {} to switch", seconds_text(detect_s),
                         seconds_text(takes_s - detect_s)));
      }
    }
  }

  [[nodiscard]] double end_of(std::size_t fault) const {
    const auto& f = scenario_.faults[fault];
    const double stated = f.lasts.is_known() ? f.at.value + f.lasts->value : kNever;
    return std::min(stated, course_.ended_s[fault]);
  }

  void slow_down() {
    for (const Slowness& slow : damage_.slow) {
      const auto& c = bp_[slow.component];
      const double begins_s = scenario_.faults[slow.fault].at.value;
      const double share = slow.replicas.empty() ? 1
                                                 : static_cast<double>(slow.replicas.size()) /
                                                       static_cast<double>(c.replicas.size());
      const bool is_apart = std::any_of(
          out_.load.parts.begin(), out_.load.parts.end(),
          [&](const auto& part) { return part.component == slow.component && part.is_apart; });
      for (std::size_t s = 0; s < out_.load.parts.size(); ++s) {
        const auto& part = out_.load.parts[s];
        if (part.component != slow.component || (is_apart && !part.is_apart)) {
          continue;
        }
        const double speed = is_apart ? 1 / slow.slower : 1 - share + share / slow.slower;
        change(begins_s, Quantity::speed, s, speed);
        change(end_of(slow.fault), Quantity::speed, s, 1);
      }
      tell(begins_s, slow.component,
           fmt::format("{}{:.3g} times slower, and its health checks pass",
                       share < 1 ? fmt::format("{} of {} replicas ", slow.replicas.size(),
                                               c.replicas.size())
                                 : "",
                       slow.slower),
           text_of(slow.fault));
      tell(end_of(slow.fault), slow.component, "as fast as before");
    }
  }

  void freeze() {
    for (const Freeze& frozen : damage_.frozen) {
      const double begins_s = scenario_.faults[frozen.fault].at.value;
      for (std::size_t s = 0; s < out_.load.parts.size(); ++s) {
        if (out_.load.parts[s].component == frozen.component) {
          change(begins_s, Quantity::may_grow, s, 0);
          change(end_of(frozen.fault), Quantity::may_grow, s, 1);
        }
      }
      tell(begins_s, frozen.component, "can start no replica; what runs runs on",
           text_of(frozen.fault));
      tell(end_of(frozen.fault), frozen.component, "can start replicas again");
    }
  }

  void sever_calls() {
    for (std::size_t call = 0; call < out_.load.ways.size(); ++call) {
      const auto& way = out_.load.ways[call];
      std::vector<Timeline> causes;
      for (std::size_t s = 0; s < damage_.severed.size(); ++s) {
        if (damage_.severed[s].need == way.need && damage_.severed[s].target == way.target) {
          causes.push_back(course_.severed[s]);
        }
      }
      const Timeline lost = replay::worst_of(causes);
      for (const auto& step : lost.steps()) {
        change(step.from_s, Quantity::call_failing, call, step.lost);
      }
    }
    for (std::size_t s = 0; s < damage_.severed.size(); ++s) {
      const Severance& severance = damage_.severed[s];
      const Need& need = bp_[severance.need];
      tell(course_.severed[s].first(1e-9), need.from,
           fmt::format("{:.3g} % of its calls to {} get nowhere", 100 * severance.lost,
                       bp_[need.any_of[severance.target]].name),
           text_of(severance.fault) +
               (severance.begins_s > scenario_.faults[severance.fault].at.value
                    ? "; until then its connections lived"
                    : ""));
    }
  }

  /// Calls of a need with alternatives go to who is up: with a switch to one, else to all of them.
  void switch_calls() {
    std::map<NeedId, std::vector<std::size_t>> calls_of;
    for (std::size_t call = 0; call < out_.load.ways.size(); ++call) {
      const NeedId need = out_.load.ways[call].need;
      if (need.exists() && bp_[need].any_of.size() > 1) {
        calls_of[need].push_back(call);
      }
    }
    for (const auto& [id, calls] : calls_of) {
      const Need& need = bp_[id];
      std::vector<Timeline> targets;
      for (const ComponentId target : need.any_of) {
        targets.push_back(course_.whole(target));
      }
      if (need.via.exists()) {
        lead_elsewhere(id, calls, targets);
      } else {
        deal_among_the_living(id, calls, targets);
      }
    }
  }

  void set_share(double at_s, const std::vector<std::size_t>& calls, std::size_t target,
                 double share) {
    for (const std::size_t call : calls) {
      if (out_.load.ways[call].target == target) {
        change(at_s, Quantity::call_rate, call, share * out_.load.ways[call].at_most);
      }
    }
  }

  void lead_elsewhere(NeedId id, const std::vector<std::size_t>& calls,
                      const std::vector<Timeline>& targets) {
    const Need& need = bp_[id];
    const double detect_s = need.switching.detect.value_or({0}).value;
    const double takes_s = need.switching.takes.value_or({0}).value;
    const Timeline via = course_.whole(need.via);
    for (const auto& [begin, end] : stretches_of(targets.front(), kDown)) {
      const double acts_s = via.first_below(kDown, begin + detect_s) + takes_s;
      if (acts_s >= end) {
        continue;
      }
      std::size_t other = 1;
      double up_s = kNever;
      for (std::size_t t = 1; t < targets.size(); ++t) {
        const double at_s = targets[t].first_below(kDown, acts_s);
        if (at_s < up_s) {
          up_s = at_s;
          other = t;
        }
      }
      if (up_s >= end) {
        continue;
      }
      move(id, calls, 0, other, up_s);
      move(id, calls, other, 0, end);
      tell(up_s, need.from,
           fmt::format("calls to {} go to {}", bp_[need.any_of[0]].name,
                       bp_[need.any_of[other]].name),
           fmt::format("switched by {} after {}, {} of it detection", bp_[need.via].name,
                       seconds_text(up_s - begin), seconds_text(detect_s)));
      tell(end, need.from, fmt::format("calls go to {} again", bp_[need.any_of[0]].name),
           "it is back");
    }
  }

  /// Addresses that are kept follow over their time to live, in a straight line.
  void move(NeedId id, const std::vector<std::size_t>& calls, std::size_t from, std::size_t to,
            double at_s) {
    const double ttl_s = bp_[id].ttl.value_or({0}).value;
    const int steps = ttl_s > 0 ? 10 : 1;
    for (int i = 1; i <= steps; ++i) {
      const double share = static_cast<double>(i) / steps;
      const double then_s = at_s + ttl_s * (i - 1) / steps;
      set_share(then_s, calls, from, 1 - share);
      set_share(then_s, calls, to, share);
    }
  }

  void deal_among_the_living(NeedId id, const std::vector<std::size_t>& calls,
                             const std::vector<Timeline>& targets) {
    const Need& need = bp_[id];
    std::vector<Timeline> out;
    for (std::size_t t = 0; t < targets.size(); ++t) {
      const auto& own = bp_[need.any_of[t]].switching;
      const auto& says = need.switching.detect.is_known() ? need.switching : own;
      const double notice_s = says.detect.value_or({0}).value + says.takes.value_or({0}).value;
      out.push_back(replay::after_buffer(targets[t], notice_s, 0));
    }
    for (const double at_s : moments_of(out)) {
      std::vector<bool> is_up;
      for (const Timeline& target : out) {
        is_up.push_back(target.lost_at(at_s) < kDown);
      }
      const auto up = std::count(is_up.begin(), is_up.end(), true);
      for (std::size_t t = 0; t < targets.size(); ++t) {
        const double all = static_cast<double>(targets.size());
        set_share(at_s, calls, t, up == 0 ? 1 / all : is_up[t] ? 1 / static_cast<double>(up) : 0);
      }
      tell(at_s, need.from, fmt::format("deals among {} of {}", up, targets.size()),
           "by its health checks");
    }
  }

  void set_rates(double users) {
    std::vector<RatePoint>& points = out_.users;
    points.push_back({0, users});
    constexpr double kAtOnce_s = 1e-3;
    for (const auto& fault : scenario_.faults) {
      if (fault.fault != Fault::surge) {
        continue;
      }
      const double from_s = std::max(fault.at.value, points.back().at_s + kAtOnce_s);
      points.push_back({from_s, points.back().per_s});
      points.push_back(
          {from_s + std::max(kAtOnce_s, fault.within.value_or({0}).value), *fault.users});
    }
    for (std::size_t r = 0; r < scenario_.recoveries.size(); ++r) {
      const auto& recovery = scenario_.recoveries[r];
      if (recovery.remedy == blueprint::Remedy::throttle && std::isfinite(course_.done[r].at_s)) {
        throttle(course_.done[r].at_s, *recovery.users);
      }
    }
    set_users(out_.load, points);
  }

  /// From then on no more than so many come in.
  void throttle(double at_s, double most) {
    constexpr double kAtOnce_s = 1e-3;
    std::vector<RatePoint> capped;
    for (const RatePoint& point : out_.users) {
      if (point.at_s < at_s) {
        capped.push_back(point);
      }
    }
    const double before = engines::simulation::rate_at(out_.users, at_s);
    capped.push_back({at_s, before});
    capped.push_back({at_s + kAtOnce_s, std::min(before, most)});
    for (const RatePoint& point : out_.users) {
      if (point.at_s > at_s + kAtOnce_s) {
        capped.push_back({point.at_s, std::min(point.per_s, most)});
      }
    }
    out_.users = std::move(capped);
  }

  const Blueprint& bp_;
  const blueprint::Scenario& scenario_;
  const Damage& damage_;
  Course course_;
  Staged out_;
};

/// Needs that are calls of the model, to every target that they have, and waited for.
std::set<NeedId> called_by_engine(const Blueprint& bp, const LoadModel& load) {
  std::map<NeedId, std::set<std::size_t>> targets;
  for (const auto& way : load.ways) {
    const bool is_waited_for =
        way.need.exists() && (bp[way.need].strength == blueprint::Strength::hard ||
                              bp[way.need].strength == blueprint::Strength::auth);
    if (is_waited_for) {
      targets[way.need].insert(way.target);
    }
  }
  std::set<NeedId> called;
  for (const auto& [need, reached] : targets) {
    if (reached.size() == bp[need].any_of.size()) {
      called.insert(need);
    }
  }
  return called;
}

}  // namespace

Staged staged(const Blueprint& bp, const catalog::Catalog& catalog,
              const failure::Dependence& dependence, const blueprint::Scenario& scenario,
              const Damage& damage, Strain strain, double users) {
  LoadDetail detail;
  detail.with_alternatives = true;
  for (const Slowness& slow : damage.slow) {
    const bool shares_work = bp[slow.component].redundancy == blueprint::Redundancy::active_active;
    if (shares_work && !slow.replicas.empty()) {
      detail.apart[slow.component] = slow.replicas.size();
    }
  }
  LoadModel load = load_model_of(bp, catalog, strain, detail);
  Course course = course_of(bp, dependence, scenario, damage, called_by_engine(bp, load));
  return Stager(bp, scenario, damage, std::move(load), std::move(course)).stage(users);
}

}  // namespace outlast::clock
