// Modules: parts of a formula that share nothing with the rest.
//
// Problem: a diagram of a whole model multiplies what is independent; solved part by part the work
//   adds up instead.
// Example: any(all(a, b), all(c, d), all(d, e)) is any(m1, m2), m1 = all(a, b),
//   m2 = any(all(c, d), all(d, e)).
// Formulation: a node is a module where every way from the top to what is below it goes through it.
//   In a walk that enters each node once and counts every arrival, that is so exactly where
//   everything below is met first after the node was entered and last before it was left.
//   Below a module that is `any` or `all`, inputs that share variables belong together and the
//   groups are independent: each group of several becomes a module too.
// Method: one walk for the dates, one pass up for the first and last dates below, a union-find over
//   the inside of each module for its groups. Insides of modules are disjoint, so all of it is
//   linear.
// Limits: of `at least k` no groups are made. Groups are not looked at again.
// Source: Dutuit & Rauzy 1996, A linear-time algorithm to find modules of fault trees.

#include "engines/faulttree/modules.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace outlast::engines::faulttree {

using base::GateKind;
using base::VariableId;

namespace {

using Node = Formula::Node;
constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();

/// By node: is it a module?
class ModuleFinder {
 public:
  explicit ModuleFinder(const Formula& formula)
      : formula_(formula),
        entered_(formula.size(), kNever),
        left_(formula.size(), 0),
        last_(formula.size(), 0) {}

  std::vector<bool> run() {
    walk();
    std::vector<std::uint32_t> first_below(formula_.size(), kNever);
    std::vector<std::uint32_t> last_below(formula_.size(), 0);
    std::vector<bool> is_module(formula_.size());
    for (Node node = 0; node < formula_.size(); ++node) {
      for (const Node input : formula_.inputs(node)) {
        first_below[node] = std::min({first_below[node], first_below[input], entered_[input]});
        last_below[node] = std::max({last_below[node], last_below[input], last_[input]});
      }
      is_module[node] = first_below[node] > entered_[node] && last_below[node] < left_[node];
    }
    return is_module;
  }

 private:
  struct Open {
    Node node;
    std::size_t next = 0;
  };

  void walk() {
    std::uint32_t date = 0;
    std::vector<Open> open{{formula_.top()}};
    entered_[formula_.top()] = date++;
    while (!open.empty()) {
      Open& at = open.back();
      const auto inputs = formula_.inputs(at.node);
      if (at.next == inputs.size()) {
        left_[at.node] = date;
        last_[at.node] = date++;
        open.pop_back();
        continue;
      }
      const Node input = inputs[at.next++];
      if (entered_[input] == kNever) {
        entered_[input] = date++;
        open.push_back({input});
      } else {
        last_[input] = date++;
      }
    }
  }

  const Formula& formula_;
  std::vector<std::uint32_t> entered_;
  std::vector<std::uint32_t> left_;
  std::vector<std::uint32_t> last_;  ///< arrival
};

class Splitter {
 public:
  Splitter(const Formula& formula, std::size_t variable_count)
      : formula_(formula),
        is_module_(ModuleFinder(formula).run()),
        stand_in_(formula.size()),
        joined_(formula.size()) {
    out_.variable_count = variable_count;
    std::iota(joined_.begin(), joined_.end(), Node{0});
  }

  Modules run() {
    for (Node node = 0; node < formula_.size(); ++node) {
      join_inputs(node);
      if (is_module_[node] && (formula_.inputs(node).size() > 1 || node == formula_.top())) {
        cut(node);
      }
    }
    return std::move(out_);
  }

 private:
  /// Ties together what hangs together below the nearest module.
  void join_inputs(Node node) {
    if (is_module_[node]) {
      return;
    }
    for (const Node input : formula_.inputs(node)) {
      joined_[find(input)] = find(node);
    }
  }

  Node find(Node node) {
    while (joined_[node] != node) {
      joined_[node] = joined_[joined_[node]];
      node = joined_[node];
    }
    return node;
  }

  void cut(Node node) {
    const auto inputs = formula_.inputs(node);
    const GateKind kind = formula_.kind(node);
    std::vector<Node> own(inputs.begin(), inputs.end());
    if (kind == GateKind::any || kind == GateKind::all) {
      std::stable_sort(own.begin(), own.end(), [&](Node a, Node b) { return find(a) < find(b); });
      own = grouped(kind, own);
    }
    if (own.size() < 2) {
      own = {node};
    }
    std::sort(own.begin(), own.end());
    const std::uint32_t threshold =
        kind == GateKind::all ? static_cast<std::uint32_t>(own.size()) : formula_.threshold(node);
    const VariableId made = add(kind, threshold, own);
    stand_in_[node] = made;
  }

  /// Each group of inputs that share something becomes a module, for which its first input stands;
  /// nothing where all of them are one group.
  std::vector<Node> grouped(GateKind kind, const std::vector<Node>& sorted) {
    std::vector<Node> heads;
    for (std::size_t at = 0; at < sorted.size();) {
      std::size_t end = at + 1;
      while (end < sorted.size() && find(sorted[end]) == find(sorted[at])) {
        ++end;
      }
      if (end - at == sorted.size()) {
        return {};
      }
      std::vector<Node> group(sorted.begin() + static_cast<std::ptrdiff_t>(at),
                              sorted.begin() + static_cast<std::ptrdiff_t>(end));
      heads.push_back(group.front());
      if (group.size() > 1) {
        std::sort(group.begin(), group.end());
        const auto threshold = static_cast<std::uint32_t>(kind == GateKind::any ? 1 : group.size());
        stand_in_[heads.back()] = add(kind, threshold, group);
      }
      at = end;
    }
    return heads;
  }

  VariableId add(GateKind kind, std::uint32_t threshold, const std::vector<Node>& inputs) {
    out_.parts.emplace_back(formula_, kind, threshold, inputs, stand_in_);
    return VariableId(out_.variable_count + out_.parts.size() - 1);
  }

  const Formula& formula_;
  std::vector<bool> is_module_;
  std::vector<VariableId> stand_in_;
  std::vector<Node> joined_;  ///< union-find
  Modules out_;
};

}  // namespace

Modules split_into_modules(const Formula& formula, std::size_t variable_count) {
  return Splitter(formula, variable_count).run();
}

}  // namespace outlast::engines::faulttree
