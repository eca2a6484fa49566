// Probabilities that change one by one.
//
// Problem: which event is worth mending, which replica worth having? Ten thousand answers a second
//   are asked for, each differing from the one before in one number.
// Formulation: at a node of level l, P(node) depends on what is asked at l and deeper only. So a
//   change at level l leaves all deeper nodes as they are.
// Method: nodes lie by level, the deepest first, each with its P. A change walks from the first
//   node of its level to the root; then the module's own probability has changed, at its place in
//   the one module around it, and so on up. Where a module's probability stays, the walk ends.
// Accuracy: the same operations on the same numbers as anew, hence the same bits; nothing adds up.

#include "engines/faulttree/what_if.h"

#include <algorithm>

#include "base/assert.h"
#include "engines/faulttree/parts.h"
#include "engines/faulttree/underflow.h"

namespace outlast::engines::faulttree {

namespace {

/// P of the nodes from `first` on, those before being known.
void walk_up(std::span<const Node> nodes, const VariableOrder& order, std::span<const double> p,
             std::size_t first, std::vector<double>& value) {
  for (std::size_t i = first; i < nodes.size(); ++i) {
    const double happens = p[order[nodes[i].level].index];
    value[i] = happens * value[nodes[i].high] + (1.0 - happens) * value[nodes[i].low];
  }
}

}  // namespace

WhatIf::WhatIf(const Solution& solution, std::span<const double> p)
    : parts_(*solution.parts_),
      low_(p.begin(), p.end()),
      ladders_(parts_.parts.size()),
      place_(parts_.variable_count + parts_.parts.size()) {
  OUTLAST_ASSERT(p.size() == parts_.variable_count, "every variable has a probability");
  low_.resize(place_.size());
  high_ = low_;
  for (std::uint32_t part = 0; part < parts_.parts.size(); ++part) {
    lay_out(part);
    const Bounds now = updated(part, kNowhere);
    low_[parts_.variable_count + part] = now.low;
    high_[parts_.variable_count + part] = now.high;
  }
  tell_whole();
}

Bounds WhatIf::set(base::VariableId variable, double p) {
  OUTLAST_ASSERT(variable.index < parts_.variable_count, "a variable of the gates");
  low_[variable.index] = high_[variable.index] = p;
  Place at = is_by_parts() ? place_[variable.index] : Place();
  while (at.part != kNowhere) {
    const std::size_t module = parts_.variable_count + at.part;
    const Bounds now = updated(at.part, at.level);
    if (now.low == low_[module] && now.high == high_[module]) {
      break;
    }
    low_[module] = now.low;
    high_[module] = now.high;
    at = place_[module];
  }
  tell_whole();
  return whole_;
}

bool WhatIf::is_by_parts() const {
  return parts_.has_diagrams || parts_.is_monotone;
}

void WhatIf::tell_whole() {
  const auto now = std::span(low_).first(parts_.variable_count);
  whole_ = despite_underflow(parts_, now,
                             is_by_parts() ? Bounds{low_.back(), high_.back()}
                                           : parts_.cases->probability(now, now, parts_.work));
}

void WhatIf::lay_out(std::uint32_t part) {
  const Part& of = parts_.parts[part];
  if (!of.graph) {
    for (Formula::Node node = 0; node < of.formula.size(); ++node) {
      if (of.formula.kind(node) == base::GateKind::variable) {
        place_[of.formula.variable(node).index] = {part, 0};
      }
    }
    return;
  }
  for (std::uint32_t level = 0; level < of.order.size(); ++level) {
    place_[of.order[level].index] = {part, level};
  }
  Ladder& ladder = ladders_[part];
  const std::vector<Node>& nodes = of.graph->nodes;
  ladder.first.assign(of.order.size() + 1, 0);
  for (std::size_t i = kFirstInner; i < nodes.size(); ++i) {
    ++ladder.first[nodes[i].level];
  }
  std::uint32_t begin = kFirstInner;
  for (std::size_t level = of.order.size(); level-- > 0;) {
    const std::uint32_t count = ladder.first[level];
    ladder.first[level] = begin;
    begin += count;
  }
  std::vector<std::uint32_t> next = ladder.first;
  std::vector<std::uint32_t> renamed(nodes.size());
  renamed[kTrue] = kTrue;
  ladder.nodes.assign(nodes.begin(), nodes.end());
  for (std::size_t i = kFirstInner; i < nodes.size(); ++i) {
    renamed[i] = next[nodes[i].level]++;
    ladder.nodes[renamed[i]] = {nodes[i].level, renamed[nodes[i].low], renamed[nodes[i].high]};
  }
  ladder.low.assign(nodes.size(), 0.0);
  ladder.low[kTrue] = 1.0;
  if (!parts_.has_diagrams) {
    ladder.high = ladder.low;
  }
}

Bounds WhatIf::updated(std::uint32_t part, std::uint32_t level) {
  const Part& of = parts_.parts[part];
  if (!of.graph) {
    return bounds_of(of, low_, high_);
  }
  Ladder& ladder = ladders_[part];
  const std::size_t first = level == kNowhere ? kFirstInner : ladder.first[level];
  // The root is the only node of its level, or a leaf.
  const std::size_t root = of.graph->root < kFirstInner ? of.graph->root : ladder.nodes.size() - 1;
  walk_up(ladder.nodes, of.order, low_, first, ladder.low);
  const double low = std::min(1.0, ladder.low[root]);
  if (ladder.high.empty()) {
    return {low, low};
  }
  walk_up(ladder.nodes, of.order, high_, first, ladder.high);
  return {low, std::min(1.0, ladder.high[root])};
}

}  // namespace outlast::engines::faulttree
