// From gates to the formula of one of them.
//
// Problem: a model holds the gates of many questions; one question needs few of them, and its
//   gates are as nested as the architecture was described. A chain of ten thousand `any` is one
//   `any` to the engines, and much cheaper as one.
// Example: any(x, any(y, all(z, all(u, v)))) is any(x, y, all(z, u, v)).
// Formulation: a gate is owned by a gate above it if all its users are of its own kind (any or
//   all) and are owned by that same gate, or are that gate. Then its only effect is to hand its
//   inputs up, and its owner takes them; idempotence lets the owner take each once.
// Method: gates are numbered children first, so one pass from the top down meets all users of a
//   gate before the gate and settles its owner; one pass upwards hands the inputs over.
// Why it ends: two passes over finitely many gates. Every gate is handed to one owner only, so
//   the formula has no more inputs than the gates had: sharing cannot multiply it.
// Limits: a gate used by gates with different owners stays, though merging it could help.
// Source: coalescing of gates, Niemelä 1994, On simplification of large fault trees.

#include "engines/faulttree/formula.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace outlast::engines::faulttree {

using base::GateId;
using base::GateKind;
using base::Gates;

namespace {

constexpr std::uint32_t kUnseen = std::numeric_limits<std::uint32_t>::max();

bool can_merge(GateKind upper, GateKind lower) {
  return upper == lower && (upper == GateKind::any || upper == GateKind::all);
}

/// By gate: its owner, itself where it stands alone, kUnseen where `top` does not depend on it.
std::vector<std::uint32_t> owners_below(const Gates& gates, GateId top) {
  std::vector<std::uint32_t> owner(top.index + std::size_t{1}, kUnseen);
  owner[top.index] = top.index;
  for (std::uint32_t user = top.index + 1; user-- > 0;) {
    if (owner[user] == kUnseen) {
      continue;
    }
    const GateKind kind = gates.kind(GateId(user));
    for (GateId input : gates.inputs(GateId(user))) {
      std::uint32_t& known = owner[input.index];
      const std::uint32_t here = can_merge(kind, gates.kind(input)) ? owner[user] : input.index;
      known = known == kUnseen || known == here ? here : input.index;
    }
  }
  return owner;
}

/// Gates in the order of their owners, so that those of one owner lie together.
std::vector<std::uint32_t> by_owner(const std::vector<std::uint32_t>& owner) {
  std::vector<std::uint32_t> seen;
  for (std::uint32_t gate = 0; gate < owner.size(); ++gate) {
    if (owner[gate] != kUnseen) {
      seen.push_back(gate);
    }
  }
  std::stable_sort(seen.begin(), seen.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return owner[a] < owner[b]; });
  return seen;
}

}  // namespace

Formula::Formula(const Gates& gates, GateId top) {
  const std::vector<std::uint32_t> owner = owners_below(gates, top);
  const std::vector<std::uint32_t> members = by_owner(owner);
  std::vector<Node> node_of(owner.size(), kUnseen);
  for (std::size_t at = 0; at < members.size();) {
    const GateId self(owner[members[at]]);
    const std::size_t first = inputs_.size();
    for (; at < members.size() && owner[members[at]] == self.index; ++at) {
      for (GateId input : gates.inputs(GateId(members[at]))) {
        if (owner[input.index] != self.index) {
          inputs_.push_back(node_of[input.index]);
        }
      }
    }
    node_of[self.index] = static_cast<Node>(nodes_.size());
    add_node(gates, self, first);
  }
}

Formula::Formula(const Formula& whole, GateKind kind, std::uint32_t threshold,
                 std::span<const Node> inputs, std::span<const base::VariableId> stand_in) {
  std::vector<Node> below(inputs.begin(), inputs.end());
  std::unordered_map<Node, Node> renamed;
  for (const Node node : below) {
    renamed.emplace(node, 0);
  }
  for (std::size_t next = 0; next < below.size(); ++next) {
    if (stand_in[below[next]].exists()) {
      continue;
    }
    for (const Node input : whole.inputs(below[next])) {
      if (renamed.emplace(input, 0).second) {
        below.push_back(input);
      }
    }
  }
  std::sort(below.begin(), below.end());
  below.erase(std::unique(below.begin(), below.end()), below.end());
  const auto add = [&](GateKind of_kind, std::uint32_t k, std::span<const Node> from) {
    const auto first = static_cast<std::uint32_t>(inputs_.size());
    for (const Node input : from) {
      inputs_.push_back(renamed.at(input));
    }
    std::sort(inputs_.begin() + first, inputs_.end());
    nodes_.push_back({of_kind, k, first, static_cast<std::uint32_t>(from.size())});
    return static_cast<Node>(nodes_.size() - 1);
  };
  for (const Node node : below) {
    const base::VariableId variable = stand_in[node];
    renamed[node] = variable.exists()
                        ? add(GateKind::variable, variable.index, {})
                        : add(whole.kind(node), whole.nodes_[node].k, whole.inputs(node));
  }
  if (inputs.size() > 1) {
    add(kind, threshold, inputs);
  }
}

void Formula::add_node(const Gates& gates, GateId self, std::size_t first) {
  const GateKind kind = gates.kind(self);
  const auto begin = inputs_.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, inputs_.end());
  if (kind != GateKind::at_least) {
    inputs_.erase(std::unique(begin, inputs_.end()), inputs_.end());
  }
  const std::size_t count = inputs_.size() - first;
  std::size_t k = kind == GateKind::any ? 1 : count;
  if (kind == GateKind::variable) {
    k = gates.variable_of(self).index;
  } else if (kind == GateKind::at_least) {
    k = gates.threshold(self);
  }
  nodes_.push_back({kind, static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(first),
                    static_cast<std::uint32_t>(count)});
}

bool Formula::is_constant() const {
  return kind(top()) == GateKind::constant_false || kind(top()) == GateKind::constant_true;
}

std::size_t Formula::variable_count() const {
  return static_cast<std::size_t>(
      std::count_if(nodes_.begin(), nodes_.end(),
                    [](const NodeData& node) { return node.kind == GateKind::variable; }));
}

std::vector<base::VariableId> Formula::number_variables() {
  std::vector<base::VariableId> were;
  std::unordered_map<std::uint32_t, std::uint32_t> number;
  for (NodeData& node : nodes_) {
    if (node.kind == GateKind::variable) {
      const auto [at, is_new] = number.emplace(node.k, static_cast<std::uint32_t>(were.size()));
      if (is_new) {
        were.emplace_back(node.k);
      }
      node.k = at->second;
    }
  }
  return were;
}

Users::Users(const Formula& formula) : first_(formula.size() + 1) {
  for (Formula::Node user = 0; user < formula.size(); ++user) {
    for (Formula::Node input : formula.inputs(user)) {
      ++first_[input + 1];
    }
  }
  for (std::size_t i = 1; i < first_.size(); ++i) {
    first_[i] += first_[i - 1];
  }
  users_.resize(first_.back());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (Formula::Node user = 0; user < formula.size(); ++user) {
    for (Formula::Node input : formula.inputs(user)) {
      users_[next[input]++] = user;
    }
  }
}

}  // namespace outlast::engines::faulttree
