#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "engines/interleaving/protocol.h"

namespace outlast::engines::interleaving {

using base::Node;
using base::NodeKind;

namespace {

constexpr std::string_view kRelations[] = {"<", "<=", "==", "!=", ">=", ">"};

class Reader {
 public:
  explicit Reader(base::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  Protocol read(Node root) {
    out_.id = text(root, "protocol");
    out_.title = text(root, "title");
    out_.source = text(root, "source");
    const Node state = root["state"];
    for (std::size_t i = 0; state.is(NodeKind::map) && i < state.size(); ++i) {
      out_.variables.emplace_back(state.key(i));
      out_.begins.push_back(number(state.at(i)));
    }
    const Node processes = root["processes"];
    for (std::size_t i = 0; processes.is(NodeKind::map) && i < processes.size(); ++i) {
      Process process{std::string(processes.key(i)), {}};
      const Node steps = processes.at(i);
      for (std::size_t s = 0; steps.is(NodeKind::list) && s < steps.size(); ++s) {
        process.steps.push_back(read_step(steps.at(s)));
      }
      if (process.steps.empty()) {
        wrong(steps, fmt::format("{} has no steps", process.name), "begin each with a dash");
      }
      out_.processes.push_back(std::move(process));
    }
    if (out_.processes.empty()) {
      wrong(root, "a protocol has no processes", "add `processes: {NAME: [{step: …}]}`");
    }
    out_.never = conditions(root["never"]);
    if (out_.never.empty()) {
      wrong(root, "nothing must never be", "add `never: \"record < deleted_below\"`");
    }
    return std::move(out_);
  }

 private:
  void wrong(Node at, std::string message, std::string help) {
    diagnostics_.error("OUT-I003", at.span(), std::move(message), std::move(help));
  }

  std::string text(Node map, std::string_view key) {
    const std::string_view value = map[key].text();
    if (value.empty()) {
      wrong(map, fmt::format("{} is missing", key), fmt::format("add `{}: …`", key));
    }
    return std::string(value);
  }

  std::int32_t number(Node at) {
    constexpr std::int64_t kMost = 1000;
    const auto value = at.as_integer();
    if (!value || *value < -kMost || *value > kMost) {
      wrong(at, "expected a whole number between -1000 and 1000", "");
      return 0;
    }
    return static_cast<std::int32_t>(*value);
  }

  Step read_step(Node node) {
    Step step;
    step.what = text(node, "step");
    step.when = conditions(node["when"]);
    step.begins_again = node["else"].text() == "again";
    const Node effects = node["do"];
    for (std::size_t i = 0; effects.is(NodeKind::map) && i < effects.size(); ++i) {
      const Operand changed = operand(effects, effects.key(i));
      if (!changed.variable) {
        wrong(effects, fmt::format("{} is no value of the state", effects.key(i)), "");
        continue;
      }
      step.effects.push_back({*changed.variable, operand(effects.at(i), effects.at(i).text())});
    }
    return step;
  }

  /// "a", "3", "a + 1".
  Operand operand(Node at, std::string_view written) {
    Operand out;
    for (const std::string_view part : base::split(written, '+')) {
      const std::string_view word = base::trim(part);
      std::int32_t value = 0;
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
      if (error == std::errc() && end == word.data() + word.size()) {
        out.plus += value;
        continue;
      }
      const auto known = std::find(out_.variables.begin(), out_.variables.end(), word);
      if (known == out_.variables.end() || out.variable) {
        wrong(at, fmt::format("\"{}\" is neither a value of the state nor a number", word),
              "write it such as `newest + 1`");
        return out;
      }
      out.variable = static_cast<std::size_t>(known - out_.variables.begin());
    }
    return out;
  }

  /// One comparison, or a list of them that hold together.
  std::vector<Condition> conditions(Node node) {
    std::vector<Condition> all;
    if (node.is(NodeKind::list)) {
      for (std::size_t i = 0; i < node.size(); ++i) {
        all.push_back(condition(node.at(i)));
      }
    } else if (node.exists()) {
      all.push_back(condition(node));
    }
    return all;
  }

  Condition condition(Node node) {
    const std::string_view written = node.text();
    for (std::size_t at = 0; at + 1 < written.size(); ++at) {
      for (const std::size_t size : {std::size_t{2}, std::size_t{1}}) {
        const auto found =
            std::find(std::begin(kRelations), std::end(kRelations), written.substr(at, size));
        if (found != std::end(kRelations)) {
          return {operand(node, written.substr(0, at)),
                  static_cast<Relation>(found - std::begin(kRelations)),
                  operand(node, written.substr(at + size))};
        }
      }
    }
    wrong(node, fmt::format("\"{}\" compares nothing", written),
          "write it such as `plan > record`");
    return {};
  }

  base::Diagnostics& diagnostics_;
  Protocol out_;
};

}  // namespace

std::optional<Protocol> read_protocol(Node root, base::Diagnostics& diagnostics) {
  base::Diagnostics own;
  Protocol protocol = Reader(own).read(root);
  for (const base::Diagnostic& diagnostic : own.items()) {
    diagnostics.add(diagnostic);
  }
  return own.has_errors() ? std::nullopt : std::optional(std::move(protocol));
}

}  // namespace outlast::engines::interleaving
