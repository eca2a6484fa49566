// From XML to expressions.
//
// Method: parameters use parameters; they are made in an order in which each comes after what it
//   uses, found with a stack of our own, so that a chain of a million needs none of the machine's.
//   Within a definition elements nest no deeper than XmlFile allows, and reading recurses.

#include "mef/make_expressions.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>

#include "base/text.h"

namespace outlast::mef {

namespace {

constexpr std::uint32_t kAny = std::numeric_limits<std::uint32_t>::max();

/// An element with arguments: an operation has one line for each number of arguments.
struct Known {
  std::string_view element;
  Operation operation;
  std::uint32_t least;
  std::uint32_t most;
};
constexpr Known kKnown[] = {
    {"neg", Operation::negative, 1, 1},
    {"add", Operation::add, 1, kAny},
    {"sub", Operation::subtract, 2, kAny},
    {"mul", Operation::multiply, 1, kAny},
    {"div", Operation::divide, 2, kAny},
    {"abs", Operation::absolute, 1, 1},
    {"exp", Operation::exp, 1, 1},
    {"log", Operation::log, 1, 1},
    {"log10", Operation::log10, 1, 1},
    {"sqrt", Operation::sqrt, 1, 1},
    {"pow", Operation::power, 2, 2},
    {"min", Operation::minimum, 1, kAny},
    {"max", Operation::maximum, 1, kAny},
    {"mean", Operation::mean, 1, kAny},
    {"exponential", Operation::exponential, 2, 2},
    {"GLM", Operation::glm, 4, 4},
    {"Weibull", Operation::weibull, 4, 4},
    {"periodic-test", Operation::periodic_test, 4, 4},
    {"periodic-test", Operation::periodic_repair, 5, 5},
    {"uniform-deviate", Operation::uniform_deviate, 2, 2},
    {"normal-deviate", Operation::normal_deviate, 2, 2},
    {"lognormal-deviate", Operation::lognormal_by_quantile, 3, 3},
    {"lognormal-deviate", Operation::lognormal_deviate, 2, 2},
    {"gamma-deviate", Operation::gamma_deviate, 2, 2},
    {"beta-deviate", Operation::beta_deviate, 2, 2},
    {"histogram", Operation::histogram, 3, kAny},
};

bool is_expression(pugi::xml_node element) {
  const std::string_view what = element.name();
  return what != "label" && what != "attributes";
}

/// The element that holds a definition's expression; none if there is none.
pugi::xml_node expression_in(pugi::xml_node definition) {
  for (const pugi::xml_node element : Elements(definition)) {
    if (is_expression(element)) {
      return element;
    }
  }
  return {};
}

class ExpressionMaker {
 public:
  ExpressionMaker(const std::vector<XmlFile>& files, Definitions& definitions, Model& model,
                  base::Diagnostics& diagnostics)
      : files_(files),
        definitions_(definitions),
        model_(model),
        diagnostics_(diagnostics),
        made_(definitions.size()),
        state_(definitions.size(), State::unseen) {}

  void run(const std::vector<DefinitionId>& of_events) {
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
  }

 private:
  enum class State : std::uint8_t { unseen, open, done };
  struct Open {
    DefinitionId definition;
    std::vector<DefinitionId> uses;
  };

  void wrong(pugi::xml_node element, std::string message, std::string help = "") {
    diagnostics_.error("OUT-E1516", files_[file_].span_of(element), std::move(message),
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
        diagnostics_.error("OUT-E1517", definitions_.span_of(next),
                           "the parameter needs itself: " + definitions_.full_name(next),
                           "break the loop");
      } else if (state_[next.index] == State::unseen) {
        push(next, open);
      }
    }
  }

  void push(DefinitionId definition, std::vector<Open>& open) {
    state_[definition.index] = State::open;
    Open& made = open.emplace_back(Open{definition, {}});
    add_uses(definitions_[definition].element, definitions_[definition].scope, made.uses);
  }

