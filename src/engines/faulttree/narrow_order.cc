// Variable order with narrow cuts.
//
// Problem: gates that share inputs with other gates here and there, as studies of plants have them,
//   have no separators to speak of, and pulling together what is used together ends in a near
//   valley. A diagram of twenty thousand nodes may be missed by one of a million.
// Formulation: put all nodes of the formula on a line. Between two neighbours a diagram remembers
//   at most one bit for each gate that has been begun and not ended, where its inputs and itself
//   lie on both sides: with c such gates, 2^c outcomes. The sum of 2^c over the line is to be small;
//   it bounds the diagram as long as gates have two outcomes each, and is a fair guess else.
// Method: begin with the best of some orders; take a node and a gate it has to do with, and move the
//   node towards another of that gate's, kWindow places at most; keep the move where the sum
//   grows by less than a share that falls to nothing (threshold accepting). The best line is kept.
//   A swap of neighbours moves an end of a span by one place at most, so it costs as much as the
//   two have gates, however wide these are.
// Why it ends: kMoves a node, each of them at most kWindow swaps, and kMostWork in all.
// Limits: a tenth of a second for a few hundred nodes, so asked only where quicker orders failed.
//   Gates that count have more than two outcomes, and are taken for two.
// Source: threshold accepting, Dueck & Scheuer 1990; cuts and diagrams, Berman 1989 (from memory).

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>
#include <optional>

#include "base/hash.h"
#include "base/random.h"
#include "engines/faulttree/variable_order.h"

namespace outlast::engines::faulttree {

namespace {

using Node = Formula::Node;

constexpr std::size_t kMoves = 200;
constexpr std::size_t kMostWork = 50'000'000;
constexpr std::uint32_t kWindow = 30;
constexpr double kAccepted = 0.02;       ///< growth of the sum, at the beginning
constexpr std::uint32_t kWidest = 1000;  ///< cuts beyond are as bad as this one: sums stay finite

/// All nodes in some order, and what that order costs.
class Line {
 public:
  Line(const Formula& formula, const VariableOrder& order)
      : formula_(formula),
        nodes_(formula.size()),
        place_(formula.size()),
        span_(formula.size()),
        cut_(formula.size()),
        gates_of_(formula.size()) {
    line_up(order);
    for (Node gate = 0; gate < formula.size(); ++gate) {
      if (formula.inputs(gate).empty()) {
        continue;
      }
      gates_of_[gate].push_back(gate);
      for (const Node input : formula.inputs(gate)) {
        if (gates_of_[input].empty() || gates_of_[input].back() != gate) {
          gates_of_[input].push_back(gate);
        }
      }
      span_[gate] = span_of(gate);
      for (std::uint32_t i = span_[gate].first; i < span_[gate].last; ++i) {
        ++cut_[i];
      }
    }
    sum_up();
  }

  [[nodiscard]] double cost() const { return cost_; }
  [[nodiscard]] std::size_t work() const { return work_; }  ///< spans looked at
  [[nodiscard]] std::uint32_t place(Node node) const { return place_[node]; }
  [[nodiscard]] Node at(std::uint32_t place) const { return nodes_[place]; }
  [[nodiscard]] const std::vector<Node>& gates_of(Node node) const { return gates_of_[node]; }

  /// Anew: differences of large sums lose small ones.
  void sum_up() {
    cost_ = 0;
    for (const std::uint32_t gates : cut_) {
      cost_ += outcomes(gates);
    }
  }

  void move(std::uint32_t from, std::uint32_t to) {
    for (; from < to; ++from) {
      swap_with_next(from);
    }
    for (; from > to; --from) {
      swap_with_next(from - 1);
    }
  }

  [[nodiscard]] VariableOrder order() const {
    VariableOrder order;
    for (const Node node : nodes_) {
      if (formula_.kind(node) == base::GateKind::variable) {
        order.push_back(formula_.variable(node));
      }
    }
    return order;
  }

 private:
  struct Span {
    std::uint32_t first = 0, last = 0;  ///< of a gate and its inputs
  };

  /// Variables as ordered, gates in the middle of their inputs.
  void line_up(const VariableOrder& order) {
    std::vector<double> rank;
    for (std::size_t i = 0; i < order.size(); ++i) {
      rank.resize(std::max<std::size_t>(rank.size(), order[i].index + 1U));
      rank[order[i].index] = static_cast<double>(i);
    }
    std::vector<double> wished(nodes_.size(), 0.0);
    for (Node node = 0; node < nodes_.size(); ++node) {
      const auto inputs = formula_.inputs(node);
      for (const Node input : inputs) {
        wished[node] += wished[input] / static_cast<double>(inputs.size());
      }
      if (formula_.kind(node) == base::GateKind::variable) {
        wished[node] = rank[formula_.variable(node).index];
      }
    }
    std::iota(nodes_.begin(), nodes_.end(), Node{0});
    std::sort(nodes_.begin(), nodes_.end(), [&](Node a, Node b) {
      return wished[a] != wished[b] ? wished[a] < wished[b] : a < b;
    });
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      place_[nodes_[i]] = i;
    }
  }

