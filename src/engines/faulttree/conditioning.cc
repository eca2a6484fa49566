// Telling cases apart on what is shared, and counting what is alike.
//
// Problem: of 27,648 hosts in 48 pods under 24 groups of cores at least 27,000 must serve. A diagram
//   of that counts hosts in every node; but given which groups are up, the pods are independent,
//   within a pod the racks, within a rack the hosts, and how many are down is one convolution.
// Formulation: a formula in which nothing has two users is a tree, and its probability one pass.
//   Where something has, take a variable x of it: P = p P(f | x) + (1 − p) P(f | not x), and in each
//   case constants spread and less is shared. Each case has bounds; their sum, weighted with the
//   cases' probabilities, bounds P. The case that adds most to the width is told apart next; one
//   that is a tree has no width. By which x? Where few things are shared by much, as power is, by
//   what has most ways to the top. Where much is shared a little and is rarely true, by what is
//   likeliest in a path set: once all of it has not happened the formula is false, and so what is left
//   grows rarer with every case. Both are tried, and the narrower goes on.
// Counts: inputs of `at least k` are often any(own, shared by the rack, shared by the pod). Where the
//   sets of inputs that share an argument are nested or disjoint, that is no obstacle: a group is
//   the inputs that share a guard, and the number of true ones is all of them where the guard is
//   true, else what the members and groups within it sum up to. Distributions are convolved and
//   cut off at k; a group equal to the one before it is not computed again.
// Why it ends: every step tells one variable apart; `work` bounds the steps, and what is left then
//   is in the width. Cases of vanishing probability are never looked at: they are below the
//   rounding of the sum.
// Limits: where something is negated bounds of a case are wide. Shared things that are likely and
//   many (thirty of p = 0.1) have too many cases. Equal cases are not recognised.
// Source: factoring on shared events is old (Moskowitz 1958 for networks); the order by width is
//   that of branch and bound; ours in the combination with nested groups.

#include "engines/faulttree/conditioning.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace outlast::engines::faulttree {

using base::GateKind;

