// What ends and what is limited: lifecycles, where types say which version of one they run, and
// limits, as C++ initialisers.

#include <fmt/format.h>

#include "base/date.h"
#include "catalog_compiler.h"

namespace outlast::tools {

std::string Compiler::day(Node node) {
  const auto date = base::parse_date(node.text());
  if (!date) {
    wrong(node, fmt::format("\"{}\" is no date like 2027-01-31", node.text()));
    return "{}";
  }
  return fmt::format("{{{}, {}, {}}}", date->year, date->month, date->day);
}

/// `ends` and `forced` give a day by version; both have the same versions, or `forced` fewer.
void Compiler::lifecycle(std::string_view name, Node node) {
  static constexpr std::string_view kKeys[] = {"title",  "after",  "forces", "ends",
                                               "forced", "source", "date",   "trust"};
  allow(node, kKeys);
  const Node ends = node["ends"];
  const Node forced = node["forced"];
  std::vector<std::string> items;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const Node acts = forced.exists() ? forced[ends.key(i)] : forced;
    items.push_back(fmt::format("{{{}, {}, {}}}", literal(ends.key(i)), day(ends.at(i)),
                                acts.exists() ? day(acts) : "{}"));
  }
  for (std::size_t i = 0; i < forced.size(); ++i) {
    if (!ends[forced.key(i)].exists()) {
      wrong(forced.at(i), fmt::format("version {} of {} has no end", forced.key(i), name));
    }
  }
  if (forced.exists() && node["forces"].text().empty()) {
    wrong(node, fmt::format("lifecycle {} does not say what is forced", name));
  }
  const std::string rows = array("VersionEnd", items);
  lifecycles_[std::string(name)] = fmt::format(
      "{{{}, {}, {}, {}, {}, {}}}", literal(name), text(node["title"]), text(node["after"]),
      text(node["forces"]), rows, citation(node, fmt::format("lifecycle {}", name)));
}

std::string Compiler::endings(Node node) {
  static constexpr std::string_view kKeys[] = {"attribute", "of", "when"};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const Node of = node.at(i)["of"];
    allow(node.at(i), kKeys);
    lifecycle_uses_.emplace(of.text(), of);
    items.push_back(fmt::format("{{{}, {}, {}}}", text(node.at(i)["attribute"]), text(of),
                                conditions(node.at(i)["when"])));
  }
  return array("Ending", items);
}

std::string Compiler::limits(Node node) {
  static constexpr std::string_view kKeys[] = {"name",   "attribute", "most", "per",
                                               "raised", "source",    "date", "trust"};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const Node limit = node.at(i);
    allow(limit, kKeys);
    const auto most = limit["most"].as_number();
    if (!most || *most <= 0) {
      wrong(limit, "a limit says how many there may be: most");
    }
    items.push_back(fmt::format(
        "{{{}, {}, {}, {}, {}, {}}}", text(limit["name"]), text(limit["attribute"]),
        most.value_or(1),
        choice(limit["per"], limit["per"].text(), bp::kNames<shelf::LimitPer>, "LimitPer"),
        limit["raised"].text() != "false",
        citation(limit, fmt::format("limit {}", limit["name"].text()))));
  }
  return array("Limit", items);
}

}  // namespace outlast::tools
