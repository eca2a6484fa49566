#include "replay/assumed.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "base/text.h"
#include "blueprint/reached.h"
#include "failure/stale.h"
#include "incidents/archive.h"
#include "replay/exposure.h"
#include "replay/load.h"
#include "replay/strikes.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;

namespace {

/// Does a need make connections that a phase keeps from being made?
bool asks_names(const Player& player, const Need& need, const Staging& staging) {
  return std::any_of(need.any_of.begin(), need.any_of.end(), [&](ComponentId target) {
    const auto& blows = player.blows_at(target);
    return std::any_of(blows.begin(), blows.end(), [&](const std::size_t at) {
      const Blow& blow = player.blows()[at];
      return player.counts(blow, staging) && blow.is_asked &&
             is_about_connections(player.incident().phases[blow.phase]);
    });
  });
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

/// Nothing could be full, nor would more replicas help, where nobody says what they have to carry.
void assume_carried(const Ending& ending, std::vector<blueprint::Assumption>& out) {
  if (ending.is_unweighed) {
    out.push_back({"what is left carries all users",
                   "neither weighed, nor how many replicas more it would take",
                   "not stated (objectives: {users: {now: 2000}})"});
  }
}

/// Old addresses matter to switches that move names away from what is hit.
/// in  hit  ascending
void assume_stale(const Blueprint& bp, const Player& player, const Staging& staging,
                  const std::vector<ComponentId>& hit, std::vector<blueprint::Assumption>& out) {
  for (const Need& need : bp.needs()) {
    const bool is_hit = std::any_of(need.any_of.begin(), need.any_of.end(), [&](ComponentId id) {
      return std::binary_search(hit.begin(), hit.end(), id);
    });
    const bool is_kept = need.via.exists() || asks_names(player, need, staging);
    if (is_hit && is_kept && need.stale.value_or({0}).value > 0 && !need.stale_for.is_known()) {
      out.push_back(failure::stale_for_assumed(bp, need));
    }
  }
}

/// Who says nothing of its connections is taken to make one for each request.
void assume_connections(const Blueprint& bp, const Player& player, const Staging& staging,
                        std::vector<blueprint::Assumption>& out) {
  std::set<std::string> of;
  for (const Need& need : bp.needs()) {
    if (need.pool.is_unset() && asks_names(player, need, staging)) {
      of.insert(bp[need.from].name);
    }
  }
  if (!of.empty()) {
    out.push_back(
        {fmt::format("connections of {}", base::join_words(std::vector(of.begin(), of.end()))),
         "made for each request; without `ttl` its address is asked for each time, too",
         "not stated (pool: 10m, ttl: 60s)"});
  }
}

/// A switch that does not say when it acts leaves what loses less than half where it is.
void assume_switching(const Blueprint& bp, const std::vector<ComponentId>& hit,
                      std::vector<blueprint::Assumption>& out) {
  const auto rests_on_what_is_hit = [&](ComponentId target) {
    const std::vector<bool> is_below = blueprint::reached_from(bp, {target});
    return std::any_of(hit.begin(), hit.end(), [&](ComponentId id) { return is_below[id.index]; });
  };
  std::set<std::string> switching;
  for (const Need& need : bp.needs()) {
    if (need.via.exists() && need.any_of.size() > 1 && !need.switching.notices.is_known() &&
        std::any_of(need.any_of.begin(), need.any_of.end(), rests_on_what_is_hit)) {
      switching.insert(bp[need.from].name);
    }
  }
  if (!switching.empty()) {
    out.push_back({fmt::format("when {} switches",
                               base::join_words(std::vector(switching.begin(), switching.end()))),
                   "once half of what it leads to is lost", "not stated (notices: 5%)"});
  }
}

/// Where something lies decides whether an incident of one region hits it.
void assume_regions(const Blueprint& bp, const Player& player, const incidents::RoleTable& roles,
                    std::vector<blueprint::Assumption>& out) {
  const incidents::Incident& incident = player.incident();
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    const bool may_be_hit =
        incident.roles.contains("region") &&
        std::any_of(incident.phases.begin(), incident.phases.end(), [&](const auto& phase) {
          return !phase.match.is_everywhere && !phase.match.roles.empty() &&
                 plays_a_role(incident, phase, roles, bp, id);
        });
    if (!may_be_hit || bp[id].region.provenance() != blueprint::Provenance::assumed) {
      continue;
    }
    const auto& known = bp.assumptions();
    std::copy_if(known.begin(), known.end(), std::back_inserter(out),
                 [&](const auto& one) { return one.name == bp[id].id + ": region"; });
  }
}

}  // namespace

std::vector<blueprint::Assumption> assumed(const Blueprint& bp, const Player& player,
                                           const incidents::RoleTable& roles,
                                           const Staging& staging, const Ending& ending) {
  std::vector<blueprint::Assumption> all;
  assume_load(bp, player, all);
  assume_carried(ending, all);
  assume_connections(bp, player, staging, all);
  const auto hit = hit_by(player, staging);
  assume_stale(bp, player, staging, hit, all);
  assume_switching(bp, hit, all);
  assume_regions(bp, player, roles, all);
  return all;
}

}  // namespace outlast::replay
