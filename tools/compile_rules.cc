// Compiles data/rules/*.yaml into the table behind src/findings/rules.h.
//
// usage: compile_rules OUTPUT.cc INPUT.yaml...

#include <fmt/format.h>

#include <cstdio>
#include <deque>
#include <map>
#include <string>

#include "base/diagnostics.h"
#include "base/document.h"
#include "base/file_source.h"

namespace {

using outlast::base::Node;

constexpr std::string_view kKeys[] = {"name", "goal", "summary", "title", "claim", "remedy"};

/// The weight that a rule may not exceed; none where it may weigh what its impact does.
std::string weight(Node rule) {
  const std::string_view most = rule["at_most"].text();
  return fmt::format("Severity::{}", most.empty() ? "critical" : most);
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    out += (c == '"' || c == '\\') ? std::string("\\") + c : std::string(1, c);
  }
  return out + "\"";
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
    const std::string id(all.key(i));
    const std::string row = fmt::format(
        "{{{}, {}, Goal::{}, {}, {}, {}, {}, {}, {}}}", quoted(id), quoted(rule["name"].text()),
        rule["goal"].text(), quoted(rule["summary"].text()), quoted(rule["title"].text()),
        quoted(rule["claim"].text()), quoted(rule["remedy"].text()), weight(rule),
        rule["weighs"].text() == "its zone");
    if (!rules.emplace(id, row).second) {
      diagnostics.error("OUT-D1004", all.key_span(i), fmt::format("rule {} stands twice", id));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  outlast::base::Sources sources;
  outlast::base::Diagnostics diagnostics;
  std::deque<outlast::base::Document> documents;
  std::map<std::string, std::string> rules;
  const outlast::base::DiskFiles files;
  for (int i = 2; i < argc; ++i) {
    auto text = files.read(argv[i], std::size_t{1} << 20U);
    if (!text) {
      fmt::print(stderr, "{}: {}\n", argv[i], text.error().message);
      return 2;
    }
    const auto source = sources.add(argv[i], std::move(*text), "");
    auto parsed = outlast::base::parse_yaml(sources, source, diagnostics);
    for (std::size_t d = 0; parsed && d < parsed->size(); ++d) {
      documents.push_back(std::move((*parsed)[d]));
      add_rules(documents.back().root(), rules, diagnostics);
    }
  }
  if (argc < 3 || diagnostics.has_errors()) {
    fmt::print(stderr, "{}", outlast::base::render(diagnostics, sources));
    return 2;
  }
  std::FILE* out = std::fopen(argv[1], "wb");
  if (out == nullptr) {
    return 2;
  }
  fmt::print(out,
             "// Written by tools/compile_rules from data/rules. Do not edit.\n"
             "#include \"findings/rules.h\"\n\nnamespace outlast::findings {{\nnamespace {{\n"
             "constexpr Rule kRules[] = {{\n");
  for (const auto& [id, row] : rules) {
    fmt::print(out, "    {},\n", row);
  }
  fmt::print(out,
             "}};\n}}  // namespace\n\nstd::span<const Rule> all_rules() {{ return kRules; }}\n\n"
             "}}  // namespace outlast::findings\n");
  return std::fclose(out) == 0 ? 0 : 2;
}
