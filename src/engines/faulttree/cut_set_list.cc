// Counting the sets of a family by their order, and listing the first of them.
//
// Problem: a family of 10^20 sets fits into a small diagram; a reader wants to know how many
//   there are of each order and to see the first few, the smallest first, sets of one order by
//   their variables. The diagram's own order of variables is another.
// Counting: the sets of k variables at a node are those of its low part and those of k - 1 in
//   its high part; one pass up.
// Listing: sets of equal size compare like words, by the least variable that is in one of them
//   only. A variable that both have changes nothing in that; so the first set of k at a node is
//   the first of its low part or its variable joined to the first of k - 1 in its high part,
//   whichever comes before: one pass up finds the first set of every node and order, kept as
//   chains that share their ends.
//   A branch is a node, a number of variables still to come, and those chosen on the way. Begin
//   with the root. Take from all branches the one whose first set comes first, follow that set
//   down, and keep each branch passed by: its sets are disjoint from all others.
// Why it ends: every branch taken yields a set not yielded before. Only as many branches are
//   kept as sets are still wanted.
// Limits: a set costs up to the depth of the family where it passes by as many branches.
// Source: best-first splitting into disjoint subsets is Lawler 1972.

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "engines/faulttree/cut_sets.h"

namespace outlast::engines::faulttree {

namespace {

constexpr std::size_t kMost = std::numeric_limits<std::size_t>::max();
constexpr std::uint32_t kNoChain = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kEnd = 0;  ///< the chain of no variables

std::size_t saturated_sum(std::size_t a, std::size_t b) {
  return a > kMost - b ? kMost : a + b;
}

class Listing {
 public:
  Listing(const NodeGraph& family, const VariableOrder& order, std::uint32_t max_order)
      : family_(family),
        order_(order),
        windows_(family, max_order),
        first_set_(windows_.size(), kNoChain),
        chains_(1) {
    first_set_[windows_.place(kTrue, 0)] = kEnd;
    for (std::uint32_t node = kFirstInner; node < family.nodes.size(); ++node) {
      const std::uint32_t last = std::min(max_order, windows_.longest(node));
      for (std::uint32_t k = windows_.smallest(node); k <= last; ++k) {
        first_set_[windows_.place(node, k)] = find_first(node, k);
      }
    }
  }

  /// Appends the first `wanted` of the sets of `k` variables.
  void append(std::uint32_t k, std::size_t wanted, std::vector<CutSet>& sets) {
    branches_.clear();
    add({family_.root, k, kEnd}, wanted);
    for (; wanted > 0 && !branches_.empty(); --wanted) {
      std::pop_heap(branches_.begin(), branches_.end(), Later());
      Branch branch = std::move(branches_.back());
      branches_.pop_back();
      follow(branch.way, wanted);
      sets.push_back(std::move(branch.first));
    }
  }

 private:
  /// A set, linked from its topmost variable down or, for a way, up.
  struct Chain {
    base::VariableId variable;
    std::uint32_t rest = kEnd;
  };
  struct Way {
    std::uint32_t node;
    std::uint32_t to_come;
    std::uint32_t chosen;
  };
  struct Branch {
    Way way;
    CutSet first;
  };
  struct Later {
    bool operator()(const Branch& a, const Branch& b) const { return a.first > b.first; }
  };

  [[nodiscard]] std::uint32_t first_set(std::uint32_t node, std::uint32_t k) const {
    const bool inside = windows_.smallest(node) <= k && k <= windows_.longest(node);
    return inside ? first_set_[windows_.place(node, k)] : kNoChain;
  }

  std::uint32_t chain(base::VariableId variable, std::uint32_t rest) {
    chains_.push_back({variable, rest});
    return static_cast<std::uint32_t>(chains_.size() - 1);
  }

  void collect(std::uint32_t chain, CutSet& set) const {
    for (; chain != kEnd; chain = chains_[chain].rest) {
      set.push_back(chains_[chain].variable);
    }
  }

  [[nodiscard]] CutSet sorted(std::uint32_t chain, std::uint32_t chosen = kEnd) const {
    CutSet set;
    collect(chain, set);
    collect(chosen, set);
    std::sort(set.begin(), set.end());
    return set;
  }

