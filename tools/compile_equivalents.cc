// Compiles data/equivalents/*.yaml into the tables behind src/equivalents/tables.h.
//
// usage: compile_equivalents OUTPUT.cc INPUT.yaml...
//
// A form or task without source, date and trust is refused here, as is a key that nothing reads.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/units.h"
#include "data_files.h"

namespace {

using outlast::base::Diagnostics;
using outlast::base::Node;
using outlast::tools::literal;

constexpr auto kFileKeys = std::to_array<std::string_view>(
    {"equivalents", "provider", "zones", "source", "as_of", "roles", "tasks"});
constexpr auto kRoleKeys =
    std::to_array<std::string_view>({"role", "members", "kinds", "leaves", "iaas", "paas", "faas"});
constexpr auto kFormKeys = std::to_array<std::string_view>(
    {"type",  "kind",    "size",      "size_from", "spread",   "replicas",  "redundancy",
     "grows", "warm_up", "detect",    "takes",     "coverage", "memory_gb", "lock_in",
     "why",   "assumes", "rules_out", "source",    "as_of",    "trust"});
constexpr auto kRulingKeys = std::to_array<std::string_view>({"size", "trait", "why"});
constexpr auto kTaskKeys = std::to_array<std::string_view>(
    {"model", "of", "task", "who", "once", "hours", "planned", "source", "as_of", "trust"});

class EquivalentsCompiler {
 public:
  explicit EquivalentsCompiler(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void add(Node root) {
    allow(root, kFileKeys);
    root_ = root;
    for (std::size_t i = 0; i < root["roles"].size(); ++i) {
      add_role(root["roles"].at(i));
    }
    if (root["zones"].exists()) {
      places_.push_back(
          fmt::format("{{{}, {}}}", literal(root["provider"].text()), strings(root["zones"])));
    }
    for (std::size_t i = 0; i < root["tasks"].size(); ++i) {
      add_task(root["tasks"].at(i));
    }
  }

  std::string finish() {
    const std::string roles = array("Role", roles_);
    const std::string places = array("Places", places_);
    const std::string tasks = array("Task", tasks_);
    return fmt::format(
        "// Written by tools/compile_equivalents from data/equivalents. Do not edit.\n"
        "#include \"equivalents/tables.h\"\n\nnamespace outlast::equivalents {{\n"
        "namespace {{\nusing blueprint::ServiceModel;\nusing catalog::Trust;\n{}"
        "constexpr Tables kTables = {{{}, {}, {}}};\n}}  // namespace\n\n"
        "const Tables& built_in_tables() {{ return kTables; }}\n\n"
        "}}  // namespace outlast::equivalents\n",
        arrays_, roles, places, tasks);
  }

 private:
  void allow(Node map, std::span<const std::string_view> keys) {
    for (std::size_t i = 0; i < map.size(); ++i) {
      if (std::find(keys.begin(), keys.end(), map.key(i)) == keys.end()) {
        diagnostics_.error("OUT-D1201", map.key_span(i),
                           fmt::format("unknown key \"{}\"", map.key(i)),
                           outlast::base::suggest(map.key(i), keys));
      }
    }
  }

  void wrong(Node at, std::string message) {
    diagnostics_.error("OUT-D1202", at.span(), std::move(message));
  }

  std::string array(std::string_view type, const std::vector<std::string>& items) {
    if (items.empty()) {
      return "{}";
    }
    std::string text;
    for (const std::string& item : items) {
      text += fmt::format("    {},\n", item);
    }
    std::string name = fmt::format("kArray{}", count_++);
    arrays_ += fmt::format("constexpr {} {}[] = {{\n{}}};\n", type, name, text);
    return name;
  }

  std::string strings(Node node) {
    std::vector<std::string> items;
    for (std::size_t i = 0; i < node.size(); ++i) {
      items.push_back(literal(node.at(i).text()));
    }
    return array("std::string_view", items);
  }

  /// Its own, else the file's.
  std::string citation(Node of) {
    const auto either = [&](std::string_view key) {
      return of[key].exists() ? of[key].text() : root_[key].text();
    };
    const std::string_view trust = of["trust"].text();
    const auto name = trust == "V"   ? "verified"
                      : trust == "M" ? "memory"
                      : trust == "E" ? "estimate"
                                     : "";
    if (either("source").empty() ||
        either("as_of").size() != std::string_view("2026-01-31").size() || *name == '\0') {
      wrong(of, "what is said here needs a source, a date (as_of) and a trust (V, M, E)");
    }
    return fmt::format("{{{}, {}, Trust::{}}}", literal(either("source")), literal(either("as_of")),
                       name);
  }

  double seconds(Node node) {
    if (!node.exists()) {
      return 0;
    }
    const auto duration = outlast::base::parse_duration(node.text());
    if (!duration) {
      wrong(node, "expected a duration: 90s");
    }
    return duration ? duration->value : 0;
  }

  std::string form(std::string_view model, Node node) {
    allow(node, kFormKeys);
    if (node["type"].text().empty() || node["lock_in"].text().empty()) {
      wrong(node, "a form needs a type and a lock_in");
    }
    std::vector<std::string> rulings;
    for (std::size_t i = 0; i < node["rules_out"].size(); ++i) {
      const Node ruling = node["rules_out"].at(i);
      allow(ruling, kRulingKeys);
      rulings.push_back(fmt::format("{{{}, {}, {}}}", literal(ruling["size"].text()),
                                    literal(ruling["trait"].text()),
                                    literal(ruling["why"].text())));
    }
    const auto text = [&](std::string_view key) { return literal(node[key].text()); };
    const auto number = [&](std::string_view key, double standard) {
      return node[key].as_number().value_or(standard);
    };
    return fmt::format(
        "{{ServiceModel::{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, "
        "{}}}",
        model, text("type"), text("kind"), text("size"), text("size_from"),
        node["spread"].as_bool().value_or(false), node["replicas"].as_integer().value_or(1),
        text("redundancy"), node["grows"].as_bool().value_or(false), seconds(node["warm_up"]),
        seconds(node["detect"]), seconds(node["takes"]), number("coverage", 1),
        number("memory_gb", 0), text("lock_in"), text("why"), text("assumes"),
        array("Ruling", rulings), citation(node));
  }

  void add_role(Node node) {
    allow(node, kRoleKeys);
    std::vector<std::string> forms;
    for (const std::string_view model : {"iaas", "paas", "faas"}) {
      if (node[model].exists()) {
        forms.push_back(form(model, node[model]));
      }
    }
    roles_.push_back(fmt::format("{{{}, {}, {}, {}, {}, {}}}", literal(node["role"].text()),
                                 literal(root_["provider"].text()), strings(node["members"]),
                                 strings(node["kinds"]), strings(node["leaves"]),
                                 array("Form", forms)));
  }

  void add_task(Node node) {
    allow(node, kTaskKeys);
    const auto end = [&](std::string_view key, std::size_t i) {
      const Node range = node[key];
      if (!range.exists()) {
        return 0.0;
      }
      if (range.size() != 2 || !range.at(i).as_number()) {
        wrong(range, "expected the two ends of a range: [1, 4]");
        return 0.0;
      }
      return *range.at(i).as_number();
    };
    tasks_.push_back(fmt::format("{{ServiceModel::{}, {}, {}, {}, {}, {}, {}, {}, {}, {}}}",
                                 node["model"].text(), node["of"].text() == "data",
                                 literal(node["task"].text()), literal(node["who"].text()),
                                 node["once"].text() == "true", end("hours", 0), end("hours", 1),
                                 end("planned", 0), end("planned", 1), citation(node)));
  }

  Diagnostics& diagnostics_;
  Node root_;
  std::string arrays_;
  std::size_t count_ = 0;
  std::vector<std::string> roles_;
  std::vector<std::string> places_;
  std::vector<std::string> tasks_;
};

}  // namespace

int main(int argc, char** argv) {
  outlast::tools::DataFiles data;
  if (!data.read(argc, argv)) {
    return 2;
  }
  EquivalentsCompiler compiler(data.diagnostics);
  for (const outlast::base::Document& document : data.documents) {
    compiler.add(document.root());
  }
  return data.finish(argv, compiler.finish());
}