namespace {

using Node = Formula::Node;
using Places = std::vector<std::uint32_t>;  ///< among the inputs of a count

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// Arguments that several of the inputs that are `any` have, what most of them have first.
std::vector<std::pair<Node, Places>> shared_arguments(const Formula& formula,
                                                      std::span<const Node> inputs) {
  std::map<Node, Places> users;
  for (std::uint32_t place = 0; place < inputs.size(); ++place) {
    if (formula.kind(inputs[place]) == GateKind::any) {
      for (const Node argument : formula.inputs(inputs[place])) {
        users[argument].push_back(place);
      }
    }
  }
  std::vector<std::pair<Node, Places>> shared;
  for (auto& [argument, places] : users) {
    if (places.size() > 1) {
      shared.emplace_back(argument, std::move(places));
    }
  }
  std::stable_sort(shared.begin(), shared.end(),
                   [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
  return shared;
}

/// Inputs of a count as a forest of groups, each of those that share its guards; the first group
/// is of all of them.
class Groups {
 public:
  Groups(const Formula& formula, std::span<const Node> inputs)
      : deepest_(inputs.size(), 0), is_guard_(formula.size()) {
    groups_.push_back({{}, inputs.size(), kNone});
    for (const auto& [argument, places] : shared_arguments(formula, inputs)) {
      nest(argument, places);
    }
  }

  [[nodiscard]] std::size_t count() const { return groups_.size(); }
  [[nodiscard]] const std::vector<Node>& guards(std::size_t group) const {
    return groups_[group].guards;
  }
  [[nodiscard]] std::uint32_t around(std::size_t group) const { return groups_[group].around; }
  [[nodiscard]] std::uint32_t deepest(std::size_t place) const { return deepest_[place]; }
  [[nodiscard]] bool is_guard(Node argument) const { return is_guard_[argument]; }

 private:
  struct Group {
    std::vector<Node> guards;
    std::size_t size;
    std::uint32_t around;  ///< group
  };

  /// Where all that share the argument are in one group and in none within it, it is a guard.
  void nest(Node argument, const Places& places) {
    const std::uint32_t around = deepest_[places.front()];
    const bool is_nested = std::all_of(places.begin(), places.end(), [&](std::uint32_t place) {
      return deepest_[place] == around;
    });
    if (!is_nested) {
      return;
    }
    is_guard_[argument] = true;
    if (places.size() == groups_[around].size) {
      groups_[around].guards.push_back(argument);
      return;
    }
    groups_.push_back({{argument}, places.size(), around});
    for (const std::uint32_t place : places) {
      deepest_[place] = static_cast<std::uint32_t>(groups_.size() - 1);
    }
  }

  std::vector<Group> groups_;
  std::vector<std::uint32_t> deepest_;  ///< by place: the innermost group it is in
  std::vector<bool> is_guard_;
};

}  // namespace

std::uint32_t Conditioning::add(Kind kind, std::uint32_t k,
                                const std::vector<std::uint32_t>& children) {
  const auto first = static_cast<std::uint32_t>(children_.size());
  children_.insert(children_.end(), children.begin(), children.end());
  items_.push_back({kind, k, first, 0, static_cast<std::uint32_t>(children.size())});
  return static_cast<std::uint32_t>(items_.size() - 1);
}

std::uint32_t Conditioning::add_group(const std::vector<Node>& guards,
                                      const std::vector<std::uint32_t>& members) {
  std::vector<std::uint32_t> all;
  for (const Node guard : guards) {
    all.push_back(item_of_[guard]);
  }
  all.insert(all.end(), members.begin(), members.end());
  const std::uint32_t made = add(Kind::group, 0, all);
  items_[made].guards = static_cast<std::uint32_t>(guards.size());
  for (const std::uint32_t member : members) {
    items_[made].members += items_[member].kind == Kind::group ? items_[member].members : 1;
  }
  return made;
}

/// An input of a count by what it has of its own: the arguments that guard no group.
std::uint32_t Conditioning::add_own(Node input, const std::vector<Node>& own) {
  if (formula_.kind(input) != GateKind::any || own.size() == formula_.inputs(input).size()) {
    return item_of_[input];
  }
  std::vector<std::uint32_t> items;
  for (const Node argument : own) {
    items.push_back(item_of_[argument]);
  }
  return items.size() == 1 ? items.front() : add(Kind::any, 0, items);
}

std::uint32_t Conditioning::add_count(Node node) {
  const auto inputs = formula_.inputs(node);
  const Groups groups(formula_, inputs);
  std::vector<std::vector<std::uint32_t>> members(groups.count());
  for (std::uint32_t place = 0; place < inputs.size(); ++place) {
    std::vector<Node> own;
    for (const Node argument : formula_.inputs(inputs[place])) {
      if (!groups.is_guard(argument)) {
        own.push_back(argument);
      }
    }
    members[groups.deepest(place)].push_back(add_own(inputs[place], own));
  }
  std::uint32_t made = kNone;
  for (std::size_t group = groups.count(); group-- > 0;) {
    made = add_group(groups.guards(group), members[group]);
    if (group > 0) {
      members[groups.around(group)].push_back(made);
    }
  }
  return add(Kind::count, formula_.threshold(node), {made});
}

Conditioning::Conditioning(const Formula& formula)
    : formula_(formula), variables_(formula_.number_variables()), item_of_(formula.size(), kNone) {
  for (Formula::Node node = 0; node < formula_.size(); ++node) {
    std::vector<std::uint32_t> children;
    for (const Formula::Node input : formula_.inputs(node)) {
      children.push_back(item_of_[input]);
    }
    switch (formula_.kind(node)) {
      case GateKind::variable:
        item_of_[node] = add(Kind::leaf, formula_.variable(node).index, {});
        break;
      case GateKind::negation:
        item_of_[node] = add(Kind::negation, 0, children);
        is_monotone_ = false;
        break;
      case GateKind::at_least:
        item_of_[node] = add_count(node);
        break;
      case GateKind::any:
      case GateKind::constant_false:
        item_of_[node] = add(Kind::any, 0, children);
        break;
      default:
        item_of_[node] = add(Kind::all, 0, children);
    }
  }
}

std::vector<double> Conditioning::own(std::span<const double> of_all) const {
  std::vector<double> own;
  own.reserve(variables_.size());
  for (const base::VariableId variable : variables_) {
    own.push_back(of_all[variable.index]);
  }
  return own;
}

}  // namespace outlast::engines::faulttree
