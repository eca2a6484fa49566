#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "base/date.h"
#include "blueprint/blueprint.h"
#include "blueprint/own_record.h"
#include "catalog/catalog.h"
#include "clock/surge.h"
#include "findings/evaluation.h"
#include "pipeline/path_figures.h"
#include "pipeline/worst_cases.h"

namespace outlast::pipeline {

struct AnalysisOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;  ///< 0: as many as the machine has; the result does not depend on it
  /// Only what is compared with another analysis: the survival table and the availability.
  bool outcome_only = false;
  bool with_interval = true;  ///< the availability also at both ends of what is not known
  std::optional<double> asked_of_year =
      {};  ///< how probable one is to be that meets all objectives
  std::vector<blueprint::OwnRecord> records = {};  ///< the owners' own, which move rates
  std::optional<base::Date> as_of = {};            ///< ends of support; else the catalog's own day
  /// The same architecture before one component was changed, by the same seed and records.
  const Earlier* earlier = nullptr;
  /// Told the name of every step when it starts, from any thread, one at a time; the availability
  /// once nothing else goes on beside it. May be empty.
  std::function<void(std::string_view step)> on_step = {};
};

/// What an analysis is made of: who explains it asks for that.
struct Workings {
  std::vector<failure::Path> paths;
  Cases cases;
  /// Minutes a year, over all users, that each event causes; empty where nothing serves users.
  base::IdVector<failure::EventId, double> minutes_of_event;
  clock::PartsOverTime in_surge;  ///< at the steps of the row "surge"
  /// By path, on the evidence, without parts and draws; empty where nothing serves users.
  std::vector<PathFigures> figures;
};

struct Study {
  findings::Analysis analysis;
  Workings workings;
};

/// Asks every engine about one blueprint.
/// cost  see `judge_all` and `availability_of`
[[nodiscard]] Study analyse(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                            const AnalysisOptions& options);

}  // namespace outlast::pipeline
