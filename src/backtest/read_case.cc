#include <limits>

#include "backtest/case.h"
#include "base/units.h"
#include "incidents/fields.h"

namespace outlast::backtest {

using base::Node;
using base::NodeKind;
using incidents::Fields;

namespace {

constexpr std::string_view kKeys[] = {"case",  "title",    "incident", "as_if",
                                      "grade", "lesson",   "sources",  "functions",
                                      "data",  "declared", "revealed"};
constexpr std::string_view kFunctionKeys[] = {"fell", "lost", "source", "inferred"};
constexpr std::string_view kDataKeys[] = {"lost", "source"};
constexpr std::string_view kSourceKeys[] = {"url", "date", "about"};

/// "[20m, 1h]"; an open end is written "-".
std::optional<std::pair<double, double>> interval_of(Node node, Fields& fields) {
  if (!node.exists()) {
    return std::nullopt;
  }
  const auto end = [&](std::size_t at) {
    const std::string_view text = node.at(at).text();
    const auto parsed = base::parse_duration(text);
    return text == "-" ? std::numeric_limits<double>::infinity() : parsed ? parsed->value : -1;
  };
  if (!node.is(NodeKind::list) || node.size() != 2 || end(0) < 0 || end(1) < end(0)) {
    fields.wrong("OUT-I003", node.span(), "lost: expected the least and the most that was seen",
                 "write it such as [20m, 1h], or [20m, -]");
    return std::nullopt;
  }
  return std::pair(end(0), end(1));
}

void require_source(const std::string& source, const Case& c, Fields& fields) {
  if (!source.empty() && !c.sources.contains(source)) {
    fields.wrong("OUT-I006", fields.span(), fmt::format("there is no source \"{}\"", source));
  }
}

void read_functions(Node all, Case& out, base::Diagnostics& diagnostics) {
  for (std::size_t i = 0; all.is(NodeKind::map) && i < all.size(); ++i) {
    Fields fields(all.at(i), "a function", kFunctionKeys, diagnostics);
    Function function;
    function.journey = all.key(i);
    function.fell =
        fields.choice<Fell>("fell", std::string_view(fields.text("fell"))).value_or(Fell::stood);
    function.lost_s = interval_of(fields.node("lost"), fields);
    function.source = fields.text("source");
    function.is_inferred = fields.flag("inferred");
    require_source(function.source, out, fields);
    out.functions.push_back(std::move(function));
  }
}

void read_data(Node node, Case& out, base::Diagnostics& diagnostics) {
  if (!node.exists()) {
    return;
  }
  Fields fields(node, "data", kDataKeys, diagnostics);
  out.data = fields.choice<Data>("lost", std::string_view(fields.text("lost")));
  require_source(fields.text("source"), out, fields);
}

}  // namespace

std::optional<Case> read_case(Node root, base::Diagnostics& diagnostics) {
  base::Diagnostics own;
  Fields top(root, "a case", kKeys, own);
  Case out;
  out.id = top.text("case");
  out.title = top.text("title");
  out.incident = top.text("incident");
  out.as_if = top.texts_by_name("as_if");
  out.grade = top.text("grade");
  out.lesson = top.text("lesson");
  const Node sources = top.node("sources");
  for (std::size_t i = 0; sources.is(NodeKind::map) && i < sources.size(); ++i) {
    Fields fields(sources.at(i), "a source", kSourceKeys, own);
    out.sources[std::string(sources.key(i))] = {fields.text("url"), fields.optional_text("date"),
                                                fields.optional_text("about")};
  }
  read_functions(top.node("functions"), out, own);
  read_data(top.node("data"), out, own);
  if (top.is_map() && out.functions.empty()) {
    top.wrong("OUT-I004", top.span(), "a case tells of no function of users",
              "add `functions: {login: {fell: down, lost: [1h, 2h], source: report}}`");
  }
  out.declared = top.text("declared");
  out.revealed = top.optional_text("revealed");
  for (const base::Diagnostic& diagnostic : own.items()) {
    diagnostics.add(diagnostic);
  }
  return own.has_errors() ? std::nullopt : std::optional(std::move(out));
}

}  // namespace outlast::backtest
