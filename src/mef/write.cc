#include "mef/write.h"

#include <charconv>
#include <string_view>

#include "mef/identifiers.h"

namespace outlast::mef {

namespace {

using base::GateId;
using base::GateKind;

/// A name as text.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// The shortest digits that are read back as the same number.
std::string digits(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(std::begin(text), std::end(text), value);
  return {std::begin(text), end};
}

class Writer {
 public:
  Writer(const base::Gates& gates, std::span<const Top> tops,
         const std::vector<std::string>& events)
      : gates_(gates), tops_(tops), events_(events), needed_(gates.size()) {
    Identifiers identifiers;
    for (const Top& top : tops) {
      id_of_top_.push_back(identifiers.of(top.name));
    }
    for (const std::string& event : events) {
      id_of_event_.push_back(identifiers.of(event));
    }
    while (identifiers.has_beginning(prefix_)) {
      prefix_ += 'g';
    }
  }

  std::string run(std::span<const double> probability) {
    mark();
    text_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n"
        "<define-fault-tree name=\"model\">\n";
    for (std::size_t i = 0; i < tops_.size(); ++i) {
      define(id_of_top_[i], label(tops_[i].name, id_of_top_[i]), tops_[i].gate);
    }
    for (std::size_t i = gates_.size(); i-- > 0;) {
      if (needed_[i] && is_defined(GateId(i))) {
        define(name_of(GateId(i)), "", GateId(i));
      }
    }
    text_ += "</define-fault-tree>\n<model-data>\n";
    for (std::size_t i = 0; i < events_.size(); ++i) {
      text_ += "<define-basic-event name=\"" + id_of_event_[i] + "\">";
      text_ += label(events_[i], id_of_event_[i]);
      text_ += probability.empty() ? "" : "<float value=\"" + digits(probability[i]) + "\"/>";
      text_ += "</define-basic-event>\n";
    }
    return std::move(text_) + "</model-data>\n</opsa-mef>\n";
  }

 private:
  void mark() {
    for (const Top& top : tops_) {
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

  /// Does the gate have a definition of its own, or is it written where it is used?
  [[nodiscard]] bool is_defined(GateId gate) const {
    const GateKind kind = gates_.kind(gate);
    return kind == GateKind::all || kind == GateKind::any || kind == GateKind::at_least;
  }

  [[nodiscard]] std::string name_of(GateId gate) const {
    return prefix_ + std::to_string(gate.index);
  }

  /// The name for people, where the identifier is another.
  static std::string label(const std::string& name, const std::string& identifier) {
    return name == identifier ? "" : "<label>" + escaped(name) + "</label>";
  }

  void define(const std::string& identifier, const std::string& label, GateId gate) {
    text_ += "<define-gate name=\"" + identifier + "\">" + label;
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
  std::span<const Top> tops_;
  const std::vector<std::string>& events_;
  std::vector<bool> needed_;
  std::vector<std::string> id_of_top_;
  std::vector<std::string> id_of_event_;  ///< by variable
  std::string prefix_ = "g";
  std::string text_;
};

}  // namespace

std::string write_model(const base::Gates& gates, std::span<const Top> tops,
                        const std::vector<std::string>& events,
                        std::span<const double> probability) {
  return Writer(gates, tops, events).run(probability);
}

}  // namespace outlast::mef
