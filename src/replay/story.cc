#include "replay/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/units.h"
#include "replay/causes.h"
#include "replay/provider.h"
#include "replay/strikes.h"
#include "replay/unreached.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using findings::TimedStep;
using incidents::Incident;

namespace {

findings::Condition condition_of(double lost) {
  return lost >= kDown ? findings::Condition::down : findings::Condition::degraded;
}

/// "is down", or how much is lost.
std::string event_of(double lost) {
  return lost >= kDown ? "is down" : fmt::format("loses {:.2g} % of its requests", lost * 100);
}

/// When the phases that hit something here were over, ascending.
std::vector<double> endings_of(const Player& player) {
  std::set<std::size_t> phases;
  for (const Blow& blow : player.blows()) {
    phases.insert(blow.phase);
  }
  for (const Struck& struck : player.struck()) {
    phases.insert(struck.phase);
  }
  std::vector<double> endings;
  for (const std::size_t phase : phases) {
    const Incident& incident = player.incident();
    if (incident.phases[phase].fault == incidents::Fault::destroy) {
      continue;  // the provider is never done with that
    }
    endings.push_back(incidents::ending_of(incident, incident.phases[phase]).until_s);
  }
  std::sort(endings.begin(), endings.end());
  return endings;
}

/// How long after the provider was done with what hit it something is good again.
/// in  at_once  what is said where that is no time
std::string return_text(const std::vector<double>& endings, double began_s, double back_s,
                        const char* at_once) {
  constexpr double kAtOnce = 1;
  const auto later = std::upper_bound(endings.begin(), endings.end(), back_s + kAtOnce);
  if (later == endings.begin() || *(later - 1) < began_s) {
    return "it goes on without what is hit";
  }
  const double after_s = back_s - *(later - 1);
  return after_s < kAtOnce
             ? at_once
             : fmt::format("{} after the provider was done", base::format_duration({after_s}));
}

/// Tells what components lose, stretch by stretch. What those who ask for this and those who ask for
/// that lose alike is told once; else it is told for whom.
class Teller {
 public:
  Teller(const Blueprint& bp, const Player& player, const Played& played, const Staging& staging,
         std::vector<TimedStep>& story)
      : bp_(bp),
        player_(player),
        played_(played),
        staging_(staging),
        causes_(bp, player, played, staging),
        endings_(endings_of(player)),
        unreached_(unreached(bp, player, played, staging)),
        out_(story) {}

  /// What keeps a replica from being started elsewhere.
  void tell_held(const Struck& struck) {
    constexpr double kHeld_s = 60;
    const bool is_first = held_.insert({struck.component, struck.phase}).second;
    if (struck.held_s < kHeld_s || !is_first) {
      return;
    }
    const bool is_started = struck.held_s < struck.down(Luck::middle);
    const double begins_s = player_.incident().phases[struck.phase].at.value;
    const auto* cause = launching_fault(struck.component, begins_s);
    step(begins_s, blueprint::kAllOperations, "cannot be started elsewhere",
         cause == nullptr ? "nothing can be launched" : cause->what, findings::Condition::down);
    if (is_started) {
      step(begins_s + struck.held_s, blueprint::kAllOperations, "is being started elsewhere",
           "launching works again", findings::Condition::down);
    }
    flush(struck.component, 1);
  }

  void tell(ComponentId id) {
    if (const auto found = unreached_.find(id); found != unreached_.end()) {
      tell_unreached(id, found->second);
    }
    std::size_t asking = 0;
    for (const auto& [asked, states] : played_.states) {
      asking += player_.is_asked(id, asked) ? 1U : 0U;
      tell(id, asked, states[id]);
    }
    flush(id, asking);
  }

 private:
  static constexpr std::ptrdiff_t kMostStretches = 4;
  /// What is left of a loss for less time than this is not told apart from its end.
  static constexpr double kWorthTelling_s = 300;

  /// One step of a component, and who is told of it by what they ask for.
  struct Step {
    double at_s;
    std::string event;
    std::string cause;
    findings::Condition condition;
    std::vector<blueprint::Operations> whom;
  };

