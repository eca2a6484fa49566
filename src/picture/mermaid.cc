#include <fmt/format.h>

#include "base/quoted_line.h"
#include "base/shorten.h"
#include "picture/picture.h"
#include "picture/walk.h"

namespace outlast::picture {

namespace {

constexpr std::size_t kNameCells = 40;

/// Text between quotes of Mermaid: everything that it, its Markdown or HTML would take for more than
/// a character is written as an entity; letters of any script stay as they are.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : base::printable(text)) {
    const bool is_plain = static_cast<unsigned char>(c) >= 0x80 || c == ' ' || c == '.' ||
                          c == ',' || c == '-' || c == '/' || c == ':' || c == '(' || c == ')' ||
                          c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                          (c >= 'a' && c <= 'z');
    out += is_plain ? std::string(1, c) : fmt::format("#{};", static_cast<int>(c));
  }
  return out + "\"";
}

class MermaidWriter {
 public:
  explicit MermaidWriter(const Drawing& drawing) : drawing_(drawing) {}

  std::string write() {
    out_ = "flowchart TB\n";
    out_ +=
        "  classDef single stroke:#c62828,stroke-width:3px\n"
        "  classDef unused stroke-dasharray:3 3\n";
    walk(drawing_, *this);
    for (const Line& line : drawing_.lines) {
      out_ += fmt::format("  n{} {} n{}\n", line.from, arrow_of(line.kind), line.to);
    }
    write_legend();
    return std::move(out_);
  }

  void begin_box(std::size_t i, const std::string& indent) {
    const Box& box = drawing_.boxes[i];
    out_ += fmt::format("{}subgraph b{}[{}]\n", indent, i,
                        quoted((box.is_single_point ? "⚠ " : "") + box.title));
  }
  void end_box(std::size_t i, const std::string& indent) {
    out_ += indent + "end\n";
    if (drawing_.boxes[i].is_single_point) {
      out_ += fmt::format("{}class b{} single\n", indent, i);
    }
  }

  void node(std::size_t i, const std::string& indent) {
    const Node& node = drawing_.nodes[i];
    const std::string name =
        quoted((node.is_single_point ? "⚠ " : "") + base::shorten(node.name, kNameCells));
    const std::string detail = quoted(base::shorten(node.detail, kNameCells));
    const std::string label = name.substr(0, name.size() - 1) + "<br/>" + detail.substr(1);
    out_ += fmt::format("{}n{}{}{}{}{}\n", indent, i, node.is_users ? "([" : "[", label,
                        node.is_users ? "])" : "]",
                        node.is_single_point ? ":::single"
                        : node.is_on_journey ? ""
                                             : ":::unused");
  }

 private:
  /// Mermaid has three kinds of lines; possible ones are dotted too, and told by a cross.
  static std::string_view arrow_of(LineKind kind) {
    static constexpr std::string_view kArrows[kLineKinds] = {"==>", "-->", "-.->", "-.-o", "-.-x"};
    return kArrows[static_cast<std::size_t>(kind)];
  }

  void write_legend() {
    const Words& words = drawing_.words;
    out_ += fmt::format("  subgraph legend[{}]\n    direction LR\n", quoted(words.legend));
    out_ += fmt::format("    single[{}]:::single\n", quoted("⚠ " + words.single_point));
    for (const LineKind kind : kinds_in(drawing_)) {
      out_ += fmt::format("    from{0}[\" \"] {1} to{0}[{2}]\n", static_cast<std::size_t>(kind),
                          arrow_of(kind), quoted(words.lines[static_cast<std::size_t>(kind)]));
    }
    for (std::size_t i = 0; i < drawing_.footnote.size(); ++i) {
      out_ += fmt::format("    note{}[{}]\n", i, quoted(drawing_.footnote[i]));
    }
    out_ += "  end\n";
  }

  const Drawing& drawing_;
  std::string out_;
};

}  // namespace

std::string to_mermaid(const Drawing& drawing) {
  return MermaidWriter(drawing).write();
}

}  // namespace outlast::picture
