#include "mef/write.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace outlast::mef {

namespace {

using base::GateId;
using base::GateKind;

/// A name as the value of an attribute.
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
      case '"':
        out += "&quot;";
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
    const auto begins = [&](const std::string& name) { return name.starts_with(prefix_); };
    while (
        std::any_of(events.begin(), events.end(), begins) ||
        std::any_of(tops.begin(), tops.end(), [&](const Top& top) { return begins(top.name); })) {
      prefix_ += 'g';
    }
  }

  std::string run(std::span<const double> probability) {
    mark();
    text_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n"
        "<define-fault-tree name=\"model\">\n";
    for (const Top& top : tops_) {
      define(top.name, top.gate);
    }
    for (std::size_t i = gates_.size(); i-- > 0;) {
      if (needed_[i] && is_defined(GateId(i))) {
        define(name_of(GateId(i)), GateId(i));
      }
    }
    text_ += "</define-fault-tree>\n<model-data>\n";
    for (std::size_t i = 0; i < events_.size(); ++i) {
      text_ += "<define-basic-event name=\"" + escaped(events_[i]) + "\"";
      text_ += probability.empty()
                   ? "/>\n"
                   : "><float value=\"" + digits(probability[i]) + "\"/></define-basic-event>\n";
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

  void define(const std::string& name, GateId gate) {
    text_ += "<define-gate name=\"" + escaped(name) + "\">";
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
        text_ += "<basic-event name=\"" + escaped(events_[gates_.variable_of(gate).index]) + "\"/>";
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
