#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/events.h"
#include "failure/impact.h"
#include "findings/change.h"
#include "pipeline/judge.h"

namespace outlast::pipeline {

/// Every event with what it does and what that means to users.
struct Cases {
  base::IdVector<failure::EventId, failure::Event> events;
  base::IdVector<failure::EventId, failure::Impact> impacts;
  base::IdVector<failure::EventId, Judgement> judgements;
  /// Of events whose outcome depends on what is not known: judged at both ends.
  std::map<failure::EventId, std::pair<Judgement, Judgement>> ends;
  /// Of losses of zones: whether users are left unserved too long, for each way in which zones that
  /// are not known can lie, and both ends of all else; of the same length for all.
  std::map<failure::EventId, std::vector<bool>> fails_at;
  /// Of events that destroy data of which a copy may be left, as no input tells: if none is.
  std::map<failure::EventId, failure::Impact> impacts_without_copies;
  std::map<failure::EventId, findings::Change> changes;  ///< of events that are one
};

/// The verdict of an event where it holds whichever way the unknown turns out; else unknown.
[[nodiscard]] findings::Verdict verdict_of(const Cases& cases, failure::EventId id);

struct Earlier;

struct JudgeOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  /// By the same seed; what cannot have changed since is taken from there. Null: there is none.
  const Earlier* earlier = nullptr;
};

/// Judges each event.
///
/// in    events  of `failure::list_events`
/// cost  linear in what all events together reach; on `threads` threads, same result for any
[[nodiscard]] Cases judge_all(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                              const failure::Dependence& dependence,
                              const std::vector<failure::Path>& paths,
                              base::IdVector<failure::EventId, failure::Event> events,
                              const JudgeOptions& options);

}  // namespace outlast::pipeline
