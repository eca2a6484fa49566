// A reproduction, from its YAML: parameters, steps that use them by name, repairs that change them.
//
// A step names only steps before it, so that no circle can be written, and every argument of its
// mechanism is a parameter of the right kind: nothing stands in a step but names.

#include "reproduction/read_reproduction.h"

#include <algorithm>

#include "base/text.h"
#include "incidents/fields.h"
#include "reproduction/arguments.h"
#include "reproduction/read_value.h"

namespace outlast::reproduction {

using base::Node;
using base::NodeKind;
using incidents::Fields;

namespace {

constexpr std::string_view kTopKeys[] = {"reproduction", "title", "note",   "sources",
                                         "parameters",   "steps", "repairs"};
constexpr std::string_view kSourceKeys[] = {"url", "date", "about"};
constexpr std::string_view kParameterKeys[] = {"value", "per", "what", "source", "trust", "fitted"};
constexpr std::string_view kStepKeys[] = {"event", "what",        "by",    "from",
                                          "with",  "released_by", "since", "unless"};
constexpr std::string_view kRepairKeys[] = {"what", "set"};
constexpr std::string_view kUnits[] = {"a time", "a share", "a number", "true or false",
                                       "a share with `per`"};

class Reader {
 public:
  Reader(Node root, base::Diagnostics& diagnostics)
      : top_(root, "a reproduction", kTopKeys, diagnostics), diagnostics_(diagnostics) {}

  Reproduction read() {
    out_.incident = top_.text("reproduction");
    out_.title = top_.text("title");
    out_.note = top_.optional_text("note");
    each_named("sources", [&](const std::string& name, Node node) {
      Fields fields(node, "a source", kSourceKeys, diagnostics_);
      out_.sources[name] = {fields.text("url"), fields.text("date"), fields.optional_text("about")};
    });
    each_named("parameters",
               [&](const std::string& name, Node node) { read_parameter(name, node); });
    each("steps", [&](Node node) { read_step(node); });
    each("repairs", [&](Node node) { read_repair(node); });
    if (top_.is_map() && out_.steps.empty()) {
      wrong("OUT-I004", top_.span(), "a reproduction has no steps",
            "add `steps: [{event: …, by: …}]`");
    }
    return std::move(out_);
  }

 private:
  void wrong(std::string code, base::Span span, std::string message, std::string help) {
    diagnostics_.error(std::move(code), span, std::move(message), std::move(help));
  }

  template <class Read>
  void each(std::string_view key, Read read) {
    const Node list = top_.node(key);
    for (std::size_t i = 0; list.is(NodeKind::list) && i < list.size(); ++i) {
      read(list.at(i));
    }
  }

  template <class Read>
  void each_named(std::string_view key, Read read) {
    const Node map = top_.node(key);
    for (std::size_t i = 0; map.is(NodeKind::map) && i < map.size(); ++i) {
      read(std::string(map.key(i)), map.at(i));
    }
  }

  void read_parameter(const std::string& name, Node node) {
    Fields fields(node, "a parameter", kParameterKeys, diagnostics_);
    if (!fields.is_map()) {
      return;
    }
    Parameter parameter{.name = name,
                        .what = fields.text("what"),
                        .values = {},
                        .source = {},
                        .fitted_to = fields.optional_text("fitted")};
    if (!parameter.is_fitted()) {
      const incidents::Figure cited = fields.citation(out_.sources);
      parameter.source = cited.source;
      parameter.trust = cited.trust;
    } else if (fields.node("source").exists()) {
      wrong("OUT-I008", fields.node("source").span(), "what is fitted has no source",
            "leave out `source` and `trust`, or `fitted`");
    }
    const auto value = read_value(fields.node("value"), fields.node("per"));
    if (!value) {
      wrong("OUT-I003", node.span(), name + ": that is no figure",
            "write `value: 5m`, `value: 10%` with `per: 1h`, or `value: [1%, 10%, 100%]`");
      return;
    }
    parameter.unit = value->unit;
    parameter.values = value->values;
    out_.parameters.push_back(std::move(parameter));
  }

  /// The step that brings this event about; told where there is none before.
  std::optional<std::size_t> step_of(Node at, std::string_view event) {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < out_.steps.size(); ++i) {
      if (out_.steps[i].event == event) {
        return i;
      }
      known.push_back(out_.steps[i].event);
    }
    wrong("OUT-I003", at.span(), fmt::format("no step before brings about \"{}\"", event),
          base::suggest(event, known));
    return std::nullopt;
  }

