#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "failure/events.h"
#include "failure/impact.h"
#include "findings/evaluation.h"

namespace outlast::pipeline {

/// What one event means to users, judged by the objective of its class.
struct Judgement {
  findings::Verdict verdict = findings::Verdict::not_exposed;
  double down_s = 0;  ///< median of the path that is out longest; infinite: unbounded
  double down_p90_s = 0;
  double users = 0;         ///< share of users that are hit
  double user_minutes = 0;  ///< lost until all is well; infinite where something is unbounded
  findings::DataLost data;
  bool stops_a_path = false;  ///< some path is down as long as the cause lasts: a cut of order 1
  std::vector<std::string> because;
};

/// in      event    what happened
///         impact   of that event
///         paths    those that `impact` speaks of
/// source  SEMANTICS, verdicts
[[nodiscard]] Judgement judge(const blueprint::Blueprint& bp, const failure::Event& event,
                              const failure::Impact& impact,
                              const std::vector<failure::Path>& paths);

/// The components that an event stops by hitting them themselves, and that stop users; of several
/// the reason why is said in words: "db is one instance".
[[nodiscard]] std::vector<std::string> reasons(const blueprint::Blueprint& bp,
                                               const failure::Event& event,
                                               const failure::Impact& impact);

}  // namespace outlast::pipeline
