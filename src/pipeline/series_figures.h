#pragma once

#include <optional>
#include <vector>

#include "base/alike_items.h"
#include "base/series.h"
#include "failure/structure.h"
#include "pipeline/fact_draws.h"
#include "pipeline/top_figures.h"

namespace outlast::pipeline {

/// Figures of top gates that are true as soon as any of their events happens: products, without a
/// diagram. Where hundreds of paths rest on hundreds of services each, that is what most are.
class SeriesFigures {
 public:
  /// in  tops  those that will be asked about
  SeriesFigures(const failure::Structure& structure, const std::vector<base::GateId>& tops,
                const std::vector<std::size_t>& event_of_variable, const FactDraws& draws);

  /// The same as `figures_of`; nothing where the gate is more than a series of events.
  /// in    i  index in `tops`
  /// cost  linear in the events; in what other tops do not share, times the draws of their facts;
  ///       from any thread
  [[nodiscard]] std::optional<TopFigures> of(std::size_t i) const;

 private:
  /// An event, and how often it matters: a shock only where it hits.
  struct Term {
    std::size_t event = kNoEvent;  ///< none: more than an event
    double probability = 0;
    double hits = 1;
  };
  [[nodiscard]] Term read(base::SeriesTerm term) const;
  [[nodiscard]] std::vector<double> drawn_together(const std::vector<std::uint32_t>& terms) const;
  void draw(std::size_t top, TopFigures& out) const;
  [[nodiscard]] bool is_drawn(const Term& term) const;

  const failure::Structure& structure_;
  const std::vector<std::size_t>& event_of_variable_;
  const FactDraws& draws_;
  std::vector<Term> terms_;
  std::vector<std::optional<std::vector<std::uint32_t>>> series_;  ///< terms by top
  base::AlikeItems alike_;                                         ///< terms in the same tops
  std::vector<std::vector<double>> drawn_;  ///< by group of terms: is any of them, in every draw
};

}  // namespace outlast::pipeline
