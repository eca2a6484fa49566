#include <fmt/format.h>

#include "base/quoted_line.h"
#include "base/xml_text.h"
#include "picture/layout.h"
#include "picture/picture.h"

namespace outlast::picture {

namespace {

/// One sheet for light and dark; classes say what a thing is, never how it looks.
constexpr std::string_view kStyle = R"css(
.outlast{--page:#fff;--ink:#1b1f24;--soft:#59636e;--box:#f6f8fa;--edge:#d1d9e0;--node:#fff;
--line:#6e7781;--single:#c62828;--users:#ddf4ff}
@media (prefers-color-scheme:dark){.outlast{--page:#0d1117;--ink:#e6edf3;--soft:#9198a1;
--box:#161b22;--edge:#3d444d;--node:#21262d;--line:#8b949e;--single:#ff7b72;--users:#0c2d6b}}
.outlast text{font:12px "DejaVu Sans Mono",Menlo,Consolas,"Noto Sans Mono CJK KR",monospace;
fill:var(--ink)}
.outlast .page{fill:var(--page)}
.outlast .place>rect{fill:var(--box);stroke:var(--edge)}
.outlast .unsure>rect{stroke-dasharray:6 4}
.outlast .node>rect{fill:var(--node);stroke:var(--line)}
.outlast .users>rect{fill:var(--users)}
.outlast .unused>rect{stroke-dasharray:2 3}
.outlast .single>rect{stroke:var(--single);stroke-width:2}
.outlast .mark{fill:var(--single)}
.outlast .mark-sign{stroke:var(--page);stroke-width:2;stroke-linecap:round}
.outlast .place-title{font-weight:bold;paint-order:stroke;stroke:var(--box);stroke-width:4px}
.outlast .detail,.outlast .note{fill:var(--soft)}
.outlast .line{fill:none;marker-end:url(#outlast-head);stroke:var(--line);stroke-width:1.3}
.outlast .enters{stroke:var(--ink);stroke-width:2}
.outlast .lessens{stroke-dasharray:7 4}
.outlast .manages{stroke-dasharray:2 4}
.outlast .possible{stroke-dasharray:1 5;stroke-width:1}
.outlast .head{fill:var(--line)}
.outlast g:hover>.line{stroke:var(--ink);stroke-width:3}
)css";

constexpr std::string_view kLineClasses[kLineKinds] = {"enters", "needs", "lessens", "manages",
                                                       "possible"};

std::string shown(std::string_view text) {
  return base::xml_text(base::printable(text));
}

class SvgWriter {
 public:
  explicit SvgWriter(const Drawing& drawing) : drawing_(drawing), layout_(lay_out(drawing)) {}

  std::string write() {
    add(R"(<svg xmlns="http://www.w3.org/2000/svg" class="outlast" role="img" )"
        R"(aria-labelledby="outlast-title outlast-desc" width="{0}" height="{1}" )"
        R"(viewBox="0 0 {0} {1}">)",
        layout_.width, layout_.height);
    add("<title id=\"outlast-title\">{}</title>", shown(drawing_.title));
    add("<desc id=\"outlast-desc\">{}</desc>", shown(drawing_.description));
    add("<style>{}</style>", kStyle);
    add(R"(<defs><marker id="outlast-head" viewBox="0 0 8 8" refX="7" refY="4" )"
        R"(markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">)"
        R"(<path class="head" d="M0 0L8 4L0 8z"/></marker></defs>)");
    add(R"(<rect class="page" width="{}" height="{}"/>)", layout_.width, layout_.height);
    write_boxes();
    write_lines();
    write_nodes();
    write_legend();
    write_labels();
    out_ += "</svg>\n";
    return std::move(out_);
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> pattern, Args&&... args) {
    out_ += fmt::format(pattern, std::forward<Args>(args)...) + "\n";
  }

  /// The mark of a single point: a triangle with a sign, so that colour is not all it has.
  void add_mark(int x, int y) {
    add(R"(<path class="mark" d="M{} {}l8 14h-16z"/>)"
        R"(<path class="mark-sign" d="M{} {}v4m0 3v.1"/>)",
        x + kBadge / 2, y, x + kBadge / 2, y + 5);
  }

  void add_rect(const Rect& rect, int radius) {
    add(R"(<rect x="{}" y="{}" width="{}" height="{}" rx="{}"/>)", rect.x, rect.y, rect.width,
        rect.height, radius);
  }

  void write_boxes() {
    const Words& words = drawing_.words;
    for (std::size_t i = 1; i < drawing_.boxes.size(); ++i) {
      const Box& box = drawing_.boxes[i];
      const Rect& rect = layout_.boxes[i];
      add(R"(<g class="place{}{}"><title>{} {}{}{}</title>)", box.is_single_point ? " single" : "",
          box.is_certain ? "" : " unsure", words.places[static_cast<std::size_t>(box.place)],
          shown(box.title), box.is_certain ? "" : ", " + words.uncertain,
          box.is_single_point ? ". " + words.single_point : "");
      add_rect(rect, 8);
      if (box.is_single_point) {
        add_mark(rect.x + 6, rect.y + 6);
      }
      add("</g>");
    }
  }

  /// Straight where it goes down, a soft curve where it changes its column between two rows.
  static std::string path_of(const std::vector<Point>& route) {
    std::string path = fmt::format("M{} {}", route.front().x, route.front().y);
    for (std::size_t i = 1; i < route.size(); ++i) {
      const Point& from = route[i - 1];
      const Point& to = route[i];
      const int middle = (from.y + to.y) / 2;
      path += from.x == to.x
                  ? fmt::format("V{}", to.y)
                  : fmt::format("C{} {} {} {} {} {}", from.x, middle, to.x, middle, to.x, to.y);
    }
    return path;
  }

  void write_lines() {
    for (std::size_t i = 0; i < drawing_.lines.size(); ++i) {
      const Line& line = drawing_.lines[i];
      add(R"(<g><title>{}</title><path class="line {}" d="{}"/></g>)", shown(line.tooltip),
          kLineClasses[static_cast<std::size_t>(line.kind)], path_of(layout_.routes[i]));
    }
  }

  void write_nodes() {
    for (std::size_t i = 0; i < drawing_.nodes.size(); ++i) {
      const Node& node = drawing_.nodes[i];
      const Rect& rect = layout_.nodes[i];
      add(R"(<g class="node{}{}{}"><title>{}{}</title>)", node.is_single_point ? " single" : "",
          node.is_users ? " users" : "", node.is_on_journey ? "" : " unused", shown(node.tooltip),
          node.is_single_point ? ". " + drawing_.words.single_point : "");
      if (node.count > 1) {
        add_rect({rect.x + 4, rect.y - 4, rect.width - 8, rect.height}, 6);
      }
      add_rect(rect, 6);
      if (node.is_single_point) {
        add_mark(rect.right() - kBadge - 2, rect.y + 3);
      }
      add("</g>");
    }
  }

  void write_legend() {
    for (const Sample& sample : layout_.legend) {
      const int middle = sample.rect.y + sample.rect.height / 2;
      if (sample.kind == Sample::Kind::single_point) {
        add_mark(sample.rect.right() - kBadge, sample.rect.y);
      } else if (sample.kind == Sample::Kind::line) {
        add(R"(<path class="line {}" d="M{} {}H{}"/>)",
            kLineClasses[static_cast<std::size_t>(sample.line)], sample.rect.x, middle,
            sample.rect.right());
      }
    }
  }

  void write_labels() {
    for (const Label& label : layout_.labels) {
      static constexpr std::string_view kClasses[] = {"place-title", "name", "detail", "note"};
      constexpr int kBaseline = 12;
      add(R"(<text class="{}" x="{}" y="{}">{}</text>)",
          kClasses[static_cast<std::size_t>(label.role)], label.rect.x, label.rect.y + kBaseline,
          base::xml_text(label.text));
    }
  }

  const Drawing& drawing_;
  const Layout layout_;
  std::string out_;
};

}  // namespace

std::string to_svg(const Drawing& drawing) {
  return SvgWriter(drawing).write();
}

}  // namespace outlast::picture
