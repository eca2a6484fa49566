// From formulas to gates without negation above a variable.
//
// Problem: the format negates anything; engines want negation at variables only, and none where
//   it cancels out.
// Formulation: every term has a positive sense and a negative one, "it is false". By De Morgan's
//   laws each sense of a term is made of senses of its arguments: not-and is or of negative ones,
//   fewer than k of n true is at least n - k + 1 false. Exclusive or needs both senses of both.
// Method: definitions are put in an order in which each comes after what it uses; from the tops
//   down it is marked which senses are needed; from the bottom up these are made. Nothing
//   recurses, so chains of a million gates need no stack.
// Why it ends: three passes; what uses itself is an error of the input.

#include "mef/make_gates.h"

#include <algorithm>

#include "base/text.h"

namespace outlast::mef {

namespace {

using base::GateId;
using Kind = Term::Kind;

About about(Element definition) {
  About out;
  for (const Element element : Elements(definition)) {
    if (element.name() == "label") {
      out.label = base::trim(element.text());
    } else if (element.name() == "attributes") {
      for (const Element attribute : Elements(element)) {
        out.attributes.push_back({std::string(attribute.attribute("name")),
                                  std::string(attribute.attribute("value")),
                                  std::string(attribute.attribute("type"))});
      }
    }
  }
  return out;
}

/// How many definitions say something about themselves, without these.
std::size_t count_about(const Definitions& definitions, const std::vector<DefinitionId>& without) {
  std::vector<bool> is_left_out(definitions.size(), true);
  for (const DefinitionId id : without) {
    is_left_out[id.index] = false;
  }
  std::size_t count = 0;
  for (const DefinitionId id : base::ids<DefinitionId>(definitions.size())) {
    bool says = false;
    for (const Element element : Elements(definitions[id].element)) {
      says = says || is_text_about(element.name());
    }
    count += says && is_left_out[id.index] ? 1 : 0;
  }
  return count;
}

class GateMaker {
 public:
  GateMaker(const Terms& terms, Definitions& definitions, Model& model, Mistakes& mistakes)
      : terms_(terms), definitions_(definitions), model_(model), mistakes_(mistakes) {}

  std::vector<DefinitionId> run(const std::vector<std::string>& wanted) {
    const std::vector<std::uint32_t> tops = tops_of(wanted);
    order(tops);
    make_variables();
    if (mistakes_.any()) {
      return std::move(variables_);
    }
    for (auto& needed : needed_) {
      needed.resize(terms_.terms.size());
    }
    for (auto& made : gate_) {
      made.resize(terms_.terms.size());
    }
    for (const std::uint32_t top : tops) {
      needed_[1][terms_.end[top] - 1] = true;
    }
    mark();
    for (const std::uint32_t definition : order_) {
      for (std::uint32_t at = terms_.begin(definition); at < terms_.end[definition]; ++at) {
        make(at);
      }
    }
    std::vector<DefinitionId> kept = variables_;
    for (const std::uint32_t top : tops) {
      model_.tops.push_back({definitions_.full_name(DefinitionId(top)),
                             gate_[1][terms_.end[top] - 1],
                             about(definitions_[DefinitionId(top)].element)});
      kept.push_back(DefinitionId(top));
    }
    model_.left_out = count_about(definitions_, kept);
    return std::move(variables_);
  }

 private:
  [[nodiscard]] bool is_event(std::uint32_t definition) const {
    return definitions_[DefinitionId(definition)].kind == DefinitionKind::basic_event;
  }

  std::vector<std::uint32_t> tops_of(const std::vector<std::string>& wanted) {
    std::vector<std::uint32_t> tops;
    for (const std::string& name : wanted) {
      const DefinitionId id = definitions_.find(name, 0, false);
      if (id.exists() && definitions_[id].kind == DefinitionKind::gate) {
        tops.push_back(id.index);
      } else {
        tell_no_gate(name);
      }
    }
    if (!wanted.empty()) {
      return tops;
    }
    std::vector<bool> is_used(definitions_.size());
    for (const Term& term : terms_.terms) {
      if (term.kind == Kind::reference) {
        is_used[term.k] = true;
      }
    }
    std::uint32_t gates = 0;
    for (std::uint32_t i = 0; i < definitions_.size(); ++i) {
      const bool is_gate = definitions_[DefinitionId(i)].kind == DefinitionKind::gate;
      gates += is_gate ? 1 : 0;
      if (is_gate && !is_used[i]) {
        tops.push_back(i);
      }
    }
    if (gates == 0 && !mistakes_.any()) {
      mistakes_.error("OUT-E1515", {}, "the model has no gate",
                      "give a file with define-fault-tree too");
    }
    return tops;
  }

