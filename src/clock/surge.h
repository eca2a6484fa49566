#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "findings/evaluation.h"
#include "findings/surge.h"

namespace outlast::clock {

/// What the blueprint asks (`users: {now, peak, within}`); where it asks nothing, from 100 to
/// 1,000,000 users in ten minutes.
[[nodiscard]] findings::SurgeQuestion surge_question_of(const blueprint::Objectives& objectives);

/// Runs the surge on the clock, at what is likely and at both ends of what nobody stated.
///
/// in      progress  told of the runs, from several threads
/// errors  nobody comes in anywhere; numbers of users or lengths of time without meaning; more steps
///         than anybody waits for
/// cost    three runs of the flow engine: independent of the number of users
[[nodiscard]] base::Result<findings::Surge> surge_of(const blueprint::Blueprint& bp,
                                                     const catalog::Catalog& catalog,
                                                     const findings::SurgeQuestion& question,
                                                     base::Progress* progress = nullptr);

/// How parts fare at even steps of a run, by component id: what is told as several stations is one.
struct PartsOverTime {
  using Tracks = std::map<std::string, std::vector<double>>;
  Tracks replicas;  ///< that work
  Tracks taken;     ///< requests a second that they work on

  static void add(const std::vector<double>& track, std::vector<double>& sum);
};
[[nodiscard]] PartsOverTime parts_over_time(const findings::Surge& surge);

/// The same as a row of the survival table. Absent where the blueprint does not say what users are
/// to be expected: then nobody asked.
/// out  parts  of the run that is told, at the steps of the row's series
[[nodiscard]] std::optional<findings::SurvivalRow> surge_row(
    const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
    std::vector<blueprint::Assumption>& assumptions, PartsOverTime& parts);

}  // namespace outlast::clock
