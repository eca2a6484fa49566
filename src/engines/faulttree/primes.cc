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
//   `without`, which takes out what contains, takes out what is equal.
// Modules: a literal of a module is made true by a prime of the module, or of its negation, and by
//   nothing smaller; so sets of literals of modules stand for sets of literals of variables.
// Method: two tables of nodes, of functions and of families; level l of the first is 2l (happened)
//   and 2l + 1 (did not) in the second. A stack of functions waits for the three they need.
// Why it ends: each of the three is about deeper variables.
// Limits: there may be 3^n/n primes of n variables; not cut off by order.
// Source: Coudert & Madre 1992, Implicit and incremental computation of primes.

#include "engines/faulttree/primes.h"

#include <vector>

#include "engines/faulttree/if_then_else.h"
#include "engines/faulttree/without.h"

namespace outlast::engines::faulttree {

namespace {

class PrimeFinder {
 public:
  PrimeFinder(const NodeGraph& graph, std::size_t budget)
      : functions_(budget), if_then_else_(functions_), families_(budget), without_(families_) {
    for (std::size_t i = kFirstInner; i < graph.nodes.size(); ++i) {
      functions_.make(graph.nodes[i].level, graph.nodes[i].low, graph.nodes[i].high);
    }
    root_ = graph.root;
  }

  std::optional<Primes> run(const VariableOrder& order) {
    const std::uint32_t negation = if_then_else_(root_, kFalse, kTrue);
    const std::uint32_t truth = primes_of(root_);
    const std::uint32_t falsehood = primes_of(negation);
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
    std::uint32_t both = kUnknown;  ///< function: true whether the variable happened or not
    std::uint32_t primes = kUnknown;
  };

  [[nodiscard]] bool is_over_budget() const {
    return functions_.exhausted() || families_.exhausted();
  }

  std::uint32_t primes_of(std::uint32_t function) {
    std::vector<std::uint32_t> open{function};
    while (!open.empty() && !is_over_budget()) {
      const std::uint32_t at = open.back();
      if (known_primes(at) != kUnknown) {
        open.pop_back();
        continue;
      }
      const Node node = functions_[at];
      if (known_[at].both == kUnknown) {
        const std::uint32_t both = if_then_else_(node.low, node.high, kFalse);
        known_[at].both = both;
      }
      const std::uint32_t both = known_[at].both;
      const std::size_t waiting = open.size();
      for (const std::uint32_t needed : {node.low, node.high, both}) {
        if (known_primes(needed) == kUnknown) {
          open.push_back(needed);
        }
      }
      if (open.size() == waiting) {
        known_[at].primes = put_together(node, both);
      }
    }
    return is_over_budget() ? kFalse : known_primes(function);
  }

  std::uint32_t known_primes(std::uint32_t function) {
    if (function < kFirstInner) {
      return function;  // never, by no set; always, by the empty one
    }
    if (known_.size() <= function) {
      known_.resize(function + std::size_t{1});
    }
    return known_[function].primes;
  }

  std::uint32_t put_together(const Node& node, std::uint32_t both) {
    const std::uint32_t idle = known_primes(both);
    const std::uint32_t happened = without_(known_primes(node.high), idle);
    const std::uint32_t absent = without_(known_primes(node.low), idle);
    const std::uint32_t low =
        absent == kFalse ? idle : families_.make(2 * node.level + 1, idle, absent);
    return happened == kFalse ? low : families_.make(2 * node.level, low, happened);
  }

  NodeTable functions_;
  IfThenElse if_then_else_;
  NodeTable families_;
  Without without_;
  std::uint32_t root_ = kFalse;
  std::vector<Known> known_;  ///< by function
};

}  // namespace

std::optional<Primes> prime_implicants(const NodeGraph& graph, const VariableOrder& order,
                                       std::size_t budget) {
  if (graph.nodes.size() > budget) {
    return std::nullopt;
  }
  return PrimeFinder(graph, budget).run(order);
}

}  // namespace outlast::engines::faulttree
