#include "replay/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "base/text.h"
#include "base/units.h"
#include "incidents/archive.h"
#include "incidents/read_incident.h"
#include "replay/causes.h"
#include "replay/day.h"
#include "replay/load.h"
#include "replay/luck.h"
#include "replay/player.h"
#include "replay/prevention.h"
#include "replay/series.h"
#include "replay/story.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using findings::Replay;
using findings::ReplayOutcome;
using findings::Verdict;
using incidents::Incident;

namespace {

/// Which components are hit by something, in their order.
std::vector<ComponentId> hit_by(const Player& player, const Staging& staging) {
  std::set<ComponentId> hit;
  for (const Struck& struck : player.struck()) {
    hit.insert(struck.component);
  }
  for (const Blow& blow : player.blows()) {
    if (player.counts(blow, staging)) {
      hit.insert(blow.component);
    }
  }
  return {hit.begin(), hit.end()};
}

/// What needs do not say of what they ask for: "what web asks of idp is not stated".
std::string asked_question(const Blueprint& bp, const Player& player) {
  std::set<std::string> by;
  std::set<std::string> of;
  for (const OpenNeed& open : player.open_needs()) {
    by.insert(bp[bp[open.need].from].name);
    of.insert(bp[open.target].name);
  }
  return fmt::format(
      "what is asked of {} by {} is not stated: sign-in (operations: [auth]), or not",
      base::join_words(std::vector(of.begin(), of.end())),
      base::join_words(std::vector(by.begin(), by.end())));
}

/// All that is not known and decides who is hit: "proxy and bot_management of edge".
std::string question_of(const Blueprint& bp, const Player& player) {
  std::set<std::string> open;
  std::set<std::string> of;
  for (const Blow& blow : player.blows()) {
    if (blow.exposure == Exposure::unknown) {
      for (const std::string& trait :
           open_traits(player.incident().phases[blow.phase], bp[blow.component])) {
        open.insert(trait);
      }
      if (blow.is_cloud_open) {
        open.insert("the cloud");
      }
      of.insert(bp[blow.component].name);
    }
  }
  if (of.empty()) {
    return asked_question(bp, player);
  }
  const std::vector<std::string> traits(open.begin(), open.end());
  const std::vector<std::string> names(of.begin(), of.end());
  const std::string known = fmt::format("{} of {} {} not known", base::join_words(traits),
                                        base::join_words(names), traits.size() == 1 ? "is" : "are");
  return player.open_needs().empty() ? known : known + "; " + asked_question(bp, player);
}

/// The worst of what stores lose: all before some time.
findings::DataLost data_lost(const Player& player) {
  using Kind = failure::DataLoss::Kind;
  const auto rank = [](Kind kind) {
    return kind == Kind::all ? 3 : kind == Kind::unknown ? 2 : kind == Kind::seconds ? 1 : 0;
  };
  findings::DataLost worst;
  std::set<std::string> stores;
  for (const Struck& struck : player.struck()) {
    if (struck.data.kind != Kind::none) {
      stores.insert(struck.data.stores.begin(), struck.data.stores.end());
      worst.seconds = std::max(worst.seconds, struck.data.seconds);
      worst.kind = rank(struck.data.kind) > rank(worst.kind) ? struck.data.kind : worst.kind;
    }
  }
  worst.stores.assign(stores.begin(), stores.end());
  return worst;
}

/// What each journey loses, in the order in which they are declared; those of one name as one.
std::vector<findings::JourneyOutcome> journeys_of(const Blueprint& bp, const Played& played) {
  std::map<std::string_view, findings::JourneyOutcome> by_name;
  for (const PathLoss& loss : played.paths) {
    findings::JourneyOutcome& one = by_name[bp[loss.path.journey].name];
    one.downtime_s = std::max(one.downtime_s, loss.lost.time_at_least(kDown));
    one.degraded_s =
        std::max(one.degraded_s, worst_of({loss.lost, loss.soft}).time_at_least(kNoticed));
    one.late_s = std::max(one.late_s, loss.late.time_at_least(kNoticed));
    one.most_lost = std::max(one.most_lost, loss.lost.most_lost());
  }
  std::vector<findings::JourneyOutcome> all;
  for (const auto& journey : bp.journeys()) {
    all.push_back(by_name[journey.name]);
    all.back().journey = journey.name;
  }
  return all;
}

void assume_load(const Blueprint& bp, const Player& player,
                 std::vector<blueprint::Assumption>& out) {
  const auto& users = bp.objectives().users;
  const auto needs_day = [&](const Blow& blow) { return follows_users(bp[blow.component]); };
  const auto blow = std::find_if(player.blows().begin(), player.blows().end(), needs_day);
  if (blow == player.blows().end() || !users.day.empty() || users.busy.from.is_known()) {
    return;
  }
  const Load load = load_of(bp, bp[blow->component].region.value_or(""));
  const std::string how = "; not stated (users: {day: {\"00:00\": 300, \"13:00\": 2000}})";
  out.push_back(
      {"load over the day",
       load.levels.empty() ? "even: nothing has to grow while the incident lasts"
                           : "the usual day by the region's clock, and made for its quietest hour",
       (load.levels.empty() ? "no clock is known of its region" : incidents::usual_day().source) +
           how});
}

/// Is anything down that others may have to stand in for?
bool leaves_work(const Played& played) {
  return std::any_of(played.states.begin(), played.states.end(), [](const auto& of) {
    return std::any_of(of.second.begin(), of.second.end(),
                       [](const Timeline& lost) { return lost.most_lost() > 0; });
  });
}

/// What is survived by structure is not where what is left does not carry the users there are.
void weigh(const Blueprint& bp, const Player& player, const Staging& staging, double rto_s,
           ReplayOutcome& out) {
  const auto day = day_of(bp, player, staging);
  const auto weight = day ? (*staging.weigher)(*day, rto_s, out.survives) : std::optional<Weight>();
  if (!weight) {
    return;
  }
  out.survives = weight->survives;
  out.by_load = reasons_of(*weight);
  if (out.survives != Verdict::unknown) {
    out.downtime_s = std::max(out.downtime_s, weight->down_s);
    out.degraded_s = std::max({out.degraded_s, out.downtime_s, weight->partly_s});
    out.users = std::max(out.users, weight->users);
  }
}

ReplayOutcome outcome_of(const Blueprint& bp, const Player& player, const Staging& staging,
                         const Played& played) {
  const double rto =
      blueprint::objective_of(bp.objectives(), player.incident().fault_class).rto.value;
  ReplayOutcome out;
  bool fails = false;
  bool degrades = false;
  std::vector<Timeline> weighted;
  for (const PathLoss& loss : played.paths) {
    const double down = loss.lost.time_at_least(kDown);
    const double partly = worst_of({loss.lost, loss.soft}).time_at_least(kNoticed);
    const bool is_low = bp[loss.path.journey].importance == blueprint::Importance::low;
    out.downtime_s = std::max(out.downtime_s, down);
    out.degraded_s = std::max(out.degraded_s, partly);
    out.late_s = std::max(out.late_s, loss.late.time_at_least(kNoticed));
    out.over_s = std::max(out.over_s, loss.lost.over_s());
    fails = fails || (down > rto && !is_low);
    degrades = degrades || partly > rto;
    weighted.push_back(combined(
        {loss.lost}, [&](std::vector<double>& lost) { return lost[0] * loss.path.weight; }));
  }
  out.users = std::min(1.0, combined(weighted, [](std::vector<double>& lost) {
                              double sum = 0;
                              for (const double share : lost) {
                                sum += share;
                              }
                              return sum;
                            }).most_lost());
  const findings::DataLost data = data_lost(player);
  const double rpo =
      blueprint::objective_of(bp.objectives(), player.incident().fault_class).rpo.value;
  fails = fails || data.kind == failure::DataLoss::Kind::all ||
          (data.kind == failure::DataLoss::Kind::seconds && data.seconds > rpo);
  const bool is_touched = !hit_by(player, staging).empty() && !played.paths.empty();
  out.survives = !is_touched ? Verdict::not_exposed
                 : fails     ? Verdict::no
                 : degrades  ? Verdict::degraded
                             : Verdict::yes;
  const bool is_survived = out.survives == Verdict::yes || out.survives == Verdict::degraded;
  if (staging.weigher != nullptr && is_survived && leaves_work(played)) {
    weigh(bp, player, staging, rto, out);
  }
  return out;
}

/// What brought paths down, then what they did without; each cause once, in the order of the paths.
std::vector<std::string> causes_of(const Blueprint& bp, const Player& player, const Played& played,
                                   const Staging& staging) {
  std::vector<std::string> causes;
  std::set<std::string> told;
  const Causes of(bp, player, played, staging);
  const auto tell = [&](std::string cause) {
    if (!cause.empty() && told.insert(cause).second) {
      causes.push_back(std::move(cause));
    }
  };
  for (const PathLoss& loss : played.paths) {
    tell(of.root_of(loss.path.enters, loss.path.operations));
  }
  for (const PathLoss& loss : played.paths) {
    for (const Beside& beside : loss.unmet) {
      tell(of.unmet(beside));
    }
  }
  return causes;
}

/// Is it not known of something whether it is hit?
bool is_any_open(const Player& player) {
  return !player.open_needs().empty() ||
         std::any_of(player.blows().begin(), player.blows().end(),
                     [](const Blow& blow) { return blow.exposure == Exposure::unknown; });
}

/// How it would have been at both ends of what is uncertain.
findings::ReplayRange range_of(const Blueprint& bp, const catalog::Catalog& catalog,
                               const failure::Dependence& dependence, const Incident& incident,
                               const incidents::RoleTable& roles, Staging staging) {
  findings::ReplayRange range;
  const auto play_at = [&](Luck luck, ReplayOutcome& outcome,
                           std::vector<findings::JourneyOutcome>& journeys) {
    const Incident other = estimated(incident, luck);
    const Player player(bp, catalog, dependence, other, roles);
    staging.luck = luck;
    const Played played = player.play(staging);
    outcome = outcome_of(bp, player, staging, played);
    journeys = journeys_of(bp, played);
  };
  play_at(Luck::bad, range.most, range.most_by_journey);
  // What is carried at the worse end is at the better one.
  staging.weigher = range.most.by_load.empty() ? nullptr : staging.weigher;
  play_at(Luck::good, range.least, range.least_by_journey);
  return range;
}

/// The hour in which most users come, where the input says how they do: of all hours the one in which
/// what is left is weighed.
std::optional<int> busiest_hour(const Blueprint& bp) {
  const Load load = load_of(bp, "");
  if (load.is_assumed || load.levels.empty()) {
    return std::nullopt;
  }
  const auto most =
      std::max_element(load.levels.begin(), load.levels.end(),
                       [](const auto& a, const auto& b) { return a.users < b.users; });
  return static_cast<int>(most->from_s / base::kSecondsPerHour);
}

}  // namespace