  [[nodiscard]] Span span_of(Node gate) const {
    Span span{place_[gate], place_[gate]};
    for (const Node input : formula_.inputs(gate)) {
      span.first = std::min(span.first, place_[input]);
      span.last = std::max(span.last, place_[input]);
    }
    return span;
  }

  /// 2^gates, put together from its exponent.
  static double outcomes(std::uint32_t gates) {
    constexpr std::uint64_t kBias = 1023;
    constexpr int kFraction = 52;
    return std::bit_cast<double>((kBias + std::min(gates, kWidest)) << kFraction);
  }

  /// What has to do with both keeps its span; of the rest one end may move by one.
  void swap_with_next(std::uint32_t i) {
    std::swap(nodes_[i], nodes_[i + 1]);
    place_[nodes_[i]] = i;
    place_[nodes_[i + 1]] = i + 1;
    const auto &down = gates_of_[nodes_[i]], &up = gates_of_[nodes_[i + 1]];
    work_ += down.size() + up.size();
    auto next_down = down.begin();
    auto next_up = up.begin();
    while (next_down != down.end() || next_up != up.end()) {
      const bool is_up = next_down == down.end() || (next_up != up.end() && *next_up < *next_down);
      if (is_up) {
        moved_up(*next_up++, i);
      } else if (next_up != up.end() && *next_up == *next_down) {
        ++next_up;
        ++next_down;
      } else {
        moved_down(*next_down++, i);
      }
    }
  }

  /// One of the gate's nodes has gone from `i` to the next place.
  void moved_up(Node gate, std::uint32_t i) {
    Span& span = span_[gate];
    if (span.last == i) {
      span.last = i + 1;
      widen(i, 1);
    }
    if (span.first == i) {
      span.first = i + 1;
      widen(i, -1);
    }
  }

  /// One of the gate's nodes has come to `i` from the next place.
  void moved_down(Node gate, std::uint32_t i) {
    Span& span = span_[gate];
    if (span.first == i + 1) {
      span.first = i;
      widen(i, 1);
    }
    if (span.last == i + 1) {
      span.last = i;
      widen(i, -1);
    }
  }

  void widen(std::uint32_t place, int by) {
    cost_ -= outcomes(cut_[place]);
    cut_[place] += static_cast<std::uint32_t>(by);
    cost_ += outcomes(cut_[place]);
  }

  const Formula& formula_;
  std::vector<Node> nodes_;  ///< by place
  std::vector<std::uint32_t> place_;
  std::vector<Span> span_;                   ///< by gate
  std::vector<std::uint32_t> cut_;           ///< by place: gates with nodes up to here and beyond
  std::vector<std::vector<Node>> gates_of_;  ///< ascending
  double cost_ = 0;
  std::size_t work_ = 0;
};

/// One number after the other of a stream.
class Draws {
 public:
  std::size_t below(std::size_t end) { return (stream_.bits(next_++) >> 32U) * end >> 32U; }

 private:
  base::RandomStream stream_{0, base::stable_hash("faulttree|narrow order")};
  std::uint64_t next_ = 0;
};

/// Somewhere towards another node of a gate that the node at `from` has to do with.
std::uint32_t destination(const Formula& formula, const Line& line, std::uint32_t from,
                          Draws& draw) {
  const Node node = line.at(from);
  const auto& gates = line.gates_of(node);
  const Node gate = gates[draw.below(gates.size())];
  const auto inputs = formula.inputs(gate);
  const std::size_t which = draw.below(inputs.size() + 1);
  const std::uint32_t to = line.place(which == inputs.size() ? gate : inputs[which]);
  return to > from ? std::min(to, from + kWindow) : std::max(to, from - std::min(from, kWindow));
}

}  // namespace

VariableOrder narrow_order(const Formula& formula, const std::vector<VariableOrder>& beginnings) {
  if (formula.size() == 1) {
    return beginnings.front();
  }
  std::optional<Line> line;
  for (const VariableOrder& order : beginnings) {
    Line other(formula, order);
    if (!line || other.cost() < line->cost()) {
      line.emplace(std::move(other));
    }
  }
  Draws draw;
  VariableOrder best = line->order();
  double least = line->cost();
  const std::size_t moves = kMoves * formula.size();
  for (std::size_t i = 0; i < moves && line->work() < kMostWork; ++i) {
    const auto from = static_cast<std::uint32_t>(draw.below(formula.size()));
    const std::uint32_t to = destination(formula, *line, from, draw);
    const double before = line->cost();
    line->move(from, to);
    const double left = static_cast<double>(moves - i) / static_cast<double>(moves);
    if (line->cost() > before * (1 + kAccepted * left)) {
      line->move(to, from);
    }
    if (i % formula.size() == formula.size() - 1) {
      line->sum_up();
      if (line->cost() < least) {
        least = line->cost();
        best = line->order();
      }
    }
  }
  return best;
}

}  // namespace outlast::engines::faulttree