  std::optional<std::size_t> parameter_of(Node at, std::string_view name) {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < out_.parameters.size(); ++i) {
      if (out_.parameters[i].name == name) {
        return i;
      }
      known.push_back(out_.parameters[i].name);
    }
    wrong("OUT-I003", at.span(), fmt::format("there is no parameter \"{}\"", name),
          base::suggest(name, known));
    return std::nullopt;
  }

  std::optional<std::size_t> one_step(Fields& fields, std::string_view key) {
    const std::string event = fields.optional_text(key);
    return event.empty() ? std::nullopt : step_of(fields.node(key), event);
  }

  void read_step(Node node) {
    Fields fields(node, "a step", kStepKeys, diagnostics_);
    if (!fields.is_map()) {
      return;
    }
    Step step;
    step.event = fields.text("event");
    step.what = fields.text("what");
    const auto by = fields.choice<Mechanism>("by", std::string_view(fields.text("by")));
    step.by = by.value_or(Mechanism::decided);
    for (const std::string& event : fields.texts("from")) {
      if (const auto before = step_of(fields.node("from"), event)) {
        step.from.push_back(*before);
      }
    }
    step.released_by = one_step(fields, "released_by");
    step.since = one_step(fields, "since");
    step.unless = one_step(fields, "unless");
    if (step.by == Mechanism::catches_up && !step.since) {
      wrong("OUT-I004", node.span(), step.event + " says not since when it piles up",
            "add `since: EVENT`");
    }
    if (by) {
      read_arguments(fields.node("with"), node, step);
    }
    out_.steps.push_back(std::move(step));
  }

  void read_arguments(Node with, Node at, Step& step) {
    const auto known = arguments_of(step.by);
    for (std::size_t i = 0; with.is(NodeKind::map) && i < with.size(); ++i) {
      const auto argument = std::find_if(
          known.begin(), known.end(), [&](const Argument& one) { return one.name == with.key(i); });
      const auto parameter = parameter_of(with.at(i), with.at(i).text());
      if (argument == known.end()) {
        wrong("OUT-I002", with.key_span(i),
              fmt::format("{} knows no \"{}\"", blueprint::name_of(step.by), with.key(i)), "");
      } else if (parameter && out_.parameters[*parameter].unit != argument->unit) {
        wrong("OUT-I003", with.at(i).span(),
              fmt::format("{} is to be {}", argument->name,
                          kUnits[static_cast<std::size_t>(argument->unit)]),
              "");
      } else if (parameter) {
        step.with.emplace(argument->name, *parameter);
      }
    }
    for (const Argument& argument : known) {
      if (argument.must && !step.with.contains(argument.name)) {
        wrong("OUT-I004", at.span(), fmt::format("{} has no {}", step.event, argument.name),
              fmt::format("add it to `with: {{{}: PARAMETER}}`", argument.name));
      }
    }
  }

  void read_repair(Node node) {
    Fields fields(node, "a repair", kRepairKeys, diagnostics_);
    Repair repair{fields.text("what"), {}};
    const Node set = fields.node("set");
    for (std::size_t i = 0; set.is(NodeKind::map) && i < set.size(); ++i) {
      const auto parameter = parameter_of(set.at(i), set.key(i));
      const auto value = read_value(set.at(i), Node());
      const bool fits = parameter && value && value->unit == out_.parameters[*parameter].unit;
      if (parameter && !fits) {
        wrong("OUT-I003", set.at(i).span(), fmt::format("{} cannot be that", set.key(i)),
              "a repair gives a parameter another value of its kind");
      } else if (parameter) {
        repair.set.emplace_back(*parameter, value->values);
      }
    }
    out_.repairs.push_back(std::move(repair));
  }

  Fields top_;
  base::Diagnostics& diagnostics_;
  Reproduction out_;
};

}  // namespace

std::optional<Reproduction> read_reproduction(Node root, base::Diagnostics& diagnostics) {
  base::Diagnostics own;
  std::optional<Reproduction> out = Reader(root, own).read();
  for (const base::Diagnostic& diagnostic : own.items()) {
    diagnostics.add(diagnostic);
  }
  return own.has_errors() ? std::nullopt : std::move(out);
}

}  // namespace outlast::reproduction
