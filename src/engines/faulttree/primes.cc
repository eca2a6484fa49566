// Prime implicants on the diagram: what cut sets become where it matters that something did not
// happen.
//
// Problem: one of two valves opens and the other does not; the smallest reasons for that are
//   {a, not b} and {b, not a}, and no set of events alone is a reason.
// Formulation: for f = x ? f1 : f0, what needs nothing of x is what implies both:
//     primes(f) = primes(f0 f1)
//                 together with { {x} + s     : s in primes(f1), not in primes(f0 f1) }
//                 and with      { {not x} + s : s in primes(f0), not in primes(f0 f1) }.
//   A set of primes(f1) that contains one of primes(f0 f1) is that one, for both imply f1; so
//   `without`, which takes out what contains, takes out what is equal. With room for k literals only,
//   f1 and f0 have room for k - 1, f0 f1 has room for k: few of all conjunctions are reached then.
// Modules: a literal of a module is made true by a prime of the module, or of its negation, and by
//   nothing smaller; so sets of literals of modules stand for sets of literals of variables.
// Method: two tables of nodes, of functions and of families; level l of the first is 2l (happened)
//   and 2l + 1 (did not) in the second. A stack of functions waits for the three they need.
// Why it ends: each of the three is about deeper variables.
// Limits: there may be 3^n/n primes of n variables.
// Source: Coudert & Madre 1992, Implicit and incremental computation of primes.

#include "engines/faulttree/primes.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "engines/faulttree/if_then_else.h"
#include "engines/faulttree/without.h"

namespace outlast::engines::faulttree {

namespace {

class PrimeFinder {
 public:
  PrimeFinder(const NodeGraph& graph, std::size_t budget)
      : functions_(budget), if_then_else_(functions_), families_(budget), without_(families_) {
    std::vector<Edge> edge_of{kFalseEdge, kTrueEdge};
    for (std::size_t i = kFirstInner; i < graph.nodes.size(); ++i) {
      const Node& node = graph.nodes[i];
      edge_of.push_back(functions_.decide(node.level, edge_of[node.low], edge_of[node.high]));
    }
    root_ = edge_of[graph.root];
  }

  std::optional<Primes> run(const VariableOrder& order, std::size_t max_order, bool of_both) {
    is_limited_ = max_order < order.size();
    known_.resize(is_limited_ ? max_order + 1 : 1);
    const auto room = static_cast<std::uint32_t>(known_.size() - 1);
    const std::uint32_t truth = primes_of({root_, room});
    const std::uint32_t falsehood = of_both ? primes_of({opposite(root_), room}) : kFalse;
    if (is_over_budget()) {
      return std::nullopt;
    }
    VariableOrder literals;
    for (const base::VariableId variable : order) {
      literals.push_back(literal(variable, true));
      literals.push_back(literal(variable, false));
    }
    return Primes{{families_.extract(truth), literals}, {families_.extract(falsehood), literals}};
  }

 private:
  static constexpr std::uint32_t kUnknown = kLeafLevel;
  struct Known {
    Edge both = kUnknown;  ///< true whether the variable happened or not
    std::uint32_t primes = kUnknown;
  };

  [[nodiscard]] bool is_over_budget() const {
    return functions_.exhausted() || families_.exhausted();
  }

  struct Wanted {
    Edge function;
    std::uint32_t room;  ///< for literals; of no meaning where all are wanted
  };

  std::uint32_t primes_of(const Wanted& wanted) {
    std::vector<Wanted> open{wanted};
    while (!open.empty() && !is_over_budget()) {
      const Wanted at = open.back();
      if (known_primes(at) != kUnknown) {
        open.pop_back();
        continue;
      }
      functions_.count_step();
      const Edge low = functions_.low(at.function), high = functions_.high(at.function);
      if (known(at).both == kUnknown) {
        known(at).both = if_then_else_(low, high, kFalseEdge);
      }
      const Edge both = known(at).both;
      const std::size_t waiting = open.size();
      for (const Wanted& needed :
           {Wanted{low, less(at.room)}, Wanted{high, less(at.room)}, Wanted{both, at.room}}) {
        if (known_primes(needed) == kUnknown) {
          open.push_back(needed);
        }
      }
      if (open.size() == waiting) {
        known(at).primes = put_together(at, both);
      }
    }
    return is_over_budget() ? kFalse : known_primes(wanted);
  }

  /// Room that is left beside one literal.
  [[nodiscard]] std::uint32_t less(std::uint32_t room) const {
    return is_limited_ ? room - 1 : room;
  }

  Known& known(const Wanted& wanted) { return known_[wanted.room][wanted.function]; }

  std::uint32_t known_primes(const Wanted& wanted) {
    if (wanted.function == kTrueEdge || wanted.function == kFalseEdge) {
      return wanted.function == kTrueEdge ? kTrue : kFalse;  // by the empty set; by no set
    }
    if (is_limited_ && wanted.room == 0) {
      return kFalse;
    }
    std::vector<Known>& of_room = known_[wanted.room];
    if (of_room.size() <= wanted.function) {
      of_room.resize(wanted.function + std::size_t{1});
    }
    return of_room[wanted.function].primes;
  }

  std::uint32_t put_together(const Wanted& at, Edge both) {
    const std::uint32_t level = functions_.level(at.function);
    const std::uint32_t idle = known_primes({both, at.room});
    const std::uint32_t happened =
        without_(known_primes({functions_.high(at.function), less(at.room)}), idle);
    const std::uint32_t absent =
        without_(known_primes({functions_.low(at.function), less(at.room)}), idle);
    const std::uint32_t low = absent == kFalse ? idle : families_.make(2 * level + 1, idle, absent);
    return happened == kFalse ? low : families_.make(2 * level, low, happened);
  }

  Decisions functions_;
  IfThenElse if_then_else_;
  NodeTable families_;
  Without without_;
  Edge root_ = kFalseEdge;
  bool is_limited_ = false;                ///< in how many literals an implicant may have
  std::vector<std::vector<Known>> known_;  ///< by room and function
};

}  // namespace

std::optional<Primes> prime_implicants(const NodeGraph& graph, const VariableOrder& order,
                                       std::size_t max_order, bool of_both, std::size_t budget) {
  if (graph.nodes.size() > budget) {
    return std::nullopt;
  }
  return PrimeFinder(graph, budget).run(order, max_order, of_both);
}

}  // namespace outlast::engines::faulttree
