#pragma once

#include <map>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "engines/rollout/reach.h"
#include "failure/events.h"
#include "findings/change.h"

namespace outlast::pipeline {

struct Cases;

/// Where a bad change stops: what is asked of it, without the thousands of ways in which it may.
struct ReachSummary {
  explicit ReachSummary(const engines::rollout::Reach& reach);

  double everyone = 0;               ///< probability that all users are reached
  double harm_s = 0;                 ///< mean
  double reached = 0;                ///< mean share of users
  engines::rollout::Outcome median;  ///< by harm
  double down_s = 0;                 ///< median
  double down_p90_s = 0;
  double failing = 0;  ///< mean share of requests that fail, where everyone is reached …
  double lasts_s = 0;  ///< … times how long
};

/// At both ends of what nobody stated.
struct Reaches {
  ReachSummary best;
  ReachSummary worst;
};

struct RolledOut {
  failure::EventId event;
  findings::Change change;
  std::size_t reaches = 0;  ///< index in those of all
};

/// Most components say nothing of their rollouts: what then may happen is kept once for all.
struct RolledOuts {
  std::vector<RolledOut> all;
  std::vector<Reaches> reaches;
};

/// Adds what owners themselves bring about: bad releases and configurations.
///
/// in      events  of `failure::list_events`; to them is added one for each artifact and channel.
///                 It stands for “everyone is reached”: only with that rate, where the owners say
///                 how often they change, does it enter availability
/// source  docs/model.md, changes
[[nodiscard]] RolledOuts add_changes(const blueprint::Blueprint& bp,
                                     const catalog::Catalog& catalog,
                                     base::IdVector<failure::EventId, failure::Event>& events);

/// Turns the judgement of what is hit as a whole into that of what a change does reach.
void judge_changes(const blueprint::Blueprint& bp, RolledOuts changes, Cases& cases);

}  // namespace outlast::pipeline