  void tell(ComponentId id, blueprint::Operations asked, const Timeline& lost) {
    auto stretches = lost.stretches(kNoticed);
    if (stretches.size() > kMostStretches) {  // days alike: the last one tells when it is over
      stretches.erase(stretches.begin() + kMostStretches - 1, stretches.end() - 1);
    }
    for (const auto& [begin, end] : stretches) {
      tell_loss(id, asked, lost, begin);
      const auto down = first_down(lost, begin, end);
      if (down.first > begin && down.first < end) {
        tell_loss(id, asked, lost, down.first);
      }
      tell_overload(id, asked, lost, begin, end);
      tell_other_causes(id, asked, lost, down.first < end ? down.first : begin, end);
      if (end - down.second >= kWorthTelling_s) {
        tell_loss(id, asked, lost, down.second);
      }
      if (std::isfinite(end)) {
        step(end, asked, "is back",
             is_restored(id, end)
                 ? "built anew, with what copies hold"
                 : return_text(endings_, begin, end,
                               is_hit_until(id, end) ? "the provider is done"
                                                     : "what it needs is good again"),
             findings::Condition::serving);
      }
    }
  }

  /// It is well and of no use: those who need it wait in vain, until they come through to it again.
  void tell_unreached(ComponentId id, const Unreached& way) {
    const auto lose = [&](double at_s) {
      const bool is_down = way.lost.lost_at(at_s) >= kDown;
      step(at_s, blueprint::kAllOperations, is_down ? "cannot be reached" : "is not reached by all",
           causes_.on_the_way(*way.need, id, way.asked, at_s),
           condition_of(way.lost.lost_at(at_s)));
    };
    for (const auto& [begin, end] : way.lost.stretches(kNoticed)) {
      lose(begin);
      const auto down = first_down(way.lost, begin, end);
      if (down.first > begin && down.first < end) {
        lose(down.first);
      }
      if (std::isfinite(end)) {
        step(end, blueprint::kAllOperations, "can be reached again",
             return_text(endings_, begin, end, "the provider is done"),
             findings::Condition::serving);
      }
    }
    flush(id, 1);
  }

  /// From when on its structure would be good again, and what is left does not carry the load.
  void tell_overload(ComponentId id, blueprint::Operations asked, const Timeline& lost,
                     double begin_s, double end_s) {
    const auto over = played_.overloads.find(id);
    if (over == played_.overloads.end()) {
      return;
    }
    const double good_s = over->second.by_structure.first_below(kNoticed, begin_s);
    if (good_s > begin_s && good_s < end_s) {
      const double share = lost.lost_at(good_s);
      step(good_s, asked, share >= kDown ? "is still down" : "still " + event_of(share),
           causes_.of(id, asked, good_s), condition_of(share));
    }
  }

  /// Where what was told is over, and something else keeps it from coming back.
  void tell_other_causes(ComponentId id, blueprint::Operations asked, const Timeline& lost,
                         double begin_s, double end_s) {
    constexpr double kBefore_s = 1;
    std::string told = causes_.plainly(id, asked, begin_s);
    for (const double over_s : endings_) {
      const double share = lost.lost_at(over_s);
      const bool is_within = over_s > begin_s + kBefore_s && over_s + kWorthTelling_s < end_s;
      if (!is_within || (share >= kDown) != (lost.lost_at(over_s - kBefore_s) >= kDown)) {
        continue;
      }
      std::string now = causes_.plainly(id, asked, over_s);
      if (now == told) {
        continue;
      }
      told = std::move(now);
      step(over_s, asked, share >= kDown ? "is still down" : "still " + event_of(share),
           causes_.of(id, asked, over_s), condition_of(share));
    }
  }

  /// Were replicas that had been destroyed good again then?
  [[nodiscard]] bool is_restored(ComponentId id, double at_s) const {
    constexpr double kSame_s = 1;
    const auto& all = player_.struck_at(id);
    return std::any_of(all.begin(), all.end(), [&](const std::size_t at) {
      const Struck& struck = player_.struck()[at];
      const auto& phase = player_.incident().phases[struck.phase];
      const double back_s = phase.at.value + struck.down(staging_.luck);
      return phase.fault == incidents::Fault::destroy && std::abs(back_s - at_s) < kSame_s;
    });
  }

  /// Was it hit itself, and is what hit it over then?
  [[nodiscard]] bool is_hit_until(ComponentId id, double at_s) const {
    constexpr double kSame_s = 1;
    const incidents::Incident& incident = player_.incident();
    const auto& all = player_.blows_at(id);
    return std::any_of(all.begin(), all.end(), [&](const std::size_t at) {
      const Blow& blow = player_.blows()[at];
      const double until_s = incidents::ending_of(incident, incident.phases[blow.phase]).until_s;
      return player_.counts(blow, staging_) && std::abs(until_s - at_s) < kSame_s;
    });
  }

