// From XML to expressions.
//
// Method: parameters use parameters; they are made in an order in which each comes after what it
//   uses, found with a stack of our own, so that a chain of a million needs none of the machine's.
//   Within a definition elements nest no deeper than XmlFile allows, and reading recurses.

#include "mef/make_expressions.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "base/text.h"
#include "mef/expression_elements.h"

namespace outlast::mef {

namespace {

bool is_expression(Element element) {
  return !is_text_about(element.name());
}

/// The element that holds a definition's expression; none if there is none.
Element expression_in(Element definition) {
  for (const Element element : Elements(definition)) {
    if (is_expression(element)) {
      return element;
    }
  }
  return {};
}

class ExpressionMaker {
 public:
  ExpressionMaker(const std::vector<XmlFile>& files, Definitions& definitions, Model& model,
                  Mistakes& mistakes)
      : files_(files),
        definitions_(definitions),
        model_(model),
        mistakes_(mistakes),
        made_(definitions.size()),
        state_(definitions.size(), State::unseen) {}

  MadeExpressions run(const std::vector<DefinitionId>& of_events) {
    for (const DefinitionId id : base::ids<DefinitionId>(definitions_.size())) {
      const DefinitionKind kind = definitions_[id].kind;
      if (kind == DefinitionKind::parameter) {
        make_with_what_it_uses(id);
      } else if (kind == DefinitionKind::basic_event) {
        make(id);
      }
    }
    for (std::size_t i = 0; i < of_events.size(); ++i) {
      model_.events[i].expression = made_[of_events[i].index];
    }
    return {std::move(made_), std::move(span_of_)};
  }

 private:
  enum class State : std::uint8_t { unseen, open, done };
  struct Open {
    DefinitionId definition;
    std::vector<DefinitionId> uses;
  };

  void wrong(Element element, std::string message, std::string help = "") {
    mistakes_.error("OUT-E1516", files_[file_].span_of(element), std::move(message),
                    std::move(help));
  }

  void make_with_what_it_uses(DefinitionId root) {
    if (state_[root.index] != State::unseen) {
      return;
    }
    std::vector<Open> open;
    push(root, open);
    while (!open.empty()) {
      Open& at = open.back();
      if (at.uses.empty()) {
        const DefinitionId ready = at.definition;
        open.pop_back();
        make(ready);
        state_[ready.index] = State::done;
        continue;
      }
      const DefinitionId next = at.uses.back();
      at.uses.pop_back();
      if (state_[next.index] == State::open) {
        tell_cycle(open, next);
      } else if (state_[next.index] == State::unseen) {
        push(next, open);
      }
    }
  }

  void tell_cycle(const std::vector<Open>& open, DefinitionId back_to) {
    constexpr std::size_t kMostNamed = 8;
    std::size_t first = open.size() - 1;
    while (open[first].definition != back_to) {
      --first;
    }
    std::string way;
    for (std::size_t i = first; i < open.size() && i < first + kMostNamed; ++i) {
      way += definitions_.full_name(open[i].definition) + " → ";
    }
    way += open.size() - first > kMostNamed ? "… → " : "";
    mistakes_.error("OUT-E1517", definitions_.span_of(back_to),
                    "the parameter needs itself: " + way + definitions_.full_name(back_to),
                    "break the loop");
  }

  void push(DefinitionId definition, std::vector<Open>& open) {
    state_[definition.index] = State::open;
    Open& made = open.emplace_back(Open{definition, {}});
    add_uses(definitions_[definition].element, definitions_[definition].scope, made.uses);
  }

  void add_uses(  // NOLINT(misc-no-recursion)
      Element element, std::uint32_t scope, std::vector<DefinitionId>& uses) {
    for (const Element inner : Elements(element)) {
      if (inner.name() == "parameter") {
        const DefinitionId id = definitions_.find(inner.attribute("name"), scope, true);
        if (id.exists()) {
          uses.push_back(id);
        }
      }
      add_uses(inner, scope, uses);
    }
  }

  void make(DefinitionId id) {
    const Definition& definition = definitions_[id];
    file_ = definition.file;
    scope_ = definition.scope;
    const Element element = expression_in(definition.element);
    if (element) {
      made_[id.index] = read(element);
      check_single(definition.element);
    } else if (definition.kind == DefinitionKind::parameter) {
      wrong(definition.element, "the parameter has no expression", "write <float value=\"…\"/>");
    }
    if (definition.kind == DefinitionKind::parameter) {
      check_unit(definition.element);
    }
  }

  void check_single(Element definition) {
    std::size_t expressions = 0;
    for (const Element element : Elements(definition)) {
      expressions += is_expression(element) ? 1U : 0U;
    }
    if (expressions > 1) {
      wrong(definition, "there are several expressions", "write one");
    }
  }

  /// The units of the format; numbers are taken as they are written, whatever their unit.
  void check_unit(Element element) {
    constexpr std::string_view kUnits[] = {"bool",  "int",     "float", "hours",  "hours-1",
                                           "years", "years-1", "fit",   "demands"};
    const std::string_view unit = element.attribute("unit");
    if (!unit.empty() &&
        std::find(std::begin(kUnits), std::end(kUnits), unit) == std::end(kUnits)) {
      wrong(element, "there is no unit " + std::string(unit),
            suggest_or(unit, kUnits, "write hours-1, or leave the unit out"));
    }
  }

  ExpressionId constant(Element element, double value) {
    return at(element, model_.expressions.constant(value));
  }

  /// Notes where the newest expression stands.
  ExpressionId at(Element element, ExpressionId made) {
    span_of_.resize(made.index + std::size_t{1}, files_[file_].span_of(element));
    return made;
  }