  std::uint32_t find_first(std::uint32_t node, std::uint32_t k) {
    const Node& parts = family_.nodes[node];
    const std::uint32_t low = first_set(parts.low, k);
    const std::uint32_t high = k > 0 ? first_set(parts.high, k - 1) : kNoChain;
    if (high == kNoChain) {
      return low;
    }
    const std::uint32_t with = chain(order_[parts.level], high);
    if (low == kNoChain || sorted(with) < sorted(low)) {
      return with;
    }
    chains_.pop_back();
    return low;
  }

  /// Goes where the first set of `way` is, and adds the branches it passes by.
  void follow(Way way, std::size_t wanted) {
    while (way.node != kTrue) {
      const Node& parts = family_.nodes[way.node];
      const std::uint32_t low = first_set(parts.low, way.to_come);
      const bool takes_high = low != first_set(way.node, way.to_come);
      const bool has_high = way.to_come > 0 && first_set(parts.high, way.to_come - 1) != kNoChain;
      const Way without{parts.low, way.to_come, way.chosen};
      if (!has_high) {
        way = without;
        continue;
      }
      const Way with{parts.high, way.to_come - 1, chain(order_[parts.level], way.chosen)};
      if (low != kNoChain) {
        add(takes_high ? without : with, wanted);
      }
      way = takes_high ? with : without;
    }
  }

  void add(const Way& way, std::size_t wanted) {
    branches_.push_back({way, sorted(first_set(way.node, way.to_come), way.chosen)});
    std::push_heap(branches_.begin(), branches_.end(), Later());
    if (branches_.size() / 2 > wanted) {
      const auto end = branches_.begin() + static_cast<std::ptrdiff_t>(wanted);
      std::nth_element(branches_.begin(), end, branches_.end(),
                       [](const Branch& a, const Branch& b) { return a.first < b.first; });
      branches_.erase(end, branches_.end());
      std::make_heap(branches_.begin(), branches_.end(), Later());
    }
  }

  const NodeGraph& family_;
  const VariableOrder& order_;
  OrderWindows windows_;
  std::vector<std::uint32_t> first_set_;  ///< chain, by place
  std::vector<Chain> chains_;
  std::vector<Branch> branches_;  ///< a heap, the first set in front
};

}  // namespace

std::vector<std::size_t> count_by_order(const NodeGraph& family, std::size_t max_order) {
  const OrderWindows windows(family, max_order);
  const auto end_of = [&](std::uint32_t node) {
    return std::min<std::size_t>(max_order, windows.longest(node)) + 1;
  };
  std::vector<std::size_t> count(windows.size());
  const auto count_of = [&](std::uint32_t node, std::uint32_t k) {
    const bool inside = windows.smallest(node) <= k && k < end_of(node);
    return inside ? count[windows.place(node, k)] : 0;
  };
  count[windows.place(kTrue, 0)] = 1;
  for (std::uint32_t i = kFirstInner; i < family.nodes.size(); ++i) {
    const Node& node = family.nodes[i];
    for (std::uint32_t k = windows.smallest(i); k < end_of(i); ++k) {
      count[windows.place(i, k)] =
          saturated_sum(count_of(node.low, k), k > 0 ? count_of(node.high, k - 1) : 0);
    }
  }
  std::vector<std::size_t> by_order(max_order + 1);
  for (std::uint32_t k = 0; k < end_of(family.root); ++k) {
    by_order[k] = count_of(family.root, k);
  }
  return by_order;
}

std::vector<CutSet> first_sets(const NodeGraph& family, const VariableOrder& order,
                               const std::vector<std::size_t>& count, std::size_t limit) {
  std::vector<std::pair<std::uint32_t, std::size_t>> wanted;  // order, number of sets
  for (std::uint32_t k = 0; k < count.size() && limit > 0; ++k) {
    if (count[k] > 0) {
      wanted.emplace_back(k, std::min(count[k], limit));
      limit -= wanted.back().second;
    }
  }
  std::vector<CutSet> sets;
  if (!wanted.empty()) {
    Listing listing(family, order, wanted.back().first);
    for (const auto& [k, number] : wanted) {
      listing.append(k, number, sets);
    }
  }
  return sets;
}

}  // namespace outlast::engines::faulttree
