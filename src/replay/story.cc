#include "replay/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "base/text.h"
#include "base/units.h"
#include "replay/walk.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using findings::TimedStep;
using incidents::Incident;

namespace {

/// "aws us-east-1": who it happened to.
std::string actor(const Incident& incident) {
  const auto value = [&](const char* role) {
    const auto found = incident.roles.find(role);
    return found == incident.roles.end() ? std::string() : found->second;
  };
  const std::string place = value(incident.roles.contains("region") ? "region" : "facility");
  const std::string who = value("provider");
  const bool is_nameless = who.empty() && place.empty() && !incident.roles.empty();
  return is_nameless ? incident.roles.begin()->first
                     : who + (who.empty() || place.empty() ? "" : " ") + place;
}

/// What an own connection or a kept address put off, for a need that names fail.
std::string patience_text(const Need& need, const Staging& staging) {
  std::string out;
  const double pool = std::max(need.pool.value_or({}).value, staging.pool_s);
  if (pool > 0) {
    out += fmt::format("; connections lived {} (pool)", base::format_duration({pool}));
  }
  if (need.ttl.is_known() && need.ttl->value > 0) {
    out += fmt::format("; its address was kept {} (ttl)", base::format_duration(*need.ttl));
  }
  return out;
}

class Causes {
 public:
  Causes(const Blueprint& bp, const Player& player, const States& states,
         blueprint::Operations operations, const Staging& staging)
      : bp_(bp), player_(player), states_(states), operations_(operations), staging_(staging) {}

  /// The next cause of what a component loses at a moment.
  [[nodiscard]] std::string of(ComponentId id, double at_s) const {
    const Cause cause = cause_at(id, at_s);
    return cause.text;
  }

  /// The last one of the chain: what was hit itself, or the way to it.
  [[nodiscard]] std::string root_of(ComponentId id, double at_s) const {
    Cause cause = cause_at(id, at_s);
    std::set<ComponentId> seen = {id};
    while (cause.next.exists() && seen.insert(cause.next).second) {
      const std::string& name = bp_[cause.next].name;
      const Cause deeper =
          cause_at(cause.next, std::max(at_s, states_[cause.next].first(kNoticed)));
      const bool names_it = deeper.next.exists() || deeper.text.starts_with("needs ");
      cause = {names_it ? deeper.text : name + ": " + deeper.text, deeper.next};
    }
    return cause.text;
  }

 private:
  struct Cause {
    std::string text;
    ComponentId next;  ///< of which it is a loss in turn; absent where it begins here
  };

  /// What is down is so because of something that is: a smaller loss beside it is no cause of that.
  [[nodiscard]] Cause cause_at(ComponentId id, double at_s) const {
    const double share = states_[id].lost_at(at_s) >= kDown ? kDown : kNoticed;
    if (std::string own = own_cause(id, at_s, share); !own.empty()) {
      return {std::move(own), {}};
    }
    const Shortage shortage = player_.shortage(id, staging_);
    if (shortage.lost.lost_at(at_s) >= share) {
      return {fmt::format("the busy hours begin, and no more than {} replicas can be launched{}",
                          std::lround(shortage.standing),
                          shortage.is_assumed ? " (on a usual day, for none is stated)" : ""),
              {}};
    }
    for (const blueprint::NeedId need : needs_of(bp_, id)) {
      if (Cause cause = need_cause(bp_[need], at_s, share); !cause.text.empty()) {
        return cause;
      }
    }
    return {"what it needs is not there", {}};
  }

  [[nodiscard]] std::string own_cause(ComponentId id, double at_s, double share) const {
    const auto& phases = player_.incident().phases;
    for (const std::size_t at : player_.blows_at(id)) {
      const Blow& blow = player_.blows()[at];
      const auto& phase = phases[blow.phase];
      if (player_.counts(blow, staging_) && player_.strikes_whole(phase, id, operations_) &&
          Player::wave_of(player_.incident(), phase).lost_at(at_s) >= share) {
        return phase.what;
      }
    }
    for (const std::size_t at : player_.struck_at(id)) {
      const auto& phase = phases[player_.struck()[at].phase];
      if (phase.at.value <= at_s) {
        return phase.what;
      }
    }
    return "";
  }

  [[nodiscard]] Cause need_cause(const Need& need, double at_s, double share) const {
    const bool takes_part = failure::stops(need.strength) && (need.operations & operations_) != 0;
    if (!takes_part || need.confidence == blueprint::Confidence::inferred) {
      return {};
    }
    for (const ComponentId target : need.any_of) {
      if (player_.on_the_way(need, target, staging_).lost_at(at_s) >= share) {
        return {way_cause(need, target), {}};
      }
      // A buffer hides when its cause began.
      const bool is_buffered = failure::is_buffered(need.strength);
      const bool is_lost = is_buffered ? states_[target].most_lost() >= share
                                       : states_[target].lost_at(at_s) >= share;
      if (is_lost) {
        return {
            fmt::format("needs {}{}", bp_[target].name,
                        is_buffered ? fmt::format(", and lasted {} without (buffer)",
                                                  base::format_duration(need.buffer.value_or({})))
                                    : ""),
            target};
      }
    }
    return {};
  }