  [[nodiscard]] const incidents::Phase* launching_fault(ComponentId id, double at_s) const {
    for (const std::size_t at : player_.blows_at(id)) {
      const auto& phase = player_.incident().phases[player_.blows()[at].phase];
      const bool lasts =
          phase.at.value <= at_s && at_s < incidents::ending_of(player_.incident(), phase).until_s;
      if (lasts && phase.match.plane == incidents::Plane::control) {
        return &phase;
      }
    }
    return nullptr;
  }

  /// The first time in a stretch in which it is down; at its end, where it never is.
  static std::pair<double, double> first_down(const Timeline& lost, double begin, double end) {
    for (const auto& down : lost.stretches(kDown)) {
      if (down.first >= begin && down.first < end) {
        return down;
      }
    }
    return {end, end};
  }

  void tell_loss(ComponentId id, blueprint::Operations asked, const Timeline& lost, double at_s) {
    const double share = lost.lost_at(at_s);
    step(at_s, asked, event_of(share), causes_.of(id, asked, at_s), condition_of(share));
  }

  void step(double at_s, blueprint::Operations asked, std::string event, std::string cause,
            findings::Condition condition) {
    const auto same = std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) {
      return step.at_s == at_s && step.event == event && step.cause == cause;
    });
    if (same == steps_.end()) {
      steps_.push_back({at_s, std::move(event), std::move(cause), condition, {asked}});
    } else if (same->whom.back() != asked) {
      same->whom.push_back(asked);
    }
  }

  /// in  asking  how many lists of operations are asked of it
  void flush(ComponentId id, std::size_t asking) {
    for (Step& step : steps_) {
      const std::string whom = step.whom.size() == asking ? "" : whom_text(step.whom);
      out_.push_back(
          {step.at_s, bp_[id].id, step.event + whom, std::move(step.cause), step.condition});
    }
    steps_.clear();
  }

  /// " for read, write"; of what names no operation of a provider the journeys that ask it; nothing where
  /// nobody says what is asked.
  [[nodiscard]] std::string whom_text(const std::vector<blueprint::Operations>& whom) const {
    std::string out;
    for (const blueprint::Operations asked : whom) {
      // Who asks for more loses what they lose who ask for a part of it.
      if (std::any_of(whom.begin(), whom.end(), [&](const blueprint::Operations part) {
            return part != asked && (part & asked) == part;
          })) {
        continue;
      }
      const std::string named = asked_text(bp_, asked);
      const std::string words = named.empty() ? journeys_text(asked) : named;
      if (words.empty()) {
        return "";
      }
      out += out.empty() ? " for " : ", ";
      out += words;
    }
    return out;
  }

  /// "login, buy": those that ask for any of these; nothing where all is asked.
  [[nodiscard]] std::string journeys_text(blueprint::Operations asked) const {
    std::set<std::string> names;
    for (const PathLoss& path : played_.paths) {
      if ((path.path.operations & asked) != 0) {
        names.insert(bp_[path.path.journey].name);
      }
    }
    return asked == blueprint::kAllOperations ? "" : fmt::format("{}", fmt::join(names, ", "));
  }

  const Blueprint& bp_;
  const Player& player_;
  const Played& played_;
  const Staging& staging_;
  Causes causes_;
  std::vector<double> endings_;
  std::map<ComponentId, Unreached> unreached_;
  std::vector<Step> steps_;                             ///< of one component
  std::set<std::pair<ComponentId, std::size_t>> held_;  ///< told to wait, by phase
  std::vector<TimedStep>& out_;
};

}  // namespace

std::vector<TimedStep> story_of(const Blueprint& bp, const Player& player, const Played& played,
                                const Staging& staging) {
  std::vector<TimedStep> story;
  tell_provider(player, staging, story);
  Teller teller(bp, player, played, staging, story);
  for (const Struck& struck : player.struck()) {
    teller.tell_held(struck);
  }
  // Of what happens at one moment the cause is told before who needs it.
  for (const auto& loop : player.dependence().loops()) {
    std::for_each(loop.begin(), loop.end(), [&](ComponentId id) { teller.tell(id); });
  }
  std::stable_sort(story.begin(), story.end(),
                   [](const TimedStep& a, const TimedStep& b) { return a.at_s < b.at_s; });
  return story;
}

}  // namespace outlast::replay