  void add_uses(  // NOLINT(misc-no-recursion)
      pugi::xml_node element, std::uint32_t scope, std::vector<DefinitionId>& uses) {
    for (const pugi::xml_node inner : Elements(element)) {
      if (std::string_view(inner.name()) == "parameter") {
        const DefinitionId id = definitions_.find(inner.attribute("name").value(), scope, true);
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
    const pugi::xml_node element = expression_in(definition.element);
    if (element) {
      made_[id.index] = read(element);
      check_single(definition.element);
    } else if (definition.kind == DefinitionKind::parameter) {
      wrong(definition.element, "the parameter has no expression");
    }
  }

  void check_single(pugi::xml_node definition) {
    std::size_t expressions = 0;
    for (const pugi::xml_node element : Elements(definition)) {
      expressions += is_expression(element) ? 1U : 0U;
    }
    if (expressions > 1) {
      wrong(definition, "there are several expressions", "write one");
    }
  }

  ExpressionId read(pugi::xml_node element) {  // NOLINT(misc-no-recursion)
    const std::string_view what = element.name();
    if (what == "float" || what == "int") {
      return model_.expressions.constant(number_of(element));
    }
    if (what == "bool") {
      return model_.expressions.constant(truth_of(element) ? 1 : 0);
    }
    if (what == "pi") {
      constexpr double kPi = 3.14159265358979323846;
      return model_.expressions.constant(kPi);
    }
    if (what == "system-mission-time") {
      return model_.expressions.add(Operation::mission_time, {});
    }
    if (what == "parameter") {
      return read_parameter(element);
    }
    return read_operation(element);
  }

  bool truth_of(pugi::xml_node element) {
    const std::string_view text = base::trim(element.attribute("value").value());
    const bool is_true = text == "true" || text == "1";
    if (!is_true && text != "false" && text != "0") {
      wrong(element, "\"" + std::string(text) + "\" is neither true nor false",
            "write value=\"true\" or value=\"false\"");
    }
    return is_true;
  }

  double number_of(pugi::xml_node element) {
    const std::string_view text = base::trim(element.attribute("value").value());
    const std::string_view digits = text.substr(text.starts_with('+') ? 1 : 0);
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) {
      wrong(element, "\"" + std::string(text) + "\" is no number", "write value=\"0.001\"");
    }
    return value;
  }

  ExpressionId read_parameter(pugi::xml_node element) {
    const std::string_view name = element.attribute("name").value();
    const DefinitionId id = definitions_.find(name, scope_, true);
    if (!id.exists()) {
      definitions_.tell_undefined(name, element, file_, true);
      return model_.expressions.constant(0);
    }
    if (state_[id.index] == State::unseen) {
      const std::uint32_t file = file_;
      const std::uint32_t scope = scope_;
      make_with_what_it_uses(id);
      file_ = file;
      scope_ = scope;
    }
    // Absent where the parameter was wrong; that has been told.
    return made_[id.index].exists() ? made_[id.index] : model_.expressions.constant(0);
  }

  ExpressionId read_operation(pugi::xml_node element) {  // NOLINT(misc-no-recursion)
    std::vector<ExpressionId> arguments;
    const std::string_view what = element.name();
    const auto named = [&](const Known& known) { return known.element == what; };
    if (std::none_of(std::begin(kKnown), std::end(kKnown), named)) {
      tell_unknown(element);
      return model_.expressions.constant(0);
    }
    for (const pugi::xml_node argument : Elements(element)) {
      if (what == "histogram" && std::string_view(argument.name()) == "bin") {
        for (const pugi::xml_node part : Elements(argument)) {
          arguments.push_back(read(part));
        }
      } else {
        arguments.push_back(read(argument));
      }
    }
    const std::size_t count = arguments.size();
    for (const Known& known : kKnown) {
      if (named(known) && count >= known.least && count <= known.most &&
          (known.operation != Operation::histogram || count % 2 == 1)) {
        return model_.expressions.add(known.operation, arguments);
      }
    }
    wrong(element, std::string(what) + " cannot take " + std::to_string(count) + " arguments");
    return model_.expressions.constant(0);
  }

  void tell_unknown(pugi::xml_node element) {
    std::vector<std::string_view> names{"float",    "int", "bool", "pi", "system-mission-time",
                                        "parameter"};
    for (const Known& known : kKnown) {
      names.push_back(known.element);
    }
    wrong(element, std::string(element.name()) + " is no expression that is supported",
          base::suggest(element.name(), names));
  }

  const std::vector<XmlFile>& files_;
  Definitions& definitions_;
  Model& model_;
  base::Diagnostics& diagnostics_;
  std::uint32_t file_ = 0;
  std::uint32_t scope_ = 0;
  std::vector<ExpressionId> made_;  ///< by definition
  std::vector<State> state_;
};

}  // namespace

void make_expressions(const std::vector<XmlFile>& files, Definitions& definitions,
                      const std::vector<DefinitionId>& of_events, Model& model,
                      base::Diagnostics& diagnostics) {
  ExpressionMaker(files, definitions, model, diagnostics).run(of_events);
}

}  // namespace outlast::mef
