#include "replay/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "incidents/archive.h"
#include "incidents/read_incident.h"
#include "replay/assumed.h"
#include "replay/causes.h"
#include "replay/load.h"
#include "replay/luck.h"
#include "replay/outcome.h"
#include "replay/player.h"
#include "replay/prevention.h"
#include "replay/questions.h"
#include "replay/series.h"
#include "replay/story.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using findings::Replay;
using findings::ReplayOutcome;
using findings::Verdict;
using incidents::Incident;

namespace {

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

/// The lesser and the greater of each figure.
template <class Outcome>
void widen(std::initializer_list<double Outcome::*> figures, const Outcome& other, Outcome& least,
           Outcome& most) {
  for (double Outcome::*const figure : figures) {
    least.*figure = std::min(least.*figure, other.*figure);
    most.*figure = std::max(most.*figure, other.*figure);
  }
}

void widen(const ReplayOutcome& other, ReplayOutcome& least, ReplayOutcome& most) {
  using Outcome = ReplayOutcome;
  widen({&Outcome::downtime_s, &Outcome::degraded_s, &Outcome::late_s, &Outcome::users,
         &Outcome::over_s},
        other, least, most);
  if (other.user_minutes) {
    least.user_minutes = std::min(*least.user_minutes, *other.user_minutes);
    most.user_minutes = std::max(*most.user_minutes, *other.user_minutes);
  }
  const auto take_verdict = [&](ReplayOutcome& of) {
    of.survives = other.survives;
    of.by_load = other.by_load;
  };
  if (findings::is_graver(least.survives, other.survives)) {
    take_verdict(least);
  } else if (findings::is_graver(other.survives, most.survives)) {
    take_verdict(most);
  }
}

/// Between which ends each figure lies. Bad luck may lose less: a loss that grows is noticed, and
/// switched away from.
findings::ReplayRange range_of(const Blueprint& bp, const catalog::Catalog& catalog,
                               const failure::Dependence& dependence, const Incident& incident,
                               const incidents::RoleTable& roles, Staging staging,
                               const Ending& told) {
  using Journey = findings::JourneyOutcome;
  const auto middle = journeys_of(bp, told.played);
  findings::ReplayRange range{told.outcome, told.outcome, middle, middle};
  const auto play_at = [&](Luck luck) {
    const Incident other = estimated(incident, luck);
    const Player player(bp, catalog, dependence, other, roles);
    staging.luck = luck;
    const Ending ending = ending_of(bp, player, staging);
    widen(ending.outcome, range.least, range.most);
    const auto journeys = journeys_of(bp, ending.played);
    for (std::size_t i = 0; i < journeys.size(); ++i) {
      widen({&Journey::downtime_s, &Journey::degraded_s, &Journey::late_s, &Journey::most_lost},
            journeys[i], range.least_by_journey[i], range.most_by_journey[i]);
    }
    return ending.outcome.by_load.empty();
  };
  // What is carried at the worse end is at the better one.
  staging.weigher = play_at(Luck::bad) ? nullptr : staging.weigher;
  play_at(Luck::good);
  return range;
}

/// Ids of what a phase hits in what is asked of it, or where it lies.
std::vector<std::string> felt_by(const Blueprint& bp, const Player& player,
                                 const Staging& staging) {
  std::vector<std::string> ids;
  for (const ComponentId id : hit_by(player, staging)) {
    const auto& blows = player.blows_at(id);
    const bool is_asked = std::any_of(blows.begin(), blows.end(), [&](const std::size_t at) {
      return player.blows()[at].is_asked;
    });
    if (is_asked || !player.struck_at(id).empty()) {
      ids.push_back(bp[id].id);
    }
  }
  return ids;
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

/// By the verdict, then by how many users for how long; at the same users by time.
bool is_worse(const ReplayOutcome& a, const ReplayOutcome& b) {
  if (findings::is_graver(a.survives, b.survives) || findings::is_graver(b.survives, a.survives)) {
    return findings::is_graver(a.survives, b.survives);
  }
  const auto harm = [](const ReplayOutcome& of) {
    return std::tuple(of.user_minutes.value_or(0), of.downtime_s, of.degraded_s);
  };
  return harm(a) > harm(b);
}

/// The same at the hour of the day at which it is worst.
void tell_worst_time(const Blueprint& bp, const Player& player, const Staging& staging,
                     Replay& out) {
  out.at_worst_time = out.outcome;
  out.worst_time_s = staging.starts_at_s;
  const auto busiest = busiest_hour(bp);
  for (int hour = 0; hour < 24; ++hour) {
    Staging shifted = staging;
    shifted.starts_at_s = hour * base::kSecondsPerHour;
    shifted.weigher = hour == busiest ? staging.weigher : nullptr;
    const ReplayOutcome other = ending_of(bp, player, shifted).outcome;
    if (is_worse(other, out.at_worst_time)) {
      out.at_worst_time = other;
      out.worst_time_s = shifted.starts_at_s;
    }
  }
}

bool loses_nothing(const findings::ReplayOutcome& outcome) {
  return outcome.downtime_s <= 0 && outcome.degraded_s <= 0 && outcome.late_s <= 0 &&
         outcome.users <= 0;
}

using Traits = std::map<std::string, std::string>;

/// "proxy: old".
std::string text_of(const Traits& traits) {
  std::vector<std::string> all;
  for (const auto& [name, value] : traits) {
    all.push_back(fmt::format("{}: {}", name, value));
  }
  return base::join_words(all, all.size());
}

/// Whom cohorts of several values of a trait may hold is in one of them: it is told in the worst.
/// out  how it ends in each of them; none where there is one at most
std::vector<std::pair<Traits, ReplayOutcome>> take_worst_traits(const Blueprint& bp,
                                                                const Player& player,
                                                                Staging& staging) {
  std::vector<std::pair<Traits, ReplayOutcome>> cohorts;
  const auto all = possible_traits(bp, player);
  if (all.size() < 2) {
    return cohorts;
  }
  for (const Traits& traits : all) {
    Staging one = staging;
    one.traits = traits;
    cohorts.emplace_back(traits, ending_of(bp, player, one).outcome);
  }
  staging.traits =
      std::min_element(cohorts.begin(), cohorts.end(), [](const auto& a, const auto& b) {
        return is_worse(a.second, b.second);
      })->first;
  return cohorts;
}

/// What is open is told by its two ends, and each other end that is neither.
void tell_others(const std::vector<std::pair<Traits, ReplayOutcome>>& cohorts, Replay& out) {
  const auto is_other_than = [](const ReplayOutcome& a, const ReplayOutcome& b) {
    return a.survives != b.survives || a.downtime_s != b.downtime_s || a.degraded_s != b.degraded_s;
  };
  for (const auto& [traits, outcome] : cohorts) {
    if (out.spared && is_other_than(outcome, out.outcome) && is_other_than(outcome, *out.spared)) {
      out.others.push_back({text_of(traits), outcome});
    }
  }
}

/// Where what is not known is not hit: told beside it where that decides, or instead of it where
/// nothing is lost either way.
void tell_spared(const Blueprint& bp, const Player& player, Staging staging, Replay& out) {
  if (!is_any_open(player)) {
    out.spared_journeys = out.journeys;
    return;
  }
  staging.unknown_is_hit = false;
  const Ending best = ending_of(bp, player, staging);
  out.spared_journeys = journeys_of(bp, best.played);
  const bool is_all_the_same = best.outcome.survives == Verdict::not_exposed &&
                               out.outcome.survives == Verdict::yes && loses_nothing(out.outcome);
  // Nothing of theirs was there, or it was and carried on: where it is is not known, it is neither.
  if (is_all_the_same && !is_place_open(bp, player)) {
    out.outcome = best.outcome;
  } else if (best.outcome.survives != out.outcome.survives) {
    out.spared = best.outcome;
    out.question = question_of(bp, player);
  }
}

}  // namespace

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
  const auto cohorts = take_worst_traits(bp, player, staging);
  const Ending ending = ending_of(bp, player, staging);
  out.outcome = ending.outcome;
  out.journeys = journeys_of(bp, ending.played);
  tell_spared(bp, player, staging, out);
  tell_others(cohorts, out);
  out.data = data_lost(player, staging);
  out.hit = felt_by(bp, player, staging);
  out.because = causes_of(bp, player, ending.played, staging);
  out.because.insert(out.because.begin(), out.outcome.by_load.begin(), out.outcome.by_load.end());
  const bool is_all = options.telling == Telling::all;
  if (options.telling == Telling::range || is_all) {
    out.range = range_of(bp, catalog, dependence, incident, roles, staging, ending);
  }
  if (options.telling == Telling::story || is_all) {
    out.story = story_of(bp, player, ending.played, staging);
    out.series = series_of(bp, ending.played, is_all);
  }
  if (is_all) {
    tell_worst_time(bp, player, staging, out);
    out.prevented_by = preventions(bp, player, staging, ending);
    out.assumptions = assumed(bp, player, roles, staging, ending);
  }
  return out;
}

}  // namespace outlast::replay
