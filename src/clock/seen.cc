#include "clock/seen.h"

#include <algorithm>

#include "clock/harm.h"
#include "clock/judgement.h"
#include "clock/run.h"

namespace outlast::clock {

using findings::Likely;
using findings::Verdict;

namespace {

/// Of one run: a row has many, and none is waited for as long as a day that is asked for.
constexpr std::uint64_t kMostOfARow = 2'000'000;

double as_long_as(double seen_s, const Watch& watch) {
  return seen_s >= kNearlyAll * watch.watched_s ? watch.lasts_s : seen_s;
}

Likely as_long_as(const Likely& seen, const Watch& watch) {
  return {as_long_as(seen.value, watch), as_long_as(seen.low, watch), as_long_as(seen.high, watch)};
}

}  // namespace

blueprint::Scenario with_fault(blueprint::ScenarioFault fault) {
  blueprint::Scenario scenario;
  fault.id = "it";
  fault.at = {kSeenFrom_s};
  scenario.faults = {std::move(fault)};
  return scenario;
}

base::Result<Seen, Unseen> seen(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                                const blueprint::Scenario& scenario, SimulateOptions options,
                                const Watch& watch) {
  base::Diagnostics diagnostics;
  options.until_s = kSeenFrom_s + watch.watched_s;
  options.most_work = kMostOfARow;
  auto day = simulate(bp, catalog, scenario, options, diagnostics);
  if (!day || !*day) {
    return tl::unexpected(Unseen::hits_nobody);
  }
  if ((*day)->is_partial || (*day)->lacks_an_end) {
    return tl::unexpected(Unseen::not_followed);
  }
  Seen out;
  out.day = std::move(**day);
  // What load does alone is no harm of the fault's.
  const auto& alone = out.day.alone;
  out.alone = alone.value_or(findings::LoadAlone{});
  out.down_s = as_long_as(alone ? alone->added_down_s : out.day.down_s, watch);
  out.lossy_s = as_long_as(alone ? alone->added_lossy_s : out.day.lossy_s, watch);
  out.partly_s = as_long_as(alone ? alone->added_partly_s : out.day.partly_s, watch);
  const Verdict best = verdict_of(out.down_s.low, out.partly_s.low, watch.rto_s);
  const Verdict worst = verdict_of(out.down_s.high, out.partly_s.high, watch.rto_s);
  out.survives = best == worst ? best : Verdict::unknown;
  return out;
}

bool is_carried(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                const blueprint::Scenario& scenario, SimulateOptions options, const Watch& watch,
                Verdict survived) {
  base::Diagnostics diagnostics;
  options.until_s = kSeenFrom_s + watch.watched_s;
  options.most_work = kMostOfARow;
  const double users =
      scenario.users.is_known() ? *scenario.users : bp.objectives().users.now.value_or(0);
  const Damage damage = damage_of(bp, catalog, scenario, Luck::bad, diagnostics);
  const auto day = run(bp, catalog, scenario, damage, Strain::high, users, options);
  if (!day || day->outcome.is_cut_off) {
    return false;
  }
  const Harm harm = harm_of(*day);
  return !findings::is_graver(
      verdict_of(as_long_as(harm.down_s, watch), as_long_as(harm.partly_s, watch), watch.rto_s),
      survived);
}

bool is_worse(const Seen& a, const Seen& b) {
  return findings::is_graver(a.survives, b.survives) ||
         (!findings::is_graver(b.survives, a.survives) &&
          a.day.lost_requests > b.day.lost_requests);
}

}  // namespace outlast::clock
