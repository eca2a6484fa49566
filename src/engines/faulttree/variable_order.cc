// Depth-first variable orders, and which orders to begin with.
//
// Problem: a diagram's size may be linear under one order of the variables and exponential under
//   another; the best order is NP-hard to find.
// Method: walk the formula from the top, depth first, and ask each variable when it is met
//   first, so that what is used together is asked together. Where a gate offers a choice,
//   take what is used most (paths from the top, counted with repetition): a zone that every
//   group depends on is asked before the replicas that only one group has, or the diagram would
//   have to remember each replica until the zone is known. Of equals take the smaller part: in
//   any(x, all(y, any(z, …))) that is x, y, z, the order in which each step of compiling adds to
//   the top and leaves the rest alone.
// As written: no weights, and a gate's own variables before its gates. Of trees that list sequences of
//   events, where each sequence says what did not happen as well, it is the one that comes to an end.
// Why it ends: every node is entered once. Counts of paths may grow beyond any number and
//   become infinite; then they are equal, and the size and the index decide.
// Limits: sees the formula from one corner. `separator_order` and `force_order` see others.
// Source: Minato, Ishiura & Yajima 1990 (weights); Fujita, Fujisawa & Kawato 1988 (depth first).

#include "engines/faulttree/variable_order.h"

#include <algorithm>
#include <tuple>

namespace outlast::engines::faulttree {

namespace {

/// By node: in how many ways the top reaches it.
std::vector<double> paths_to(const Formula& formula) {
  std::vector<double> paths(formula.size(), 0.0);
  paths.back() = 1.0;
  for (Formula::Node node = formula.top() + 1; node-- > 0;) {
    for (Formula::Node input : formula.inputs(node)) {
      paths[input] += paths[node];
    }
  }
  return paths;
}

/// By node: how many nodes are below it, each as often as it is reached.
std::vector<double> sizes_of(const Formula& formula) {
  std::vector<double> size(formula.size(), 1.0);
  for (Formula::Node node = 0; node < formula.size(); ++node) {
    for (Formula::Node input : formula.inputs(node)) {
      size[node] += size[input];
    }
  }
  return size;
}

}  // namespace

VariableOrder depth_first_order(const Formula& formula) {
  VariableOrder order;
  Descent(formula).walk(
      formula.top(), [](Formula::Node) { return true; }, order);
  return order;
}

VariableOrder written_order(const Formula& formula) {
  VariableOrder order;
  std::vector<bool> seen(formula.size());
  std::vector<Formula::Node> open{formula.top()};
  const auto ask = [&](Formula::Node node) {
    if (formula.kind(node) == base::GateKind::variable && !seen[node]) {
      seen[node] = true;
      order.push_back(formula.variable(node));
    }
  };
  ask(formula.top());
  while (!open.empty()) {
    const Formula::Node node = open.back();
    open.pop_back();
    if (seen[node]) {
      continue;
    }
    seen[node] = true;
    const auto inputs = formula.inputs(node);
    std::for_each(inputs.begin(), inputs.end(), ask);
    open.insert(open.end(), inputs.rbegin(), inputs.rend());
  }
  return order;
}

std::vector<VariableOrder> quick_orders(const Formula& formula) {
  std::vector<VariableOrder> orders;
  for (VariableOrder order :
       {separator_order(formula), depth_first_order(formula), written_order(formula)}) {
    if (std::find(orders.begin(), orders.end(), order) == orders.end()) {
      orders.push_back(std::move(order));
    }
  }
  return orders;
}

Descent::Descent(const Formula& formula) : formula_(formula), seen_(formula.size()) {
  const std::vector<double> paths = paths_to(formula);
  const std::vector<double> sizes = sizes_of(formula);
  const auto later = [&](Formula::Node a, Formula::Node b) {
    return std::tuple(paths[a], sizes[b], b) < std::tuple(paths[b], sizes[a], a);
  };
  first_.push_back(0);
  for (Formula::Node node = 0; node < formula.size(); ++node) {
    const auto inputs = formula.inputs(node);
    inputs_.insert(inputs_.end(), inputs.begin(), inputs.end());
    std::sort(inputs_.end() - static_cast<std::ptrdiff_t>(inputs.size()), inputs_.end(), later);
    first_.push_back(inputs_.size());
  }
}

}  // namespace outlast::engines::faulttree
