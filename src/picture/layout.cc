#include "picture/layout.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "picture/labels.h"
#include "picture/layers.h"

namespace outlast::picture {

namespace {

constexpr int kRowGap = 44;
constexpr int kNodeHeight = 44;
constexpr int kLeastNodeWidth = 96;
constexpr int kCorridorWidth = 4;

/// A stretch of a route: through a corridor of a box, out of a box, or into one.
struct Hop {
  enum class Kind { thing, leave, enter };
  Kind kind = Kind::thing;
  std::size_t box = 0;
  std::size_t thing = 0;  ///< within the box, where it is one
};

/// What is laid out of one box.
struct Laid {
  std::vector<std::size_t> children;  ///< items: boxes, then nodes behind all boxes
  std::vector<std::pair<std::size_t, std::size_t>> lifted;
  std::vector<std::size_t> lines;  ///< behind `lifted`
  std::vector<Thing> things;       ///< children, then corridors
  std::vector<std::pair<std::size_t, std::size_t>> links;
  std::map<std::tuple<std::size_t, std::size_t, bool>, std::size_t> corridors;
  std::size_t rows = 0;
  std::vector<int> row_tops;  ///< within the box
  std::vector<int> row_heights;
};

class Layouter {
 public:
  explicit Layouter(const Drawing& drawing)
      : drawing_(drawing), laid_(drawing.boxes.size()), hops_(drawing.lines.size()) {}

