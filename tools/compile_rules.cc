// Compiles data/rules/*.yaml into the table behind src/findings/rules.h.
//
// usage: compile_rules OUTPUT.cc INPUT.yaml...

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string>

#include "base/text.h"
#include "data_files.h"

namespace {

using outlast::base::Node;
using outlast::tools::literal;

constexpr std::string_view kKeys[] = {"name",  "goal",   "summary",  "title",
                                      "claim", "remedy", "evidence", "example"};

/// Ways of failing (AWS resilience analysis framework, 2023): what only costs money has none.
constexpr std::string_view kCategories[] = {"shared_fate", "excessive_load", "excessive_latency",
                                            "misconfiguration", "single_point_of_failure"};

/// The weight that a rule may not exceed; none where it may weigh what its impact does.
std::string weight(Node rule) {
  const std::string_view most = rule["at_most"].text();
  return fmt::format("Severity::{}", most.empty() ? "critical" : most);
}

void add_rules(Node root, std::map<std::string, std::string>& rules,
               outlast::base::Diagnostics& diagnostics) {
  const Node all = root["rules"];
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Node rule = all.at(i);
    for (const std::string_view key : kKeys) {
      if (rule[key].text().empty()) {
        diagnostics.error("OUT-D1003", rule.span(), fmt::format("the rule has no {}", key));
      }
    }
    const std::string_view category = rule["category"].text();
    const bool is_known = rule["goal"].text() == "cost"
                              ? category.empty()
                              : std::find(std::begin(kCategories), std::end(kCategories),
                                          category) != std::end(kCategories);
    if (!is_known) {
      diagnostics.error("OUT-D1005", rule.span(),
                        fmt::format("\"{}\" is no way of failing; {}", category,
                                    outlast::base::suggest(category, kCategories)));
    }
    if (!rule["evidence"].text().starts_with("https://")) {
      diagnostics.error("OUT-D1006", rule["evidence"].span(), "evidence is an https address");
    }
    const std::string id(all.key(i));
    const std::string row = fmt::format(
        "{{{}, {}, Goal::{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}}", literal(id),
        literal(rule["name"].text()), rule["goal"].text(), literal(rule["summary"].text()),
        literal(rule["title"].text()), literal(rule["claim"].text()),
        literal(rule["remedy"].text()), literal(category), literal(rule["evidence"].text()),
        literal(rule["example"].text()), weight(rule), rule["weighs"].text() == "its zone",
        rule["of"].text() == "several");
    if (!rules.emplace(id, row).second) {
      diagnostics.error("OUT-D1004", all.key_span(i), fmt::format("rule {} stands twice", id));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  outlast::tools::DataFiles data;
  if (!data.read(argc, argv)) {
    return 2;
  }
  std::map<std::string, std::string> rules;
  for (const outlast::base::Document& document : data.documents) {
    add_rules(document.root(), rules, data.diagnostics);
  }
  std::string rows;
  for (const auto& [id, row] : rules) {
    rows += fmt::format("    {},\n", row);
  }
  return data.finish(
      argv, fmt::format("// Written by tools/compile_rules from data/rules. Do not edit.\n"
                        "#include \"findings/rules.h\"\n\nnamespace outlast::findings {{\n"
                        "namespace {{\nconstexpr Rule kRules[] = {{\n{}}};\n}}  // namespace\n\n"
                        "std::span<const Rule> all_rules() {{ return kRules; }}\n\n"
                        "}}  // namespace outlast::findings\n",
                        rows));
}
