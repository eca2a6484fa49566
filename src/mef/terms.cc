#include "mef/terms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>

#include "base/text.h"

namespace outlast::mef {

namespace {

using Kind = Term::Kind;
constexpr std::uint32_t kAny = std::numeric_limits<std::uint32_t>::max();

/// An element of formulas: what it means, whether negated, how many arguments it takes.
struct Connective {
  std::string_view element;
  Kind kind;
  bool is_negated;
  std::uint32_t least;
  std::uint32_t most;
};
constexpr std::array<Connective, 10> kConnectives = {{
    {"and", Kind::conjunction, false, 1, kAny},
    {"or", Kind::disjunction, false, 1, kAny},
    {"not", Kind::disjunction, true, 1, 1},
    {"atleast", Kind::at_least, false, 1, kAny},
    {"cardinality", Kind::cardinality, false, 1, kAny},
    {"nand", Kind::conjunction, true, 1, kAny},
    {"nor", Kind::disjunction, true, 1, kAny},
    {"xor", Kind::exclusive, false, 2, 2},
    {"iff", Kind::equivalence, false, 2, 2},
    {"imply", Kind::implication, false, 2, 2},
}};

bool is_reference(std::string_view element) {
  return element == "event" || element == "gate" || element == "basic-event" ||
         element == "house-event";
}

/// Does an element that names an event, or its attribute `type`, fit what it names?
bool fits(std::string_view said, DefinitionKind kind) {
  return said.empty() || said == "event" || (said == "gate" && kind == DefinitionKind::gate) ||
         (said == "basic-event" && kind == DefinitionKind::basic_event) ||
         (said == "house-event" && kind == DefinitionKind::house_event);
}

/// How a formula names what is of this kind.
std::string_view element_for(DefinitionKind kind) {
  return kind == DefinitionKind::gate          ? "gate"
         : kind == DefinitionKind::house_event ? "house-event"
                                               : "basic-event";
}

class TermReader {
 public:
  TermReader(const std::vector<XmlFile>& files, Definitions& definitions, Mistakes& mistakes)
      : files_(files), definitions_(definitions), mistakes_(mistakes) {}

  Terms run() {
    for (const DefinitionId id : base::ids<DefinitionId>(definitions_.size())) {
      const Definition& definition = definitions_[id];
      file_ = definition.file;
      scope_ = definition.scope;
      if (definition.kind == DefinitionKind::gate) {
        read_gate(definition.element);
      } else if (definition.kind == DefinitionKind::house_event) {
        read_house(definition.element);
      }
      out_.end.push_back(static_cast<std::uint32_t>(out_.terms.size()));
    }
    return std::move(out_);
  }

 private:
  static bool is_formula(Element element) { return !is_text_about(element.name()); }

  void wrong(Element element, std::string message, std::string help = "") {
    mistakes_.error("OUT-E1513", files_[file_].span_of(element), std::move(message),
                    std::move(help));
  }

  void read_gate(Element gate) {
    std::size_t formulas = 0;
    for (const Element element : Elements(gate)) {
      if (is_formula(element) && formulas++ == 0) {
        read(element);
      }
    }
    if (formulas != 1) {
      wrong(gate, formulas == 0 ? "the gate has no formula" : "the gate has several formulas",
            "write one formula");
      add({Kind::constant});
    }
  }

  void read_house(Element house) {
    Term term{Kind::constant};
    std::size_t constants = 0;
    for (const Element element : Elements(house)) {
      if (element.name() == "constant") {
        term.k = constant_of(element);
        ++constants;
      } else if (is_formula(element)) {
        wrong(element, "a house event is a constant", "write <constant value=\"true\"/>");
      }
    }
    if (constants > 1) {
      wrong(house, "the house event has several constants", "write one");
    }
    add(term);
  }

  std::uint32_t constant_of(Element element) {
    const std::string_view value = element.attribute("value");
    if (value != "true" && value != "false") {
      wrong(element,
            value.empty() ? "the constant has no value"
                          : "\"" + std::string(value) + "\" is neither true nor false",
            "write value=\"true\" or value=\"false\"");
    }
    return value == "true" ? 1 : 0;
  }

  std::uint32_t add(Term term) {
    out_.terms.push_back(term);
    return static_cast<std::uint32_t>(out_.terms.size() - 1);
  }