  ExpressionId read(Element element) {  // NOLINT(misc-no-recursion)
    const std::string_view what = element.name();
    if (what == "float" || what == "int") {
      return constant(element, number_of(element));
    }
    if (what == "bool") {
      return constant(element, truth_of(element) ? 1 : 0);
    }
    if (what == "pi") {
      constexpr double kPi = 3.14159265358979323846;
      return constant(element, kPi);
    }
    if (what == "system-mission-time") {
      return at(element, model_.expressions.add(Operation::mission_time, {}));
    }
    if (what == "parameter") {
      return read_parameter(element);
    }
    return read_operation(element);
  }

  bool truth_of(Element element) {
    const std::string_view text = base::trim(element.attribute("value"));
    const bool is_true = text == "true" || text == "1";
    if (!is_true && text != "false" && text != "0") {
      wrong(element, "\"" + std::string(text) + "\" is neither true nor false",
            "write value=\"true\" or value=\"false\"");
    }
    return is_true;
  }

  double number_of(Element element) {
    const std::string_view text = base::trim(element.attribute("value"));
    const std::string_view digits = text.substr(text.starts_with('+') ? 1 : 0);
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const std::string what(element.name());
    if (text.empty()) {
      wrong(element, what + " has no value", "write value=\"…\"");
    } else if (error == std::errc::result_out_of_range) {
      wrong(element, std::string(text) + " is beyond what a number can be",
            "write one from 1e-307 to 1e308");
    } else if (error != std::errc() || end != digits.data() + digits.size() ||
               !std::isfinite(value)) {
      wrong(element, "\"" + std::string(text) + "\" is no number", "write value=\"0.001\"");
    } else if (what == "int" && std::trunc(value) != value) {
      wrong(element, std::string(text) + " is no whole number", "write it as a float");
    } else {
      return value;
    }
    return 0;
  }

  ExpressionId read_parameter(Element element) {
    const std::string_view name = element.attribute("name");
    if (name.empty()) {
      wrong(element, "the reference has no name", "add name=\"…\"");
      return constant(element, 0);
    }
    const DefinitionId id = definitions_.find(name, scope_, true);
    if (!id.exists()) {
      definitions_.tell_undefined(name, element, file_, true);
      return constant(element, 0);
    }
    compare_units(element, definitions_[id].element);
    if (state_[id.index] == State::unseen) {
      const std::uint32_t file = file_;
      const std::uint32_t scope = scope_;
      make_with_what_it_uses(id);
      file_ = file;
      scope_ = scope;
    }
    // Absent where the parameter was wrong; that has been told.
    return made_[id.index].exists() ? made_[id.index] : constant(element, 0);
  }

  void compare_units(Element reference, Element definition) {
    const std::string_view said = reference.attribute("unit");
    const std::string_view defined = definition.attribute("unit");
    if (!said.empty() && said != defined) {
      wrong(reference,
            std::string(definition.attribute("name")) +
                (defined.empty() ? " has no unit" : " is in " + std::string(defined)) + ", not " +
                std::string(said),
            "write the unit that it is defined with, or none");
    }
  }

  ExpressionId read_operation(Element element) {  // NOLINT(misc-no-recursion)
    std::vector<ExpressionId> arguments;
    const std::string_view what = element.name();
    const auto named = [&](const ExpressionElement& known) { return known.element == what; };
    if (std::none_of(std::begin(kExpressionElements), std::end(kExpressionElements), named)) {
      tell_unknown(element);
      return constant(element, 0);
    }
    for (const Element argument : Elements(element)) {
      if (what == "histogram" && argument.name() == "bin") {
        for (const Element part : Elements(argument)) {
          arguments.push_back(read(part));
        }
      } else {
        arguments.push_back(read(argument));
      }
    }
    const std::size_t count = arguments.size();
    for (const ExpressionElement& known : kExpressionElements) {
      if (named(known) && count >= known.least && count <= known.most &&
          (known.operation != Operation::histogram || count % 2 == 1)) {
        return at(element, model_.expressions.add(known.operation, arguments));
      }
    }
    wrong(element,
          std::string(what) + " cannot take " + std::to_string(count) +
              (count == 1 ? " argument" : " arguments"),
          "write as many as the format says: " + counts_of(what));
    return constant(element, 0);
  }

  /// "4 or 5", "1 or more".
  static std::string counts_of(std::string_view what) {
    if (what == "histogram") {
      return "a bound, then bins of a bound and a weight";
    }
    std::string counts;
    for (const ExpressionElement& known : kExpressionElements) {
      if (known.element == what) {
        counts += (counts.empty() ? "" : " or ") + std::to_string(known.least) +
                  (known.most == kAnyArguments ? " or more" : "");
      }
    }
    return counts;
  }

  void tell_unknown(Element element) {
    std::vector<std::string_view> names{"float",    "int", "bool", "pi", "system-mission-time",
                                        "parameter"};
    for (const ExpressionElement& known : kExpressionElements) {
      names.push_back(known.element);
    }
    wrong(element, std::string(element.name()) + " is no expression that is supported",
          suggest_or(element.name(), names, "write a number, as <float value=\"…\"/>"));
  }

  const std::vector<XmlFile>& files_;
  Definitions& definitions_;
  Model& model_;
  Mistakes& mistakes_;
  std::uint32_t file_ = 0;
  std::uint32_t scope_ = 0;
  std::vector<ExpressionId> made_;  ///< by definition
  std::vector<State> state_;
  std::vector<base::Span> span_of_;  ///< by expression
};

}  // namespace

MadeExpressions make_expressions(const std::vector<XmlFile>& files, Definitions& definitions,
                                 const std::vector<DefinitionId>& of_events, Model& model,
                                 Mistakes& mistakes) {
  return ExpressionMaker(files, definitions, model, mistakes).run(of_events);
}

}  // namespace outlast::mef
