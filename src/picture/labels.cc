#include "picture/labels.h"

#include <algorithm>

#include "base/quoted_line.h"
#include "base/shorten.h"

namespace outlast::picture {

namespace {

constexpr int kTenthsOfCell = 73;  // of 12 px DejaVu Sans Mono, rounded up
constexpr int kLineHeight = 16;
constexpr int kSampleWidth = 36;
constexpr int kLegendRow = 22;
constexpr std::size_t kMostOfName = 24;
constexpr std::size_t kMostOfDetail = 28;
constexpr std::size_t kMostOfTitle = 40;
constexpr std::size_t kMostOfNote = 80;

class Labeller {
 public:
  Labeller(const Drawing& drawing, Layout& out) : drawing_(drawing), out_(out) {}

  void run() {
    add_texts();
    add_legend();
  }

 private:
  void add_label(Label::Role role, std::size_t of, std::string text, int x, int y) {
    const int width = width_of(text);
    out_.labels.push_back({role, of, std::move(text), {x, y, width, kLineHeight}});
  }

  void add_texts() {
    for (std::size_t box = 0; box < drawing_.boxes.size(); ++box) {
      const Rect& rect = out_.boxes[box];
      const int mark = drawing_.boxes[box].is_single_point ? kBadge + 4 : 0;
      add_label(Label::Role::box, box, title_of(drawing_, box), rect.x + kPadding / 2 + mark,
                rect.y + (kHeader - kLineHeight) / 2);
    }
    for (std::size_t node = 0; node < drawing_.nodes.size(); ++node) {
      const Rect& rect = out_.nodes[node];
      const int middle = rect.x + rect.width / 2;
      const std::string name = name_shown(drawing_.nodes[node]);
      const std::string detail = detail_shown(drawing_.nodes[node]);
      const int top = rect.y + (rect.height - 2 * kLineHeight) / 2;
      add_label(Label::Role::name, node, name, middle - width_of(name) / 2, top);
      add_label(Label::Role::detail, node, detail, middle - width_of(detail) / 2,
                top + kLineHeight);
    }
  }

  void add_row(Sample sample, const std::string& text) {
    const int y = out_.height;
    sample.rect = {kPadding, y, kSampleWidth, kLineHeight};
    const std::size_t row = out_.legend.size();
    out_.legend.push_back(sample);
    add_label(Label::Role::legend, row, base::shorten(text, kMostOfNote),
              kPadding + kSampleWidth + kPadding / 2, y);
    out_.width = std::max(out_.width, out_.labels.back().rect.right() + kPadding);
    out_.height += kLegendRow;
  }

  /// What occurs in this drawing, and no more.
  void add_legend() {
    out_.height += kPadding / 2;
    const auto is_marked = [](const auto& item) { return item.is_single_point; };
    if (std::any_of(drawing_.nodes.begin(), drawing_.nodes.end(), is_marked) ||
        std::any_of(drawing_.boxes.begin(), drawing_.boxes.end(), is_marked)) {
      add_row({Sample::Kind::single_point}, drawing_.words.single_point);
    }
    for (const LineKind kind : kinds_in(drawing_)) {
      add_row({Sample::Kind::line, kind}, drawing_.words.lines[static_cast<std::size_t>(kind)]);
    }
    for (const std::string& note : drawing_.footnote) {
      add_row({Sample::Kind::note}, note);
    }
    out_.height += kPadding / 2;
  }

  const Drawing& drawing_;
  Layout& out_;
};

}  // namespace

int width_of(const std::string& text) {
  return (static_cast<int>(base::count_cells(text)) * kTenthsOfCell + 9) / 10;
}

std::string title_of(const Drawing& drawing, std::size_t box) {
  return base::shorten(box == 0 ? drawing.title : drawing.boxes[box].title, kMostOfTitle);
}

std::string name_shown(const Node& node) {
  return base::shorten(node.name, kMostOfName);
}

std::string detail_shown(const Node& node) {
  return base::shorten(node.detail, kMostOfDetail);
}

void add_labels(const Drawing& drawing, Layout& layout) {
  Labeller(drawing, layout).run();
}

}  // namespace outlast::picture