ReplayOutcome outcome_of(const Blueprint& bp, const Player& player, const Staging& staging) {
  return outcome_of(bp, player, staging, player.play(staging));
}

Replay replay_of(const Blueprint& bp, const catalog::Catalog& catalog,
                 const failure::Dependence& dependence, const Incident& incident,
                 const incidents::RoleTable& roles, const ReplayOptions& options) {
  const Player player(bp, catalog, dependence, incident, roles);
  Staging staging;
  staging.starts_at_s = options.starts_at_s.value_or(static_cast<double>(incident.began % 86400));
  staging.weigher = options.weigher ? &options.weigher : nullptr;
  Replay out;
  out.incident = incident.id;
  out.title = incident.title;
  out.began = incidents::format_moment(incident.began);
  out.fault_class = incident.fault_class;
  out.objective = blueprint::objective_of(bp.objectives(), incident.fault_class);
  const Played played = player.play(staging);
  out.outcome = outcome_of(bp, player, staging, played);
  Staging spared = staging;
  spared.unknown_is_hit = false;
  const Played played_spared = player.play(spared);
  const ReplayOutcome best =
      is_any_open(player) ? outcome_of(bp, player, spared, played_spared) : out.outcome;
  const auto is_survived = [](Verdict verdict) { return verdict != Verdict::no; };
  // Nothing of theirs was there, or it was and carried on: not known is neither.
  const bool is_place_open =
      best.survives == Verdict::not_exposed &&
      std::any_of(player.blows().begin(), player.blows().end(), [&](const Blow& blow) {
        const Component& c = bp[blow.component];
        const bool is_region_open = blow.exposure == Exposure::unknown && !c.region.is_known() &&
                                    c.scope != blueprint::Scope::global;
        return blow.is_cloud_open || is_region_open;
      });
  if (is_place_open || is_survived(best.survives) != is_survived(out.outcome.survives)) {
    out.spared = best;
    out.question = question_of(bp, player);
  } else if (best.survives == Verdict::not_exposed && out.outcome.survives == Verdict::yes) {
    out.outcome = best;
  }
  out.data = data_lost(player);
  for (const ComponentId id : hit_by(player, staging)) {
    const auto& blows = player.blows_at(id);
    const bool is_asked = std::any_of(blows.begin(), blows.end(), [&](const std::size_t at) {
      return player.blows()[at].is_asked;
    });
    if (is_asked || !player.struck_at(id).empty()) {
      out.hit.push_back(bp[id].id);
    }
  }
  out.journeys = journeys_of(bp, played);
  out.spared_journeys = journeys_of(bp, played_spared);
  out.because = causes_of(bp, player, played, staging);
  out.because.insert(out.because.begin(), out.outcome.by_load.begin(), out.outcome.by_load.end());
  if (options.telling == Telling::range || options.telling == Telling::all) {
    out.range = range_of(bp, catalog, dependence, incident, roles, staging);
  }
  if (options.telling == Telling::story || options.telling == Telling::all) {
    out.story = story_of(bp, player, played, staging);
    out.series = series_of(bp, played, options.telling == Telling::all);
  }
  if (options.telling != Telling::all) {
    return out;
  }
  out.at_worst_time = out.outcome;
  out.worst_time_s = staging.starts_at_s;
  const auto busiest = busiest_hour(bp);
  for (int hour = 0; hour < 24; ++hour) {
    Staging shifted = staging;
    shifted.starts_at_s = hour * base::kSecondsPerHour;
    shifted.weigher = hour == busiest ? staging.weigher : nullptr;
    const ReplayOutcome other = outcome_of(bp, player, shifted);
    if (std::pair(other.downtime_s, other.degraded_s) >
        std::pair(out.at_worst_time.downtime_s, out.at_worst_time.degraded_s)) {
      out.at_worst_time = other;
      out.worst_time_s = shifted.starts_at_s;
    }
  }
  out.prevented_by = preventions(bp, player, staging, out.outcome);
  assume_load(bp, player, out.assumptions);
  return out;
}

}  // namespace outlast::replay