  void tell_no_gate(const std::string& name) {
    std::vector<std::string_view> known;
    for (const DefinitionId id : base::ids<DefinitionId>(definitions_.size())) {
      if (definitions_[id].kind == DefinitionKind::gate) {
        known.push_back(definitions_[id].name);
      }
    }
    const std::string_view near = base::nearest(name, known);
    mistakes_.error("OUT-E1515", {}, "there is no gate " + name,
                    near.empty() ? "leave --top out to ask about each gate that no other uses"
                                 : "did you mean \"" + std::string(near) + "\"?");
  }

  /// Definitions below the tops, each after what it uses; loops are told wherever they are.
  void order(const std::vector<std::uint32_t>& tops) {
    state_.resize(definitions_.size(), State::unseen);
    for (const std::uint32_t top : tops) {
      enter(top);
    }
    // What no top needs may still be wrong.
    const std::size_t needed = order_.size();
    for (std::uint32_t i = 0; i < definitions_.size(); ++i) {
      enter(i);
    }
    order_.resize(needed);
  }

  struct Open {
    std::uint32_t definition;
    std::uint32_t next;  ///< term to look at
  };

  void enter(std::uint32_t root) {
    if (state_[root] != State::unseen) {
      return;
    }
    std::vector<Open> open{{root, terms_.begin(root)}};
    state_[root] = State::open;
    while (!open.empty()) {
      Open& at = open.back();
      if (at.next == terms_.end[at.definition]) {
        state_[at.definition] = State::done;
        order_.push_back(at.definition);
        open.pop_back();
        continue;
      }
      const Term& term = terms_.terms[at.next++];
      if (term.kind != Kind::reference || state_[term.k] == State::done) {
        continue;
      }
      if (state_[term.k] == State::open) {
        tell_cycle(open, term.k);
        continue;
      }
      state_[term.k] = State::open;
      open.push_back({term.k, terms_.begin(term.k)});
    }
  }

  void tell_cycle(const std::vector<Open>& open, std::uint32_t back_to) {
    constexpr std::size_t kMostNamed = 8;
    std::size_t first = open.size();
    while (open[first - 1].definition != back_to) {
      --first;
    }
    std::string way;
    for (std::size_t i = first - 1; i < open.size() && i < first - 1 + kMostNamed; ++i) {
      way += definitions_.full_name(DefinitionId(open[i].definition)) + " → ";
    }
    way += open.size() - first + 1 > kMostNamed ? "… → " : "";
    mistakes_.error("OUT-E1514", definitions_.span_of(DefinitionId(back_to)),
                    "the gate needs itself: " + way + definitions_.full_name(DefinitionId(back_to)),
                    "break the loop: a fault tree has none");
  }

  template <class Visit>
  void for_arguments(const Term& term, Visit visit) const {
    for (std::uint32_t i = 0; i < term.count; ++i) {
      visit(terms_.arguments[term.first + i]);
    }
  }

  void mark() {
    for (auto definition = order_.rbegin(); definition != order_.rend(); ++definition) {
      for (std::uint32_t at = terms_.end[*definition]; at-- > terms_.begin(*definition);) {
        mark_arguments(at, 0);
        mark_arguments(at, 1);
      }
    }
  }

  void mark_arguments(std::uint32_t at, std::size_t sense) {
    const Term& term = terms_.terms[at];
    if (!needed_[sense][at]) {
      return;
    }
    if (term.kind == Kind::reference && !is_event(term.k)) {
      needed_[sense][terms_.end[term.k] - 1] = true;
    }
    for_arguments(term, [&](std::uint32_t argument) {
      const bool is_both = term.kind == Kind::exclusive || term.kind == Kind::equivalence ||
                           term.kind == Kind::cardinality;
      const bool flips = term.kind == Kind::negation || (term.kind == Kind::implication &&
                                                         argument == terms_.arguments[term.first]);
      needed_[flips ? 1 - sense : sense][argument] = true;
      needed_[0][argument] = needed_[0][argument] || is_both;
      needed_[1][argument] = needed_[1][argument] || is_both;
    });
  }

