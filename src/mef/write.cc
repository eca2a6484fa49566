#include "mef/write.h"

#include "base/xml_text.h"
#include "mef/identifiers.h"
#include "mef/write_expressions.h"

namespace outlast::mef {

namespace {

using base::GateId;
using base::GateKind;

class Writer {
 public:
  explicit Writer(const Model& model)
      : gates_(model.gates), model_(model), needed_(model.gates.size()) {
    Identifiers identifiers;
    for (const Top& top : model.tops) {
      id_of_top_.push_back(identifiers.of(top.name));
    }
    for (const Event& event : model.events) {
      id_of_event_.push_back(identifiers.of(event.name));
    }
    while (identifiers.has_beginning(prefix_)) {
      prefix_ += 'g';
    }
  }

  std::string run() {
    mark();
    text_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n"
        "<define-fault-tree name=\"model\">\n";
    for (std::size_t i = 0; i < model_.tops.size(); ++i) {
      const Top& top = model_.tops[i];
      define(id_of_top_[i], about(top.about, top.name, id_of_top_[i]), top.gate);
    }
    for (std::size_t i = gates_.size(); i-- > 0;) {
      if (needed_[i] && is_defined(GateId(i))) {
        define(name_of(GateId(i)), "", GateId(i));
      }
    }
    text_ += "</define-fault-tree>\n<model-data>\n";
    define_events();
    return std::move(text_) + "</model-data>\n</opsa-mef>\n";
  }

 private:
  void mark() {
    for (const Top& top : model_.tops) {
      for (const GateId input : gates_.inputs(top.gate)) {
        needed_[input.index] = true;
      }
    }
    for (std::size_t i = gates_.size(); i-- > 0;) {
      if (needed_[i]) {
        for (const GateId input : gates_.inputs(GateId(i))) {
          needed_[input.index] = true;
        }
      }
    }
  }

  void define_events() {
    std::vector<ExpressionId> wanted;
    for (const Event& event : model_.events) {
      wanted.push_back(event.expression);
    }
    const ExpressionWriter expressions(model_.expressions, wanted);
    text_ += expressions.parameters();
    for (std::size_t i = 0; i < model_.events.size(); ++i) {
      const Event& event = model_.events[i];
      text_ += "<define-basic-event name=\"" + id_of_event_[i] + "\">";
      text_ += about(event.about, event.name, id_of_event_[i]);
      text_ += event.expression.exists() ? expressions.use(event.expression) : "";
      text_ += "</define-basic-event>\n";
    }
  }

  /// Does the gate have a definition of its own, or is it written where it is used?
  [[nodiscard]] bool is_defined(GateId gate) const {
    const GateKind kind = gates_.kind(gate);
    return kind == GateKind::all || kind == GateKind::any || kind == GateKind::at_least;
  }

  [[nodiscard]] std::string name_of(GateId gate) const {
    return prefix_ + std::to_string(gate.index);
  }

  /// A name that had to become another is kept: as the label, or where there is one beside it.
  static std::string about(const About& about, const std::string& name,
                           const std::string& identifier) {
    const bool is_renamed = name != identifier;
    const std::string& label = about.label.empty() && is_renamed ? name : about.label;
    std::vector<Attribute> attributes = about.attributes;
    if (is_renamed && !about.label.empty() && about.label != name) {
      attributes.push_back({"name", name});
    }
    std::string out = label.empty() ? "" : "<label>" + base::xml_text(label) + "</label>";
    out += attributes.empty() ? "" : "<attributes>";
    for (const Attribute& attribute : attributes) {
      out += "<attribute name=\"" + base::xml_text(attribute.name) + "\" value=\"" +
             base::xml_text(attribute.value) + "\"" +
             (attribute.type.empty() ? "" : " type=\"" + base::xml_text(attribute.type) + "\"") +
             "/>";
    }
    return out + (attributes.empty() ? "" : "</attributes>");
  }

  /// in  about  label and attributes, which stand before the formula
  void define(const std::string& identifier, const std::string& about, GateId gate) {
    text_ += "<define-gate name=\"" + identifier + "\">" + about;
    if (!is_defined(gate)) {
      use(gate);
    } else if (gates_.kind(gate) == GateKind::at_least) {
      text_ += "<atleast min=\"" + std::to_string(gates_.threshold(gate)) + "\">";
      use_inputs(gate);
      text_ += "</atleast>";
    } else {
      const std::string tag = gates_.kind(gate) == GateKind::all ? "and>" : "or>";
      text_ += "<" + tag;
      use_inputs(gate);
      text_ += "</" + tag;
    }
    text_ += "</define-gate>\n";
  }

  void use_inputs(GateId gate) {
    for (const GateId input : gates_.inputs(gate)) {
      use(input);
    }
  }

  void use(GateId gate) {
    switch (gates_.kind(gate)) {
      case GateKind::constant_false:
      case GateKind::constant_true:
        text_ +=
            gate == gates_.always() ? "<constant value=\"true\"/>" : "<constant value=\"false\"/>";
        break;
      case GateKind::variable:
        text_ += "<basic-event name=\"" + id_of_event_[gates_.variable_of(gate).index] + "\"/>";
        break;
      case GateKind::negation:
        text_ += "<not>";
        use(gates_.inputs(gate).front());
        text_ += "</not>";
        break;
      default:
        text_ += "<gate name=\"" + name_of(gate) + "\"/>";
    }
  }

  const base::Gates& gates_;
  const Model& model_;
  std::vector<bool> needed_;
  std::vector<std::string> id_of_top_;
  std::vector<std::string> id_of_event_;  ///< by variable
  std::string prefix_ = "g";
  std::string text_;
};

}  // namespace

std::string write_model(const Model& model) {
  return Writer(model).run();
}

}  // namespace outlast::mef
