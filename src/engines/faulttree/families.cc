// Finding the cheapest cut sets over modules.
//
// Problem: 10^20 cut sets lie in small diagrams, one per module; which are the twenty most likely?
//   Nobody has time to list them.
// Formulation: let the cost of a variable be −ln p, or 1 and a bit of −ln p. The least cost from a node
//   to the end is found like the shortest way, in one pass up; of a module it is the least cost
//   of its root. A branch is a place in a module, the places to go on from in the modules around
//   it, and what was chosen; its bound, the cost so far and the least costs to come, is reached by
//   some set. So the branch with the least bound holds the next set: follow it along the cheapest
//   way and keep each branch passed by (best-first search with an exact estimate).
// Why it ends: each branch taken yields a set not yielded before, or is dropped because its cheapest
//   way exceeds the order wanted. Only as many branches are kept as sets are wanted, where no
//   order is excluded.
// Limits: with a limit on the order below what the families hold, branches whose cheapest set is
//   too large are dropped set by set, kMostDropped of them at most. Where sets are of thousands of
//   variables the steps of all their ways together end the search.
// Source: Lawler 1972 (splitting into disjoint subsets).

#include "engines/faulttree/families.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace outlast::engines::faulttree {

namespace {

constexpr std::uint32_t kEnd = 0;
constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostDropped = 1'000'000;

class Search {
 public:
  Search(const Families& families, std::span<const double> cost, std::size_t max_order,
         std::size_t work)
      : families_(families), max_order_(max_order), work_(work), chains_(1), frames_(1) {
    cost_.assign(cost.begin(), cost.end());
    for (const Family& family : families.of_module) {
      std::vector<double> least(family.sets.nodes.size(), kNever);
      least[kTrue] = 0;
      for (std::size_t i = kFirstInner; i < least.size(); ++i) {
        const Node& node = family.sets.nodes[i];
        least[i] =
            std::min(least[node.low], least[node.high] + cost_[family.order[node.level].index]);
      }
      cost_.push_back(least[family.sets.root]);
      least_.push_back(std::move(least));
    }
  }

  CheapestSets run(std::size_t limit) {
    const auto whole = static_cast<std::uint32_t>(families_.of_module.size() - 1);
    const std::uint32_t root = families_.of_module[whole].sets.root;
    add({whole, root, kEnd, kEnd, 0, least_[whole][root]}, limit);
    CheapestSets found;
    std::vector<CutSet>& sets = found.sets;
    for (std::size_t dropped = 0;
         sets.size() < limit && !branches_.empty() && dropped < kMostDropped && steps_ < work_;) {
      std::pop_heap(branches_.begin(), branches_.end(), Later());
      const Branch branch = branches_.back();
      branches_.pop_back();
      CutSet set = follow(branch, limit - sets.size());
      if (set.size() <= max_order_) {
        sets.push_back(std::move(set));
      } else {
        ++dropped;
      }
    }
    found.is_cut_off = sets.size() < limit && (has_forgotten_ || !branches_.empty());
    return found;
  }

 private:
  struct Chain {
    base::VariableId variable;
    std::uint32_t rest = kEnd;
  };
  /// Where to go on in the module around, and the least cost from there to the very end.
  struct Frame {
    std::uint32_t module = 0;
    std::uint32_t node = kTrue;
    std::uint32_t outer = kEnd;
    double to_come = 0;
  };
  struct Branch {
    std::uint32_t module;
    std::uint32_t node;
    std::uint32_t frame;
    std::uint32_t chosen;
    double spent;
    double bound;
    std::uint64_t serial = 0;
  };
  struct Later {
    bool operator()(const Branch& a, const Branch& b) const {
      return std::tie(a.bound, a.serial) > std::tie(b.bound, b.serial);
    }
  };

  [[nodiscard]] bool is_module(base::VariableId variable) const {
    return variable.index >= families_.variable_count;
  }

