#include <fmt/format.h>

#include "base/quoted_line.h"
#include "base/shorten.h"
#include "picture/picture.h"
#include "picture/walk.h"

namespace outlast::picture {

namespace {

constexpr std::string_view kSingleColor = "#c62828";
constexpr std::size_t kNameCells = 40;

/// Text between quotes of DOT, whose backslashes are escapes of labels.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : base::printable(text)) {
    out += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
  }
  return out + "\"";
}

/// Two lines of a label.
std::string label_of(const Node& node) {
  std::string name =
      quoted((node.is_single_point ? "⚠ " : "") + base::shorten(node.name, kNameCells));
  name.pop_back();
  return name + "\\n" + quoted(base::shorten(node.detail, kNameCells)).substr(1);
}

class DotWriter {
 public:
  explicit DotWriter(const Drawing& drawing) : drawing_(drawing) {}

  std::string write() {
    out_ = "digraph outlast {\n";
    out_ += fmt::format("  graph [label={}, labelloc=t, fontname=\"sans-serif\", compound=true];\n",
                        quoted(drawing_.title));
    out_ +=
        "  node [shape=box, style=\"rounded,filled\", fillcolor=white, "
        "fontname=\"sans-serif\", fontsize=10];\n"
        "  edge [color=\"#6e7781\", arrowsize=0.7];\n";
    walk(drawing_, *this);
    for (const Line& line : drawing_.lines) {
      out_ += fmt::format("  n{} -> n{} [tooltip={}{}];\n", line.from, line.to,
                          quoted(line.tooltip), style_of(line.kind));
    }
    write_legend();
    return out_ + "}\n";
  }

  void begin_box(std::size_t i, const std::string& indent) {
    const Box& box = drawing_.boxes[i];
    out_ += fmt::format(
        "{0}subgraph cluster_{1} {{\n{0}  graph [label={2}, style=\"rounded{3}\"{4}];\n", indent, i,
        quoted((box.is_single_point ? "⚠ " : "") + box.title), box.is_certain ? "" : ",dashed",
        box.is_single_point ? fmt::format(", color=\"{}\"", kSingleColor) : "");
  }
  void end_box(std::size_t /*box*/, const std::string& indent) { out_ += indent + "}\n"; }

  void node(std::size_t i, const std::string& indent) {
    const Node& node = drawing_.nodes[i];
    std::string more;
    if (node.is_single_point) {
      more = fmt::format(", color=\"{}\", penwidth=2", kSingleColor);
    } else if (node.is_users) {
      more = ", fillcolor=\"#ddf4ff\"";
    } else if (!node.is_on_journey) {
      more = ", style=\"rounded,filled,dotted\"";
    }
    out_ += fmt::format("{}n{} [label={}, tooltip={}{}{}];\n", indent, i, label_of(node),
                        quoted(node.tooltip), node.count > 1 ? ", peripheries=2" : "", more);
  }

 private:
  static std::string_view style_of(LineKind kind) {
    static constexpr std::string_view kStyles[kLineKinds] = {", penwidth=2", "", ", style=dashed",
                                                             ", style=dotted",
                                                             ", style=dotted, color=\"#b0b7be\""};
    return kStyles[static_cast<std::size_t>(kind)];
  }

  void write_legend() {
    out_ += fmt::format("  subgraph cluster_legend {{\n    graph [label={}];\n",
                        quoted(drawing_.words.legend));
    out_ += "    node [shape=plaintext, style=\"\"];\n    edge [minlen=2];\n";
    out_ +=
        fmt::format("    legend_single [label={}];\n", quoted("⚠ " + drawing_.words.single_point));
    for (const LineKind kind : kinds_in(drawing_)) {
      out_ += fmt::format(
          "    legend_from{0} [label=\"\"];\n    legend_to{0} [label={1}];\n"
          "    legend_from{0} -> legend_to{0} [tooltip={1}{2}];\n",
          static_cast<std::size_t>(kind),
          quoted(drawing_.words.lines[static_cast<std::size_t>(kind)]), style_of(kind));
    }
    for (std::size_t i = 0; i < drawing_.footnote.size(); ++i) {
      out_ += fmt::format("    legend_note{} [label={}];\n", i, quoted(drawing_.footnote[i]));
    }
    out_ += "  }\n";
  }

  const Drawing& drawing_;
  std::string out_;
};

}  // namespace

std::string to_dot(const Drawing& drawing) {
  return DotWriter(drawing).write();
}

}  // namespace outlast::picture
