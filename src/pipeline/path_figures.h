#pragma once

#include <utility>
#include <vector>

#include "failure/impact.h"
#include "failure/structure.h"
#include "pipeline/fact_draws.h"
#include "pipeline/judge_all.h"
#include "pipeline/top_figures.h"

namespace outlast::pipeline {

/// What a masked event costs: a switch during which nobody is served, or requests to a dead end.
/// Share of the requests, and for how long.
[[nodiscard]] double masked_share(const failure::PathImpact& impact);
[[nodiscard]] double masked_time_s(const failure::PathImpact& impact);

/// What an event does to one path.
struct PartOfEvent {
  failure::EventId event;
  double share = 0;     ///< its part of the path's down_high
  double drop = 0;      ///< of `OfEvent`; 0 where the structure does not depend on it
  double critical = 0;  ///< of `OfEvent`
  double rise = 0;      ///< P(down | it has happened) − P(down)
};

/// One path at one reading.
struct PathFigures {
  double down_low = 0;  ///< share of time not served, lower bound
  double down_high = 0;
  double structural = 0;  ///< U alone
  double outages_per_s = 0;
  double interruptions_per_s = 0;
  bool is_exact = true;
  bool is_solved = true;  ///< false: over budget, and what one event does is not known
  bool is_averaged = false;
  double averaging = 0;  ///< what the mean over the draws adds to the value at mean facts
  /// What stands beside the structure: the share of time that each event costs until redundancy has
  /// masked it, and while it stops replacement. With `structural` and `averaging` it is `down_high`.
  std::vector<std::pair<failure::EventId, double>> masking;
  std::vector<std::pair<failure::EventId, double>> stalling;
  std::vector<double> drawn;  ///< down_high in every draw of the facts
};

/// All paths at one reading.
struct Readings {
  std::vector<PathFigures> paths;
  /// What each event does to all users: to the paths, by their weights.
  base::IdVector<failure::EventId, PartOfEvent> events;
};

/// The share of time that one path is not served.
struct DownBounds {
  double low = 0;
  double high = 0;
};

/// Reads the downtime of every path out of structures, in one reading of what is not known each.
class PathReader {
 public:
  /// in  cases, paths  both must outlive the reader
  ///     budget        for solving each of the tops
  PathReader(const blueprint::Blueprint& bp, const Cases& cases,
             const std::vector<failure::Path>& paths, std::uint64_t seed,
             engines::faulttree::Budget budget = {});

  /// All paths by one structure; paths with the same gate share its diagram.
  [[nodiscard]] Readings read(const failure::Structure& structure, std::size_t threads) const;

  /// The same, where nobody asks which event has which part of it.
  [[nodiscard]] std::vector<DownBounds> read_bounds(const failure::Structure& structure,
                                                    std::size_t threads) const;

 private:
  /// Of a structure's events by event: its index, or `kNoEvent`.
  using Indexes = base::IdVector<failure::EventId, std::size_t>;
  struct OfPath {
    PathFigures figures;
    std::vector<PartOfEvent> parts;  ///< ascending by event; none where nobody asks
  };
  template <class Visit>
  void for_each(const failure::Structure& structure, std::size_t threads, bool with_parts,
                Visit visit) const;
  [[nodiscard]] OfPath read_path(const failure::Structure& structure, const Indexes& index_of,
                                 const TopFigures& top, std::size_t path, bool with_parts) const;

  const std::vector<failure::Path>& paths_;
  std::size_t events_;
  struct Masked {
    failure::EventId event;
    double share;
    double time_s;
  };
  std::vector<std::vector<Masked>> masked_;  ///< by path: the events that redundancy masks
  /// By path: share of time that it is down because an event stops replacement.
  std::vector<std::vector<std::pair<failure::EventId, double>>> stalled_;
  FactDraws draws_;
  engines::faulttree::Budget budget_;
};

}  // namespace outlast::pipeline