  void add(Branch branch, std::size_t wanted) {
    if (branch.bound == kNever) {
      return;
    }
    branch.serial = serial_++;
    branches_.push_back(branch);
    std::push_heap(branches_.begin(), branches_.end(), Later());
    const std::size_t kept =
        is_limited() ? std::max(wanted, std::min(work_, kMostDropped)) : wanted;
    if (branches_.size() / 2 > kept) {
      has_forgotten_ = is_limited();
      const auto end = branches_.begin() + static_cast<std::ptrdiff_t>(kept);
      std::nth_element(branches_.begin(), end, branches_.end(),
                       [](const Branch& a, const Branch& b) { return Later()(b, a); });
      branches_.erase(end, branches_.end());
      std::make_heap(branches_.begin(), branches_.end(), Later());
    }
  }

  [[nodiscard]] bool is_limited() const { return max_order_ < families_.variable_count; }

  /// The branch that takes the variable of the node where `at` stands.
  Branch with(const Branch& at) {
    const Family& family = families_.of_module[at.module];
    const Node& node = family.sets.nodes[at.node];
    const base::VariableId variable = family.order[node.level];
    const double to_come = least_[at.module][node.high] + frames_[at.frame].to_come;
    if (!is_module(variable)) {
      chains_.push_back({variable, at.chosen});
      const double spent = at.spent + cost_[variable.index];
      return {at.module, node.high,      at.frame, static_cast<std::uint32_t>(chains_.size() - 1),
              spent,     spent + to_come};
    }
    const auto inner = static_cast<std::uint32_t>(variable.index - families_.variable_count);
    frames_.push_back({at.module, node.high, at.frame, to_come});
    return {inner,
            families_.of_module[inner].sets.root,
            static_cast<std::uint32_t>(frames_.size() - 1),
            at.chosen,
            at.spent,
            at.spent + cost_[variable.index] + to_come};
  }

  [[nodiscard]] Branch without(const Branch& at) const {
    const Node& node = families_.of_module[at.module].sets.nodes[at.node];
    return {at.module, node.low,
            at.frame,  at.chosen,
            at.spent,  at.spent + least_[at.module][node.low] + frames_[at.frame].to_come};
  }

  /// Goes where the cheapest set of `at` is, and adds the branches it passes by.
  CutSet follow(Branch at, std::size_t wanted) {
    while (at.node != kTrue || at.frame != kEnd) {
      ++steps_;
      if (at.node == kTrue) {
        const Frame& frame = frames_[at.frame];
        at = {frame.module, frame.node, frame.outer, at.chosen, at.spent, at.bound};
        continue;
      }
      const Node& node = families_.of_module[at.module].sets.nodes[at.node];
      const double low = least_[at.module][node.low];
      const Branch leaves_out = without(at);
      if (low == kNever) {
        at = with(at);
      } else if (least_[at.module][node.high] == kNever) {
        at = leaves_out;
      } else {
        const Branch takes = with(at);
        const bool goes_low = low == least_[at.module][at.node];
        add(goes_low ? takes : leaves_out, wanted);
        at = goes_low ? leaves_out : takes;
      }
    }
    CutSet set;
    for (std::uint32_t chain = at.chosen; chain != kEnd; chain = chains_[chain].rest) {
      set.push_back(chains_[chain].variable);
    }
    steps_ += set.size();
    std::sort(set.begin(), set.end());
    return set;
  }

  const Families& families_;
  std::size_t max_order_;
  std::size_t work_;
  std::size_t steps_ = 0;
  bool has_forgotten_ = false;              ///< branches that might have been wanted
  std::vector<double> cost_;                ///< by variable, then by module
  std::vector<std::vector<double>> least_;  ///< by module and node: cost to the module's end
  std::vector<Chain> chains_;
  std::vector<Frame> frames_;
  std::vector<Branch> branches_;  ///< a heap
  std::uint64_t serial_ = 0;
};

}  // namespace

CheapestSets cheapest_sets(const Families& families, std::span<const double> cost,
                           std::size_t max_order, std::size_t limit, std::size_t work) {
  return Search(families, cost, max_order, work).run(limit);
}

}  // namespace outlast::engines::faulttree
