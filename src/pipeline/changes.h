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

/// A change and where a bad one stops, at both ends of what nobody stated.
struct RolledOut {
  failure::EventId event;
  findings::Change change;
  engines::rollout::Reach best;
  engines::rollout::Reach worst;
};

/// Adds what owners themselves bring about: bad releases and configurations.
///
/// in      events  of `failure::list_events`; to them is added one for each artifact and channel.
///                 It stands for “everyone is reached”: only with that rate, where the owners say
///                 how often they change, does it enter availability
/// source  docs/model.md, changes
[[nodiscard]] std::vector<RolledOut> add_changes(
    const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
    base::IdVector<failure::EventId, failure::Event>& events);

/// Turns the judgement of what is hit as a whole into that of what a change does reach.
void judge_changes(const blueprint::Blueprint& bp, std::vector<RolledOut> changes, Cases& cases);

}  // namespace outlast::pipeline
