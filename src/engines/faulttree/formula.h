#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/gates.h"

namespace outlast::engines::faulttree {

/// One gate's part of a model, made ready for work: only what the gate depends on, children
/// first, `any` inside `any` and `all` inside `all` merged, inputs of both without repetition.
///
/// A node is an index; the last one is the top. Every node that is not a variable is true
/// where at least `threshold` of its inputs are: 1 for any, their number for all.
/// A constant top is a single node without inputs.
class Formula {
 public:
  using Node = std::uint32_t;

  /// cost  linear in the gates below `top`, and sorting of their inputs
  Formula(const base::Gates& gates, base::GateId top);

  /// A gate over some nodes of a formula, with what is below them. Where the walk down meets a
  /// node with a stand-in, that variable takes the place of the node and all below it.
  ///
  /// in      inputs    ascending; one input with `any` is that node itself
  ///         stand_in  by node of `whole`; absent: none
  /// cost    linear in what is walked, and a logarithm
  Formula(const Formula& whole, base::GateKind kind, std::uint32_t threshold,
          std::span<const Node> inputs, std::span<const base::VariableId> stand_in);

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] Node top() const { return static_cast<Node>(nodes_.size() - 1); }
  [[nodiscard]] bool is_constant() const;
  /// cost  linear
  [[nodiscard]] std::size_t variable_count() const;

  /// Numbers the variables anew, 0, 1, … in the order of their nodes; tells what each was.
  /// cost  linear
  std::vector<base::VariableId> number_variables();

  [[nodiscard]] base::GateKind kind(Node node) const { return nodes_[node].kind; }
  [[nodiscard]] base::VariableId variable(Node node) const {
    return base::VariableId(nodes_[node].k);
  }
  [[nodiscard]] std::uint32_t threshold(Node node) const { return nodes_[node].k; }
  [[nodiscard]] std::span<const Node> inputs(Node node) const {
    return std::span(inputs_).subspan(nodes_[node].first, nodes_[node].count);
  }

 private:
  struct NodeData {
    base::GateKind kind;
    std::uint32_t k = 0;  ///< threshold, or the variable
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  /// The node of gate `self`, whose inputs lie in inputs_ from `first` on.
  void add_node(const base::Gates& gates, base::GateId self, std::size_t first);

  std::vector<NodeData> nodes_;
  std::vector<Node> inputs_;
};

/// Who uses each node, ascending; a node that is an input twice has its user twice.
class Users {
 public:
  explicit Users(const Formula& formula);
  [[nodiscard]] std::span<const Formula::Node> operator[](Formula::Node node) const {
    return std::span(users_).subspan(first_[node], first_[node + 1] - first_[node]);
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<Formula::Node> users_;
};

}  // namespace outlast::engines::faulttree
