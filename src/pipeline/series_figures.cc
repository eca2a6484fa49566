#include "pipeline/series_figures.h"

#include <algorithm>
#include <utility>

#include "base/series.h"

namespace outlast::pipeline {

using failure::EventId;

SeriesFigures::SeriesFigures(const failure::Structure& structure,
                             const std::vector<base::GateId>& tops,
                             const std::vector<std::size_t>& event_of_variable,
                             const FactDraws& draws)
    : structure_(structure),
      event_of_variable_(event_of_variable),
      draws_(draws),
      drawn_(structure.gates().variable_count()) {
  const std::vector<double>& p = structure.probability();
  for (const base::GateId top : tops) {
    const auto& series = series_.emplace_back(terms_of(top));
    for (std::size_t i = 0; series && i < series->size(); ++i) {
      const std::size_t v = (*series)[i].variable.index;
      const EventId event = structure.events()[event_of_variable[v]].event;
      if (drawn_[v].empty() && draws.is_drawn(event)) {
        drawn_[v].reserve(FactDraws::kDraws);
        for (std::size_t d = 0; d < FactDraws::kDraws; ++d) {
          drawn_[v].push_back(scaled_odds(p[v], draws.factor(event, d)));
        }
      }
    }
  }
}

std::optional<std::vector<SeriesFigures::Term>> SeriesFigures::terms_of(base::GateId top) const {
  const auto series = base::series_of(structure_.gates(), top);
  if (!series) {
    return std::nullopt;
  }
  const std::vector<double>& p = structure_.probability();
  std::vector<Term> terms;
  terms.reserve(series->size());
  for (auto [variable, with] : *series) {
    if (with.exists() && event_of_variable_[variable.index] == kNoEvent) {
      std::swap(variable, with);
    }
    const std::size_t event = event_of_variable_[variable.index];
    const bool is_only_hit = !with.exists() || event_of_variable_[with.index] == kNoEvent;
    if (event == kNoEvent || structure_.events()[event].variables.size() != 1 || !is_only_hit ||
        p[variable.index] >= 1) {
      return std::nullopt;
    }
    terms.push_back({variable, with.exists() ? p[with.index] : 1});
  }
  return terms;
}

void SeriesFigures::draw(const std::vector<Term>& series, TopFigures& out) const {
  std::vector<EventId> cited;
  std::vector<double> down(FactDraws::kDraws, 0);
  for (const auto& [v, hits] : series) {
    const auto& drawn = drawn_[v.index];
    const double fixed = structure_.probability()[v.index];
    for (std::size_t d = 0; d < FactDraws::kDraws; ++d) {
      const double p = hits * (drawn.empty() ? fixed : drawn[d]);
      down[d] = p + (1 - p) * down[d];
    }
    if (!drawn.empty()) {
      cited.push_back(structure_.events()[event_of_variable_[v.index]].event);
    }
  }
  if (!cited.empty()) {
    out.is_averaged = draws_.share_a_fact(cited);
    out.drawn = std::move(down);
  }
}

std::optional<TopFigures> SeriesFigures::of(std::size_t i) const {
  if (!series_[i]) {
    return std::nullopt;
  }
  const std::vector<double>& p = structure_.probability();
  TopFigures out;
  double up = 1;
  for (const auto& [v, hits] : *series_[i]) {
    const double q = hits * p[v.index];
    up *= 1 - q;
    out.unavailability = q + (1 - q) * out.unavailability;
  }
  out.low = out.high = out.unavailability;
  out.events.reserve(series_[i]->size());
  for (const auto& [v, hits] : *series_[i]) {
    const std::size_t e = event_of_variable_[v.index];
    const double others_up = up / (1 - hits * p[v.index]);
    const double drop = hits * others_up;
    out.events.push_back({e, (1 - hits) * others_up, drop, p[v.index] * drop});
  }
  std::sort(out.events.begin(), out.events.end(),
            [](const OfEvent& a, const OfEvent& b) { return a.event < b.event; });
  for (const OfEvent& of : out.events) {
    out.outages_per_s += structure_.events()[of.event].per_second * of.drop;
  }
  draw(*series_[i], out);
  return out;
}

}  // namespace outlast::pipeline