  std::uint32_t add(Term term, const std::vector<std::uint32_t>& arguments) {
    term.first = static_cast<std::uint32_t>(out_.arguments.size());
    term.count = static_cast<std::uint32_t>(arguments.size());
    out_.arguments.insert(out_.arguments.end(), arguments.begin(), arguments.end());
    return add(term);
  }

  /// Elements nest no deeper than XmlFile allows.
  std::uint32_t read(Element element) {  // NOLINT(misc-no-recursion)
    const std::string_view what = element.name();
    if (is_reference(what)) {
      return read_reference(element);
    }
    if (what == "constant") {
      return add({Kind::constant, constant_of(element)});
    }
    const auto* const connective =
        std::find_if(kConnectives.begin(), kConnectives.end(),
                     [&](const Connective& known) { return known.element == what; });
    if (connective == kConnectives.end()) {
      tell_unknown(element);
      return add({Kind::constant});
    }
    std::vector<std::uint32_t> arguments;
    for (const Element argument : Elements(element)) {
      arguments.push_back(read(argument));
    }
    Term term{connective->kind};
    check(element, *connective, arguments.size(), term);
    const std::uint32_t made = add(term, arguments);
    return connective->is_negated ? add({Kind::negation}, {made}) : made;
  }

  std::uint32_t read_reference(Element element) {
    const std::string_view name = element.attribute("name");
    if (name.empty()) {
      wrong(element, "the reference has no name", "add name=\"…\"");
      return add({Kind::constant});
    }
    const DefinitionId id = definitions_.find(name, scope_, false);
    if (!id.exists()) {
      definitions_.tell_undefined(name, element, file_, false);
      return add({Kind::constant});
    }
    const DefinitionKind kind = definitions_[id].kind;
    if (!fits(element.name(), kind) || !fits(element.attribute("type"), kind)) {
      wrong(element, std::string(name) + " is a " + std::string(words_for(kind)),
            "refer to it as " + std::string(element_for(kind)) + ", or as event");
    }
    return add({Kind::reference, id.index});
  }

  void tell_unknown(Element element) {
    std::vector<std::string_view> names{"event", "gate", "basic-event", "house-event", "constant"};
    for (const Connective& known : kConnectives) {
      names.push_back(known.element);
    }
    wrong(element, std::string(element.name()) + " is no formula",
          suggest_or(element.name(), names, "write and, or, not, atleast, or name an event"));
  }

  void check(Element element, const Connective& connective, std::size_t count, Term& term) {
    if (count < connective.least || count > connective.most) {
      wrong(element,
            std::string(connective.element) + " takes " +
                (connective.most == kAny ? "at least " : "") + std::to_string(connective.least) +
                (connective.least == 1 ? " argument, not " : " arguments, not ") +
                std::to_string(count),
            count < connective.least ? "write the gates and events it is about"
                                     : "write a formula of its own for the others");
    }
    if (connective.kind == Kind::at_least || connective.kind == Kind::cardinality) {
      term.k = number_of(element, "min", count, connective.kind == Kind::at_least ? 1 : 0);
    }
    if (connective.kind == Kind::cardinality) {
      term.most = number_of(element, "max", count, term.k);
    }
  }

  /// A whole number from `least` to `most`.
  std::uint32_t number_of(Element element, const char* attribute, std::size_t most,
                          std::uint32_t least) {
    const std::string_view text = base::trim(element.attribute(attribute));
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
      if (most > 0) {  // of no arguments it has been told
        wrong(element,
              std::string(element.name()) + " of " + std::to_string(most) +
                  (most == 1 ? " argument" : " arguments") + " needs " + attribute + " from " +
                  std::to_string(least) + " to " + std::to_string(most) +
                  (text.empty() ? "" : ", not " + std::string(text)),
              least == 1 && text == "0" ? "what needs none always is so: write <constant "
                                          "value=\"true\"/>"
                                        : std::string("write how many, as ") + attribute + "=\"" +
                                              std::to_string(most) + "\"");
      }
      return least;
    }
    return value;
  }

  const std::vector<XmlFile>& files_;
  Definitions& definitions_;
  Mistakes& mistakes_;
  std::uint32_t file_ = 0;
  std::uint32_t scope_ = 0;
  Terms out_;
};

}  // namespace

Terms read_terms(const std::vector<XmlFile>& files, Definitions& definitions, Mistakes& mistakes) {
  return TermReader(files, definitions, mistakes).run();
}

}  // namespace outlast::mef
