// Common arguments.
//
// Problem: of every way up it is said that it is lost with its switch or with its core; whoever lists
//   all ways says the same of a switch once for each core behind it. Shared so often, the switch and
//   the cores hang together, where they are independent.
// Example: all(any(s, c1), any(s, c2), any(s, c3)) is any(s, all(c1, c2, c3)).
// Formulation: all and any distribute over each other, so what several inputs of `all` that are `any`
//   have in common is an argument of one `any` around the rest, and the other way round. An input
//   without a rest is that argument alone, and with it the whole group (absorption). At least k of n
//   inputs that all have something in common: any(x, at least k of the rests), or all(x, ...).
// Method: children first; of each gate the argument that most inputs have is taken out first, with all
//   else that those inputs share; what is left of them is treated in the same way. Only inputs that
//   nobody else uses are taken apart, so that nothing is said more often than before.
// Why it ends: a group leaves one input of several, and the rests in it are smaller.
// Limits: greedy; another choice may leave fewer arguments.
// Source: factoring as in Niemelä 1994 and in multilevel logic (Brayton 1987).

#include "engines/faulttree/factoring.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace outlast::engines::faulttree {

using base::GateId;
using base::GateKind;

namespace {

using Term = std::vector<GateId>;  ///< arguments of one input, ascending

GateKind dual_of(GateKind kind) {
  return kind == GateKind::all ? GateKind::any : GateKind::all;
}

/// The rests may join to a gate that is an argument already; said twice, a term would seem to share
/// it with itself.
Term ascending_once(Term term) {
  std::sort(term.begin(), term.end());
  term.erase(std::unique(term.begin(), term.end()), term.end());
  return term;
}

Term minus(const Term& term, const Term& taken) {
  Term rest;
  std::set_difference(term.begin(), term.end(), taken.begin(), taken.end(),
                      std::back_inserter(rest));
  return rest;
}

/// What all the chosen terms have.
Term common_to(const std::vector<Term>& terms, const std::vector<std::size_t>& chosen) {
  Term common = terms[chosen.front()];
  for (const std::size_t place : chosen) {
    Term both;
    std::set_intersection(common.begin(), common.end(), terms[place].begin(), terms[place].end(),
                          std::back_inserter(both));
    common = std::move(both);
  }
  return common;
}

/// Which terms have each argument that several have, the argument of most first.
std::vector<std::vector<std::size_t>> sharers(const std::vector<Term>& terms) {
  std::vector<std::pair<GateId, std::size_t>> uses;
  for (std::size_t place = 0; place < terms.size(); ++place) {
    for (const GateId argument : terms[place]) {
      uses.emplace_back(argument, place);
    }
  }
  std::sort(uses.begin(), uses.end());
  std::vector<std::vector<std::size_t>> shared;
  for (std::size_t at = 0, end = 0; at < uses.size(); at = end) {
    while (end < uses.size() && uses[end].first == uses[at].first) {
      ++end;
    }
    if (end - at > 1) {
      std::vector<std::size_t>& places = shared.emplace_back();
      for (std::size_t i = at; i < end; ++i) {
        places.push_back(uses[i].second);
      }
    }
  }
  std::stable_sort(shared.begin(), shared.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return shared;
}

class Factoring {
 public:
  Factoring(const Formula& formula, std::size_t variable_count)
      : formula_(formula), users_(formula) {
    for (std::size_t i = 0; i < variable_count; ++i) {
      gates_.add_variable();
    }
  }

  [[nodiscard]] bool has_work() const {
    for (Formula::Node node = 0; node < formula_.size(); ++node) {
      if (has_common(node)) {
        return true;
      }
    }
    return false;
  }

  Formula run() {
    for (Formula::Node node = 0; node < formula_.size(); ++node) {
      gate_of_.push_back(rebuilt(node));
    }
    return {gates_, gate_of_.back()};
  }

 private:
  [[nodiscard]] bool is_own(Formula::Node input) const { return users_[input].size() == 1; }

  /// Have two inputs of any or all, or every one of a count, an argument in common?
  [[nodiscard]] bool has_common(Formula::Node node) const {
    const GateKind kind = formula_.kind(node);
    const bool is_count = kind == GateKind::at_least;
    std::vector<Formula::Node> arguments;
    for (const Formula::Node input : formula_.inputs(node)) {
      const GateKind of_input = formula_.kind(input);
      const bool opens = is_count ? of_input == GateKind::any || of_input == GateKind::all
                                  : of_input == dual_of(kind);
      if (is_own(input) && opens) {
        const auto inside = formula_.inputs(input);
        arguments.insert(arguments.end(), inside.begin(), inside.end());
      } else {
        arguments.push_back(input);
      }
    }
    std::sort(arguments.begin(), arguments.end());
    const std::size_t wanted = is_count ? formula_.inputs(node).size() : 2;
    std::size_t run = 1;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      run = arguments[i] == arguments[i - 1] ? run + 1 : 1;
      if (run >= wanted) {
        return true;
      }
    }
    return false;
  }

  GateId rebuilt(Formula::Node node) {
    const GateKind kind = formula_.kind(node);
    switch (kind) {
      case GateKind::constant_false:
        return gates_.never();
      case GateKind::constant_true:
        return gates_.always();
      case GateKind::variable:
        return gates_.variable(formula_.variable(node));
      case GateKind::negation:
        return gates_.negation(formula_.variable(formula_.inputs(node).front()));
      case GateKind::at_least:
        return counted(node);
      default:
        return put_together(kind, terms_of(node, kind));
    }
  }

  GateId join(GateKind kind, Term inputs) {
    return kind == GateKind::all ? gates_.all(std::move(inputs)) : gates_.any(std::move(inputs));
  }

  /// Inputs of `all` as what their `any` is of, and the other way round.
  [[nodiscard]] std::vector<Term> terms_of(Formula::Node node, GateKind kind) const {
    std::vector<Term> terms;
    for (const Formula::Node input : formula_.inputs(node)) {
      const GateId gate = gate_of_[input];
      if (is_own(input) && gates_.kind(gate) == kind) {  // it became so: its inputs are the node's
        for (const GateId inner : gates_.inputs(gate)) {
          terms.push_back(term_of(inner, gates_.kind(inner) == dual_of(kind)));
        }
      } else {
        terms.push_back(term_of(gate, is_own(input) && gates_.kind(gate) == dual_of(kind)));
      }
    }
    return terms;
  }

  [[nodiscard]] Term term_of(GateId gate, bool is_apart) const {
    const auto inside = gates_.inputs(gate);
    return is_apart ? Term(inside.begin(), inside.end()) : Term{gate};
  }

  GateId put_together(  // NOLINT(misc-no-recursion)
      GateKind kind, const std::vector<Term>& terms) {
    std::vector<bool> is_taken(terms.size());
    std::vector<Term> merged;
    for (std::vector<std::size_t>& places : sharers(terms)) {
      std::erase_if(places, [&](std::size_t place) { return is_taken[place]; });
      if (places.size() < 2) {
        continue;
      }
      Term together = common_to(terms, places);
      std::vector<Term> rests;
      for (const std::size_t place : places) {
        is_taken[place] = true;
        rests.push_back(minus(terms[place], together));
      }
      together.push_back(put_together(kind, rests));
      merged.push_back(ascending_once(std::move(together)));
    }
    const bool is_done = merged.empty();
    for (std::size_t place = 0; place < terms.size(); ++place) {
      if (!is_taken[place]) {
        merged.push_back(terms[place]);
      }
    }
    if (!is_done) {  // what is left of several may be the same, and then they share that
      return put_together(kind, merged);
    }
    Term inputs;
    for (Term& term : merged) {
      inputs.push_back(join(dual_of(kind), std::move(term)));
    }
    return join(kind, std::move(inputs));
  }

  GateId counted(Formula::Node node) {
    const std::size_t k = formula_.threshold(node);
    for (const GateKind outer : {GateKind::any, GateKind::all}) {
      std::vector<Term> terms;
      std::vector<std::size_t> places;
      for (const Formula::Node input : formula_.inputs(node)) {
        const GateId gate = gate_of_[input];
        places.push_back(terms.size());
        terms.push_back(term_of(gate, is_own(input) && gates_.kind(gate) == outer));
      }
      Term together = common_to(terms, places);
      if (!together.empty()) {
        std::vector<GateId> rests;
        for (const Term& term : terms) {
          rests.push_back(join(outer, minus(term, together)));
        }
        together.push_back(gates_.at_least(k, std::move(rests)));
        return join(outer, std::move(together));
      }
    }
    std::vector<GateId> inputs;
    for (const Formula::Node input : formula_.inputs(node)) {
      inputs.push_back(gate_of_[input]);
    }
    return gates_.at_least(k, std::move(inputs));
  }

  const Formula& formula_;
  Users users_;
  base::Gates gates_;
  std::vector<GateId> gate_of_;  ///< by node of the formula
};

}  // namespace

Formula with_common_arguments_once(Formula formula, std::size_t variable_count) {
  Factoring factoring(formula, variable_count);
  return factoring.has_work() ? factoring.run() : std::move(formula);
}

}  // namespace outlast::engines::faulttree