  Layout lay_out() {
    size_nodes();
    list_children();
    lift_lines();
    rank_children();
    for (std::size_t line = 0; line < drawing_.lines.size(); ++line) {
      run_corridors(line);
    }
    size_boxes();
    place_boxes();
    for (std::size_t line = 0; line < drawing_.lines.size(); ++line) {
      out_.routes.push_back(route_of(line));
    }
    add_labels(drawing_, out_);
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::size_t item_of(std::size_t node) const { return drawing_.boxes.size() + node; }
  [[nodiscard]] bool is_box(std::size_t item) const { return item < drawing_.boxes.size(); }
  [[nodiscard]] std::size_t parent_of(std::size_t item) const {
    return is_box(item) ? drawing_.boxes[item].parent
                        : drawing_.nodes[item - drawing_.boxes.size()].box;
  }
  [[nodiscard]] Rect& rect_of(std::size_t item) {
    return is_box(item) ? out_.boxes[item] : out_.nodes[item - drawing_.boxes.size()];
  }

  void size_nodes() {
    for (const Node& node : drawing_.nodes) {
      const int name = width_of(name_shown(node)) + (node.is_single_point ? 2 * kBadge : 0);
      const int detail = width_of(detail_shown(node));
      out_.nodes.push_back(
          {0, 0, std::max(kLeastNodeWidth, std::max(name, detail) + kPadding), kNodeHeight});
    }
    out_.boxes.resize(drawing_.boxes.size());
  }

  void list_children() {
    places_.resize(drawing_.boxes.size() + drawing_.nodes.size());
    for (std::size_t item = 1; item < places_.size(); ++item) {
      auto& children = laid_[parent_of(item)].children;
      places_[item] = children.size();
      children.push_back(item);
    }
  }

  /// The item and what holds it, up to the child of the whole.
  [[nodiscard]] std::vector<std::size_t> way_up(std::size_t node) const {
    std::vector<std::size_t> way = {item_of(node)};
    while (parent_of(way.back()) != 0) {
      way.push_back(parent_of(way.back()));
    }
    return way;
  }

  /// Both ends of a line as children of the innermost box that holds both, with the ways there.
  struct Ends {
    std::vector<std::size_t> from;  ///< the node, …, the child of `box`
    std::vector<std::size_t> to;
    std::size_t box = 0;
  };
  [[nodiscard]] Ends ends_of(std::size_t line) const {
    Ends ends{way_up(drawing_.lines[line].from), way_up(drawing_.lines[line].to), 0};
    while (ends.from.size() > 1 && ends.to.size() > 1 && ends.from.back() == ends.to.back()) {
      ends.box = ends.from.back();
      ends.from.pop_back();
      ends.to.pop_back();
    }
    return ends;
  }

  void lift_lines() {
    for (std::size_t line = 0; line < drawing_.lines.size(); ++line) {
      const Ends ends = ends_of(line);
      Laid& inside = laid_[ends.box];
      inside.lifted.emplace_back(places_[ends.from.back()], places_[ends.to.back()]);
      inside.lines.push_back(line);
    }
  }

  void rank_children() {
    is_turned_.resize(drawing_.lines.size());
    for (Laid& inside : laid_) {
      const std::size_t count = inside.children.size();
      std::size_t most = 6;
      while (most * most < 2 * count) {
        ++most;
      }
      const Ranking ranking = rank(count, inside.lifted, most);
      for (std::size_t i = 0; i < count; ++i) {
        inside.things.push_back({0, 0, ranking.rows[i]});
        inside.rows = std::max(inside.rows, ranking.rows[i] + 1);
      }
      for (std::size_t i = 0; i < inside.lines.size(); ++i) {
        is_turned_[inside.lines[i]] = ranking.is_turned[i];
      }
    }
  }

  /// The corridor in a row for lines with this aim, made where there is none.
  std::size_t corridor(std::size_t box, std::size_t row, std::size_t line) {
    Laid& inside = laid_[box];
    const auto [at, is_new] = inside.corridors.emplace(
        std::tuple(row, drawing_.lines[line].to, bool(is_turned_[line])), inside.things.size());
    if (is_new) {
      inside.things.push_back({kCorridorWidth, 0, row, 0, true});
    }
    return at->second;
  }

  /// Goes down from a thing through the rows [first, last) of a box.
  /// in  from  thing to link with; absent where the line comes from above the box
  std::optional<std::size_t> descend(std::size_t line, std::size_t box,
                                     std::optional<std::size_t> from, std::size_t first,
                                     std::size_t last) {
    for (std::size_t row = first; row < last; ++row) {
      const std::size_t next = corridor(box, row, line);
      if (from) {
        laid_[box].links.emplace_back(*from, next);
      }
      hops_[line].push_back({Hop::Kind::thing, box, next});
      from = next;
    }
    return from;
  }

  void run_corridors(std::size_t line) {
    Ends ends = ends_of(line);
    if (is_turned_[line]) {
      std::swap(ends.from, ends.to);
    }
    const auto row_of = [&](std::size_t item) {
      return laid_[parent_of(item)].things[places_[item]].row;
    };
    auto& hops = hops_[line];
    for (std::size_t i = 0; i + 1 < ends.from.size(); ++i) {
      const std::size_t item = ends.from[i];
      const std::size_t box = ends.from[i + 1];
      hops.push_back({Hop::Kind::thing, box, places_[item]});
      descend(line, box, places_[item], row_of(item) + 1, laid_[box].rows);
      hops.push_back({Hop::Kind::leave, box, 0});
    }
    const std::size_t upper = ends.from.back();
    const std::size_t lower = ends.to.back();
    hops.push_back({Hop::Kind::thing, ends.box, places_[upper]});
    const auto above = descend(line, ends.box, places_[upper], row_of(upper) + 1, row_of(lower));
    laid_[ends.box].links.emplace_back(*above, places_[lower]);
    for (std::size_t i = ends.to.size(); i-- > 1;) {
      const std::size_t box = ends.to[i];
      hops.push_back({Hop::Kind::enter, box, 0});
      const std::size_t item = ends.to[i - 1];
      const auto last = descend(line, box, std::nullopt, 0, row_of(item));
      if (last) {
        laid_[box].links.emplace_back(*last, places_[item]);
      }
    }
  }

  /// From the inmost box outwards: a parent comes before what lies in it.
  void size_boxes() {
    for (std::size_t box = laid_.size(); box-- > 0;) {
      Laid& inside = laid_[box];
      inside.row_heights.assign(inside.rows, 0);
      for (std::size_t i = 0; i < inside.children.size(); ++i) {
        const Rect& rect = rect_of(inside.children[i]);
        inside.things[i].width = rect.width;
        inside.things[i].height = rect.height;
        int& height = inside.row_heights[inside.things[i].row];
        height = std::max(height, rect.height);
      }
      arrange(inside.things, inside.links);
      int width = width_of(title_of(drawing_, box)) + 2 * kBadge;
      for (const Thing& thing : inside.things) {
        width = std::max(width, thing.x + thing.width);
      }
      int y = kHeader + kPadding / 2;
      for (const int height : inside.row_heights) {
        inside.row_tops.push_back(y);
        y += height + kRowGap;
      }
      out_.boxes[box].width = width + 2 * kPadding;
      out_.boxes[box].height = y - (inside.rows > 0 ? kRowGap : 0) + kPadding;
    }
  }

  void place_boxes() {
    for (std::size_t box = 0; box < laid_.size(); ++box) {
      const Laid& inside = laid_[box];
      for (std::size_t i = 0; i < inside.children.size(); ++i) {
        Rect& rect = rect_of(inside.children[i]);
        rect.x = out_.boxes[box].x + kPadding + inside.things[i].x;
        rect.y = out_.boxes[box].y + inside.row_tops[inside.things[i].row];
      }
    }
    out_.width = out_.boxes[0].width;
    out_.height = out_.boxes[0].height;
  }

  [[nodiscard]] int middle_of(const Hop& hop) const {
    const Thing& thing = laid_[hop.box].things[hop.thing];
    return out_.boxes[hop.box].x + kPadding + thing.x + thing.width / 2;
  }

  /// From top to bottom, then turned where the line leads upwards.
  [[nodiscard]] std::vector<Point> route_of(std::size_t line) const {
    const Line& told = drawing_.lines[line];
    const Rect& upper = out_.nodes[is_turned_[line] ? told.to : told.from];
    const Rect& lower = out_.nodes[is_turned_[line] ? told.from : told.to];
    std::vector<Point> points = {{upper.x + upper.width / 2, upper.bottom()}};
    const auto& hops = hops_[line];
    for (std::size_t i = 0; i < hops.size(); ++i) {
      const Hop& hop = hops[i];
      const Rect& box = out_.boxes[hop.box];
      if (hop.kind == Hop::Kind::leave) {
        points.push_back({points.back().x, box.bottom()});
      } else if (hop.kind == Hop::Kind::enter) {
        // As far to the right as the corridor, or else the node, that comes next.
        const auto next =
            std::find_if(hops.begin() + static_cast<std::ptrdiff_t>(i), hops.end(),
                         [](const Hop& other) { return other.kind == Hop::Kind::thing; });
        points.push_back(
            {next == hops.end() ? lower.x + lower.width / 2 : middle_of(*next), box.y});
      } else {
        const Laid& inside = laid_[hop.box];
        const Thing& thing = inside.things[hop.thing];
        const int top = box.y + inside.row_tops[thing.row];
        if (thing.is_corridor) {
          points.push_back({middle_of(hop), top});
        }
        points.push_back({points.back().x, top + inside.row_heights[thing.row]});
      }
    }
    points.push_back({lower.x + lower.width / 2, lower.y});
    points.erase(std::unique(points.begin(), points.end(),
                             [](Point a, Point b) { return a.x == b.x && a.y == b.y; }),
                 points.end());
    if (is_turned_[line]) {
      std::reverse(points.begin(), points.end());
    }
    return points;
  }

  const Drawing& drawing_;
  std::vector<Laid> laid_;
  std::vector<std::size_t> places_;  ///< of items, within what holds them
  std::vector<bool> is_turned_;      ///< by line
  std::vector<std::vector<Hop>> hops_;
  Layout out_;
};

}  // namespace

Layout lay_out(const Drawing& drawing) {
  return Layouter(drawing).lay_out();
}

}  // namespace outlast::picture