  [[nodiscard]] std::string way_cause(const Need& need, ComponentId target) const {
    const auto& phases = player_.incident().phases;
    for (const std::size_t at : player_.blows_at(target)) {
      const Blow& blow = player_.blows()[at];
      const auto& phase = phases[blow.phase];
      if (player_.counts(blow, staging_) && player_.strikes_way(phase, need)) {
        return fmt::format("needs {}: {}{}", bp_[target].name, phase.what,
                           patience_text(need, staging_));
      }
    }
    return "needs " + bp_[target].name;
  }

  const Blueprint& bp_;
  const Player& player_;
  const States& states_;
  blueprint::Operations operations_;
  const Staging& staging_;
};

findings::Condition condition_of(double lost) {
  return lost >= kDown ? findings::Condition::down : findings::Condition::degraded;
}

/// "is down", or how much is lost.
std::string event_of(double lost) {
  return lost >= kDown ? "is down" : fmt::format("loses {:.2g} % of its requests", lost * 100);
}

/// When the phases that may hit something here were over, ascending.
std::vector<double> endings_of(const Player& player) {
  std::set<std::size_t> phases;
  for (const Blow& blow : player.blows()) {
    phases.insert(blow.phase);
  }
  std::vector<double> endings;
  for (const std::size_t phase : phases) {
    const Incident& incident = player.incident();
    endings.push_back(incidents::ending_of(incident, incident.phases[phase]).until_s);
  }
  std::sort(endings.begin(), endings.end());
  return endings;
}

/// How long after the provider was done something is good again.
std::string return_text(const std::vector<double>& endings, double over_s) {
  const auto later = std::upper_bound(endings.begin(), endings.end(), over_s);
  const double ended_s = later == endings.begin() ? 0 : *(later - 1);
  constexpr double kAtOnce = 1;
  return ended_s <= 0 || over_s - ended_s < kAtOnce
             ? "what it needs is good again"
             : fmt::format("{} after the provider was done",
                           base::format_duration({over_s - ended_s}));
}

/// What the provider's phases that touch this architecture were, and what ended them.
void tell_provider(const Player& player, const Staging& staging, std::vector<TimedStep>& out) {
  const Incident& incident = player.incident();
  std::set<std::string> touched;
  for (const Blow& blow : player.blows()) {
    if (player.counts(blow, staging)) {
      touched.insert(incident.phases[blow.phase].id);
    }
  }
  for (const Struck& struck : player.struck()) {
    touched.insert(incident.phases[struck.phase].id);
  }
  for (const auto& phase : incident.phases) {
    if (touched.contains(phase.id)) {
      out.push_back({phase.at.value, actor(incident), phase.what,
                     phase.follows.empty()    ? std::string(blueprint::name_of(phase.fault))
                     : phase.is_recovery_work ? "work of coming back from " + phase.follows
                                              : "follows " + phase.follows});
    }
  }
  for (const auto& action : incident.actions) {
    const bool is_ours =
        action.ends.empty() || std::any_of(action.ends.begin(), action.ends.end(),
                                           [&](const auto& id) { return touched.contains(id); });
    if (is_ours && !touched.empty()) {
      out.push_back({action.at.value, actor(incident), action.what,
                     std::string(blueprint::name_of(action.remedy))});
    }
  }
}

}  // namespace

std::string root_cause_of(const Blueprint& bp, const Player& player, const States& states,
                          blueprint::Operations operations, ComponentId id,
                          const Staging& staging) {
  const double most = states[id].most_lost();
  return most < kNoticed ? ""
                         : Causes(bp, player, states, operations, staging)
                               .root_of(id, states[id].first(most >= kDown ? kDown : kNoticed));
}

std::vector<TimedStep> story_of(const Blueprint& bp, const Player& player, const Played& played,
                                const Staging& staging) {
  std::vector<TimedStep> story;
  tell_provider(player, staging, story);
  std::vector<ComponentId> entries;
  for (const auto& path : player.paths()) {
    entries.push_back(path.enters);
  }
  const auto is_felt = reached_from(bp, entries, [](const Need& /*need*/) { return true; });
  const auto endings = endings_of(player);
  std::set<std::tuple<double, std::size_t, std::string>> told;
  const auto tell = [&](double at_s, ComponentId id, std::string event, std::string cause,
                        findings::Condition condition) {
    if (told.insert({at_s, id.index, event}).second) {
      story.push_back({at_s, bp[id].id, std::move(event), std::move(cause), condition});
    }
  };
  for (const auto& [operations, states] : played.states) {
    const Causes causes(bp, player, states, operations, staging);
    for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
      const Timeline& lost = states[id];
      if (!is_felt[id.index] || lost.most_lost() < kNoticed) {
        continue;
      }
      for (const double at_s : {lost.first(kNoticed), lost.first(kDown)}) {
        if (std::isfinite(at_s)) {
          tell(at_s, id, event_of(lost.lost_at(at_s)), causes.of(id, at_s),
               condition_of(lost.lost_at(at_s)));
        }
      }
      if (std::isfinite(lost.over_s())) {
        tell(lost.over_s(), id, "is back", return_text(endings, lost.over_s()),
             findings::Condition::serving);
      }
    }
  }
  std::stable_sort(story.begin(), story.end(),
                   [](const TimedStep& a, const TimedStep& b) { return a.at_s < b.at_s; });
  return story;
}

}  // namespace outlast::replay
