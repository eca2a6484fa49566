// Compiles data/prices/*.yaml into the tables behind src/engines/cost/tables.h.
//
// usage: compile_prices OUTPUT.cc INPUT.yaml...
//
// A price without source, date and trust is refused here, as is a tariff with a key that nothing
// reads: the program starts with finished tables and parses nothing.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "base/units.h"
#include "data_files.h"
#include "import/prices.h"

namespace {

using outlast::base::Diagnostics;
using outlast::base::Node;
using outlast::tools::literal;

constexpr auto kFileKeys = std::to_array<std::string_view>(
    {"prices", "provider", "region_in", "lists", "tariffs", "free", "credits"});
constexpr auto kTariffKeys =
    std::to_array<std::string_view>({"of", "lines", "idle_alone", "used_where"});
constexpr auto kLineKeys = std::to_array<std::string_view>(
    {"what", "price", "times", "beyond", "up_to", "use", "only_stated", "over", "alike", "assumes",
     "when", "unless", "first", "together"});
constexpr auto kCreditKeys =
    std::to_array<std::string_view>({"of", "steps", "source", "as_of", "trust"});
constexpr auto kFreeKeys = std::to_array<std::string_view>({"of", "source", "as_of", "trust"});

class PriceCompiler {
 public:
  explicit PriceCompiler(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void add(Node root) {
    allow(root, kFileKeys);
    const std::string_view provider = root["provider"].text();
    region_in_ = root["region_in"].text();
    for (const auto& price :
         outlast::import::read_price_lists(root["lists"], provider, "", diagnostics_)) {
      add_price(price);
    }
    for (std::size_t i = 0; i < root["tariffs"].size(); ++i) {
      add_tariff(root["tariffs"].at(i), provider);
    }
    for (std::size_t i = 0; i < root["free"].size(); ++i) {
      add_free(root["free"].at(i), provider);
    }
    for (std::size_t i = 0; i < root["credits"].size(); ++i) {
      add_credit(root["credits"].at(i));
    }
  }

  std::string finish() {
    const std::string prices = array("Price", rows_of(prices_));
    const std::string tariffs = array("Tariff", rows_of(tariffs_));
    const std::string credits = array("Credit", rows_of(credits_));
    return fmt::format(
        "// Written by tools/compile_prices from data/prices. Do not edit.\n"
        "#include \"engines/cost/tables.h\"\n\nnamespace outlast::engines::cost {{\n"
        "namespace {{\nusing catalog::Condition;\nusing catalog::Trust;\n{}"
        "constexpr Tables kTables = {{{}, {}, {}}};\n}}  // namespace\n\n"
        "const Tables& built_in_tables() {{ return kTables; }}\n\n"
        "}}  // namespace outlast::engines::cost\n",
        arrays_, prices, tariffs, credits);
  }

 private:
  void wrong(Node at, std::string message) {
    diagnostics_.error("OUT-D1101", at.span(), std::move(message));
  }

  void allow(Node map, std::span<const std::string_view> keys) {
    for (std::size_t i = 0; i < map.size(); ++i) {
      if (std::find(keys.begin(), keys.end(), map.key(i)) == keys.end()) {
        diagnostics_.error("OUT-D1102", map.key_span(i),
                           fmt::format("unknown key \"{}\"", map.key(i)),
                           outlast::base::suggest(map.key(i), keys));
      }
    }
  }

  /// `where` tells the place of a mistake.
  std::string source(std::string_view text, std::string_view as_of, std::string_view trust,
                     outlast::base::Span where) {
    const auto name = trust == "V"   ? "verified"
                      : trust == "M" ? "memory"
                      : trust == "E" ? "estimate"
                                     : "";
    if (text.empty() || as_of.size() != std::string_view("2026-01-31").size() || *name == '\0') {
      diagnostics_.error(
          "OUT-D1103", where,
          "what costs how much needs a source, a date (as_of) and a trust (V, M, E)");
    }
    return fmt::format("{{{}, {}, Trust::{}}}", literal(text), literal(as_of), name);
  }

  void add_price(const outlast::blueprint::OwnPrice& price) {
    const std::string key =
        fmt::format("{}\t{}\t{}\t{}", price.provider, price.service, price.sku, price.region);
    const std::string row = fmt::format(
        "{{{}, {}, {}, {}, {}, {}, {}, {}}}", literal(price.provider), literal(price.service),
        literal(price.sku), literal(price.region), literal(price.unit), literal(price.per),
        literal(price.usd), source(price.source, price.as_of, price.trust, price.span));
    if (!prices_.emplace(key, row).second) {
      diagnostics_.error("OUT-D1104", price.span, fmt::format("{} stands twice", price.sku));
    }
  }

  std::string strings(Node node) {
    std::vector<std::string> items;
    for (std::size_t i = 0; i < node.size(); ++i) {
      items.push_back(literal(node.at(i).text()));
    }
    if (node.exists() && node.size() == 0) {
      items.push_back(literal(node.text()));
    }
    return array("std::string_view", items);
  }

  std::string conditions(Node node) {
    std::vector<std::string> items;
    for (std::size_t i = 0; i < node.size(); ++i) {
      items.push_back(fmt::format("{{{}, {}}}", literal(node.key(i)), literal(node.at(i).text())));
    }
    return array("Condition", items);
  }

  std::string line(Node node) {
    allow(node, kLineKeys);
    const std::string_view price = node["price"].text();
    const auto opened = std::count(price.begin(), price.end(), '{');
    if (node["what"].text().empty() || price.find('/') == std::string_view::npos ||
        opened != std::count(price.begin(), price.end(), '}')) {
      wrong(node, "a line needs `what` it is for and its `price`, as service/sku");
    }
    const bool has_default = price.find("|=") != std::string_view::npos;
    if (has_default && node["assumes"].text().empty()) {
      wrong(node, "a line that takes a default says what it `assumes`");
    }
    const std::string times = strings(node["times"]);
    const std::string when = conditions(node["when"]);
    if (node["first"].text().empty() != node["together"].text().empty()) {
      wrong(node, "a line that says how many are the `first` says what these cost `together`");
    }
    const std::string unless = conditions(node["unless"]);
    return fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}}",
                       literal(node["what"].text()), literal(price), times,
                       literal(node["beyond"].text()), literal(node["up_to"].text()),
                       literal(node["use"].text()), node["only_stated"].text() == "true",
                       literal(node["over"].text()), literal(node["alike"].text()),
                       literal(node["assumes"].text()), when, unless, literal(node["first"].text()),
                       literal(node["together"].text()));
  }

  void add_named(Node tariff, std::string_view provider, const std::string& rest) {
    const Node of = tariff["of"];
    const bool idle_alone = tariff["idle_alone"].text() == "true";
    const std::string used_where = strings(tariff["used_where"]);
    for (std::size_t i = 0; i < of.size(); ++i) {
      const std::string name(of.at(i).text());
      const std::string row =
          fmt::format("{{{}, {}, {}, {}, {}, {}}}", literal(name), literal(provider), idle_alone,
                      used_where, literal(region_in_), rest);
      if (!tariffs_.emplace(name, row).second) {
        wrong(of.at(i), fmt::format("{} has two tariffs", name));
      }
    }
  }

  void add_tariff(Node node, std::string_view provider) {
    allow(node, kTariffKeys);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < node["lines"].size(); ++i) {
      lines.push_back(line(node["lines"].at(i)));
    }
    if (lines.empty()) {
      wrong(node, "a tariff without lines: what is free stands below `free`");
    }
    add_named(node, provider, array("TariffLine", lines) + ", {}");
  }

  void add_free(Node node, std::string_view provider) {
    allow(node, kFreeKeys);
    add_named(node, provider,
              "{}, " + source(node["source"].text(), node["as_of"].text(), node["trust"].text(),
                              node.span()));
  }

  void add_credit(Node node) {
    allow(node, kCreditKeys);
    std::vector<std::string> steps;
    for (std::size_t i = 0; i < node["steps"].size(); ++i) {
      const Node step = node["steps"].at(i);
      const auto below = outlast::base::parse_share(step["below"].text());
      const auto credit = outlast::base::parse_share(step["credit"].text());
      if (!below || !credit) {
        wrong(step,
              "a step needs the uptime it is `below` and the `credit`: {below: 99.9%, "
              "credit: 10%}");
        return;
      }
      steps.push_back(fmt::format("{{{}, {}}}", below->value, credit->value));
    }
    const std::string all = array("CreditStep", steps);
    const std::string by =
        source(node["source"].text(), node["as_of"].text(), node["trust"].text(), node.span());
    for (std::size_t i = 0; i < node["of"].size(); ++i) {
      const std::string name(node["of"].at(i).text());
      if (!credits_.emplace(name, fmt::format("{{{}, {}, {}}}", literal(name), all, by)).second) {
        wrong(node, fmt::format("{} has two credits", name));
      }
    }
  }

  static std::vector<std::string> rows_of(const std::map<std::string, std::string>& rows) {
    std::vector<std::string> items;
    for (const auto& [key, row] : rows) {
      items.push_back(row);
    }
    return items;
  }

  std::string array(std::string_view type, const std::vector<std::string>& items) {
    if (items.empty()) {
      return "{}";
    }
    std::string name = fmt::format("k{}", array_count_++);
    arrays_ += fmt::format("constexpr {} {}[] = {{\n", type, name);
    for (const std::string& item : items) {
      arrays_ += "    " + item + ",\n";
    }
    arrays_ += "};\n";
    return name;
  }

  Diagnostics& diagnostics_;
  std::string_view region_in_;
  std::string arrays_;
  std::size_t array_count_ = 0;
  std::map<std::string, std::string> prices_, tariffs_;
  std::map<std::string, std::string> credits_;
};

}  // namespace

int main(int argc, char** argv) {
  outlast::tools::DataFiles data;
  if (!data.read(argc, argv)) {
    return 2;
  }
  PriceCompiler compiler(data.diagnostics);
  for (const outlast::base::Document& document : data.documents) {
    compiler.add(document.root());
  }
  return data.finish(argv, compiler.finish());
}
