#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engines/faulttree/importance.h"
#include "engines/faulttree/solution.h"
#include "engines/montecarlo/sampler.h"
#include "mef/model.h"

namespace outlast::cli {

/// What a probability becomes where what it is made of is uncertain.
struct Uncertainty {
  std::size_t trials = 0;  ///< 0: nothing is uncertain, and nothing was drawn
  double mean = 0;
  double deviation = 0;
  double p5 = 0;
  double median = 0;
  double p95 = 0;
  std::size_t outside = 0;  ///< drawn probabilities that were no probabilities, and were cut off
};

/// All that was found out about one top.
struct TopAnswer {
  std::string name;
  bool is_coherent = true;
  bool has_probability = true;
  bool is_exact = true;
  engines::faulttree::Bounds probability;
  std::size_t modules = 0;
  std::size_t nodes = 0;
  std::optional<engines::faulttree::RankedCutSets> cut_sets;
  std::string no_cut_sets;                                 ///< why there are none
  std::vector<engines::faulttree::Importance> importance;  ///< by event; empty: none
  std::string no_importance;                               ///< why there is none
  std::optional<Uncertainty> uncertainty;
  /// Where scenarios were sampled: `probability` is the interval, and nothing was solved.
  std::optional<engines::montecarlo::SampledProbability> sampled;
};

struct TreeAnswers {
  std::vector<TopAnswer> tops;
  std::vector<std::pair<std::string, double>> timings_ms;  ///< empty: not asked for
};

[[nodiscard]] std::string faulttree_text(const mef::Model& model, const TreeAnswers& answers);

/// One shape for any number of tops: the members of the first stand by themselves, those of the
/// others in `more_tops`, and each as its fellows: what was not found is empty, and `reason` says why.
/// `probability` is the exact one; of proven bounds it is their geometric mean (half of `high` where
/// `low` is 0), of scenarios the estimate: see `probability_is`.
///
/// in  answers  of one top at least
[[nodiscard]] std::string faulttree_json(const mef::Model& model, const TreeAnswers& answers);

}  // namespace outlast::cli