  /// Variables in the order in which the files define their events.
  void make_variables() {
    std::vector<bool> is_used(definitions_.size());
    for (const std::uint32_t definition : order_) {
      is_used[definition] = is_event(definition);
    }
    variable_.resize(definitions_.size());
    for (std::uint32_t i = 0; i < is_used.size(); ++i) {
      if (is_used[i]) {
        variable_[i] = model_.gates.add_variable();
        const DefinitionId id(i);
        model_.events.push_back({definitions_.full_name(id),
                                 definitions_.span_of(id),
                                 {},
                                 about(definitions_[id].element)});
        variables_.push_back(id);
      }
    }
  }

  void make(std::uint32_t at) {
    for (const std::size_t sense : {std::size_t{0}, std::size_t{1}}) {
      if (needed_[sense][at]) {
        gate_[sense][at] = gate_of(terms_.terms[at], sense);
      }
    }
  }

  [[nodiscard]] std::vector<GateId> inputs(const Term& term, std::size_t sense) const {
    std::vector<GateId> gates;
    for_arguments(term, [&](std::uint32_t argument) { gates.push_back(gate_[sense][argument]); });
    return gates;
  }

  GateId gate_of(const Term& term, std::size_t sense) {
    base::Gates& gates = model_.gates;
    switch (term.kind) {
      case Kind::reference:
        if (is_event(term.k)) {
          return sense == 1 ? gates.variable(variable_[term.k]) : gates.negation(variable_[term.k]);
        }
        return gate_[sense][terms_.end[term.k] - 1];
      case Kind::constant:
        return (term.k == 1) == (sense == 1) ? gates.always() : gates.never();
      case Kind::conjunction:
        return sense == 1 ? gates.all(inputs(term, 1)) : gates.any(inputs(term, 0));
      case Kind::disjunction:
        return sense == 1 ? gates.any(inputs(term, 1)) : gates.all(inputs(term, 0));
      case Kind::negation:
        return inputs(term, 1 - sense).front();
      case Kind::at_least:
        return at_least(term, term.k, sense);
      case Kind::cardinality:
        return cardinality(term, sense);
      default:
        return of_two(term, sense);
    }
  }

  /// Exclusive or, equivalence, implication.
  GateId of_two(const Term& term, std::size_t sense) {
    base::Gates& gates = model_.gates;
    const std::uint32_t a = terms_.arguments[term.first];
    const std::uint32_t b = terms_.arguments[term.first + 1];
    if (term.kind == Kind::implication) {
      return sense == 1 ? gates.any({gate_[0][a], gate_[1][b]})
                        : gates.all({gate_[1][a], gate_[0][b]});
    }
    const std::size_t same = (term.kind == Kind::equivalence) == (sense == 1) ? 1 : 0;
    return gates.any(
        {gates.all({gate_[1][a], gate_[same][b]}), gates.all({gate_[0][a], gate_[1 - same][b]})});
  }

  GateId at_least(const Term& term, std::size_t k, std::size_t sense) {
    return sense == 1
               ? model_.gates.at_least(k, inputs(term, 1))
               : model_.gates.at_least(term.count + 1 - std::min<std::size_t>(k, term.count + 1),
                                       inputs(term, 0));
  }

  GateId cardinality(const Term& term, std::size_t sense) {
    const GateId enough = at_least(term, term.k, sense);
    const GateId too_many = at_least(term, term.most + std::size_t{1}, 1 - sense);
    return sense == 1 ? model_.gates.all({enough, too_many}) : model_.gates.any({enough, too_many});
  }

  enum class State : std::uint8_t { unseen, open, done };

  const Terms& terms_;
  Definitions& definitions_;
  Model& model_;
  Mistakes& mistakes_;
  std::vector<State> state_;
  std::vector<std::uint32_t> order_;  ///< definitions that are needed, what is used first
  std::vector<base::VariableId> variable_;
  std::vector<DefinitionId> variables_;
  std::vector<bool> needed_[2];  ///< by sense and term
  std::vector<GateId> gate_[2];
};

}  // namespace

std::vector<DefinitionId> make_gates(const Terms& terms, Definitions& definitions,
                                     const std::vector<std::string>& wanted, Model& model,
                                     Mistakes& mistakes) {
  return GateMaker(terms, definitions, model, mistakes).run(wanted);
}

}  // namespace outlast::mef
