#include "base/series.h"

#include <algorithm>

namespace outlast::base {
namespace {

/// A gate as one term; nothing where it is none.
std::optional<SeriesTerm> term_of(const Gates& gates, GateId gate) {
  if (gates.kind(gate) == GateKind::variable) {
    return SeriesTerm{gates.variable_of(gate), {}};
  }
  const auto inputs = gates.inputs(gate);
  const bool is_pair = gates.kind(gate) == GateKind::all && inputs.size() == 2 &&
                       gates.kind(inputs[0]) == GateKind::variable &&
                       gates.kind(inputs[1]) == GateKind::variable;
  return is_pair
             ? std::optional(SeriesTerm{gates.variable_of(inputs[0]), gates.variable_of(inputs[1])})
             : std::nullopt;
}

bool share_a_variable(const std::vector<SeriesTerm>& terms) {
  std::vector<VariableId> all;
  for (const SeriesTerm& term : terms) {
    all.push_back(term.variable);
    if (term.with.exists()) {
      all.push_back(term.with);
    }
  }
  std::sort(all.begin(), all.end());
  return std::adjacent_find(all.begin(), all.end()) != all.end();
}

}  // namespace

std::optional<std::vector<SeriesTerm>> series_of(const Gates& gates, GateId top) {
  std::vector<SeriesTerm> terms;
  std::vector<bool> is_seen(top.index + std::size_t{1}, false);
  std::vector<GateId> open = {top};
  is_seen[top.index] = true;
  while (!open.empty()) {
    const GateId gate = open.back();
    open.pop_back();
    if (gates.kind(gate) == GateKind::any) {
      for (const GateId input : gates.inputs(gate)) {
        if (!is_seen[input.index]) {
          is_seen[input.index] = true;
          open.push_back(input);
        }
      }
      continue;
    }
    const auto term = term_of(gates, gate);
    if (!term) {
      return std::nullopt;
    }
    terms.push_back(*term);
  }
  if (share_a_variable(terms)) {
    return std::nullopt;
  }
  std::sort(terms.begin(), terms.end(),
            [](const SeriesTerm& a, const SeriesTerm& b) { return a.variable < b.variable; });
  return terms;
}

}  // namespace outlast::base
