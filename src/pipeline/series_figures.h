#pragma once

#include <optional>
#include <vector>

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
  /// cost  linear in the events, times the draws of their facts; from any thread
  [[nodiscard]] std::optional<TopFigures> of(std::size_t i) const;

 private:
  /// An event, and how often it matters: a shock only where it hits.
  struct Term {
    base::VariableId variable;
    double hits = 1;
  };
  [[nodiscard]] std::optional<std::vector<Term>> terms_of(base::GateId top) const;
  void draw(const std::vector<Term>& series, TopFigures& out) const;

  const failure::Structure& structure_;
  const std::vector<std::size_t>& event_of_variable_;
  const FactDraws& draws_;
  std::vector<std::optional<std::vector<Term>>> series_;  ///< by top
  /// By variable of a series: its probability in every draw of the facts; empty where none is drawn.
  std::vector<std::vector<double>> drawn_;
};

}  // namespace outlast::pipeline
