#include "pipeline/series_figures.h"

#include <algorithm>
#include <utility>

namespace outlast::pipeline {

using failure::EventId;

SeriesFigures::SeriesFigures(const failure::Structure& structure,
                             const std::vector<base::GateId>& tops,
                             const std::vector<std::size_t>& event_of_variable,
                             const FactDraws& draws)
    : structure_(structure), event_of_variable_(event_of_variable), draws_(draws) {
  base::Series series = base::read_series(structure.gates(), tops);
  for (const base::SeriesTerm& term : series.terms) {
    terms_.push_back(read(term));
  }
  series_ = std::move(series.of_top);
  std::vector<std::vector<std::uint32_t>> sets;
  for (auto& top : series_) {
    if (top && std::any_of(top->begin(), top->end(),
                           [&](std::uint32_t t) { return terms_[t].event == kNoEvent; })) {
      top.reset();
    }
    sets.push_back(top.value_or(std::vector<std::uint32_t>()));
  }
  alike_ = base::find_alike(terms_.size(), sets);
  for (const auto& group : alike_.groups) {
    drawn_.push_back(drawn_together(group));
  }
}

SeriesFigures::Term SeriesFigures::read(base::SeriesTerm term) const {
  auto [variable, with] = term;
  if (with.exists() && event_of_variable_[variable.index] == kNoEvent) {
    std::swap(variable, with);
  }
  const std::vector<double>& p = structure_.probability();
  const std::size_t event = event_of_variable_[variable.index];
  const bool is_only_hit = !with.exists() || event_of_variable_[with.index] == kNoEvent;
  if (event == kNoEvent || structure_.events()[event].variables.size() != 1 || !is_only_hit ||
      p[variable.index] >= 1) {
    return {};
  }
  return {event, p[variable.index], with.exists() ? p[with.index] : 1};
}

bool SeriesFigures::is_drawn(const Term& term) const {
  return draws_.is_drawn(structure_.events()[term.event].event);
}

/// The probability that any of them is, in every draw of the facts.
std::vector<double> SeriesFigures::drawn_together(const std::vector<std::uint32_t>& terms) const {
  std::vector<double> down(FactDraws::kDraws, 0);
  for (const std::uint32_t t : terms) {
    const Term& term = terms_[t];
    const EventId event = structure_.events()[term.event].event;
    const bool varies = is_drawn(term);
    for (std::size_t d = 0; d < FactDraws::kDraws; ++d) {
      const double of_event =
          varies ? scaled_odds(term.probability, draws_.factor(event, d)) : term.probability;
      const double p = term.hits * of_event;
      down[d] = p + (1 - p) * down[d];
    }
  }
  return down;
}

void SeriesFigures::draw(std::size_t top, TopFigures& out) const {
  std::vector<EventId> cited;
  for (const std::uint32_t t : *series_[top]) {
    if (is_drawn(terms_[t])) {
      cited.push_back(structure_.events()[terms_[t].event].event);
    }
  }
  if (cited.empty()) {
    return;
  }
  out.is_averaged = draws_.share_a_fact(cited);
  out.drawn.assign(FactDraws::kDraws, 0);
  for (const std::uint32_t group : alike_.of_set[top]) {
    for (std::size_t d = 0; d < FactDraws::kDraws; ++d) {
      out.drawn[d] = drawn_[group][d] + (1 - drawn_[group][d]) * out.drawn[d];
    }
  }
}

std::optional<TopFigures> SeriesFigures::of(std::size_t top) const {
  if (!series_[top]) {
    return std::nullopt;
  }
  TopFigures out;
  double up = 1;
  for (const std::uint32_t t : *series_[top]) {
    const double q = terms_[t].hits * terms_[t].probability;
    up *= 1 - q;
    out.unavailability = q + (1 - q) * out.unavailability;
  }
  out.low = out.high = out.unavailability;
  out.events.reserve(series_[top]->size());
  for (const std::uint32_t t : *series_[top]) {
    const auto& [event, p, hits] = terms_[t];
    const double others_up = up / (1 - hits * p);
    const double drop = hits * others_up;
    out.events.push_back({event, (1 - hits) * others_up, drop, p * drop});
  }
  std::sort(out.events.begin(), out.events.end(),
            [](const OfEvent& a, const OfEvent& b) { return a.event < b.event; });
  for (const OfEvent& of : out.events) {
    out.outages_per_s += structure_.events()[of.event].per_second * of.drop;
  }
  draw(top, out);
  return out;
}

}  // namespace outlast::pipeline
