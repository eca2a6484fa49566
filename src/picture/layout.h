#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "picture/drawing.h"

/// Where everything of a drawing stands, in pixels, before any format is written.
namespace outlast::picture {

struct Rect {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  [[nodiscard]] int right() const { return x + width; }
  [[nodiscard]] int bottom() const { return y + height; }
};

struct Point {
  int x = 0;
  int y = 0;
};

/// Text in its place; shortened where it would be too long.
struct Label {
  enum class Role { box, name, detail, legend };
  Role role = Role::name;
  std::size_t of = 0;  ///< index of the box, node or row of the legend
  std::string text;
  Rect rect;
};

/// A sample in the legend, beside its label.
struct Sample {
  enum class Kind { single_point, line, note };
  Kind kind = Kind::note;
  LineKind line = LineKind::needs;
  Rect rect = {};
};

struct Layout {
  int width = 0;
  int height = 0;
  std::vector<Rect> boxes;                 ///< by box of the drawing
  std::vector<Rect> nodes;                 ///< by node
  std::vector<std::vector<Point>> routes;  ///< by line, from its `from` to its `to`
  std::vector<Sample> legend;
  std::vector<Label> labels;
};

/// A layered layout within nested boxes.
///
/// in      drawing  parents of boxes come before them
/// out     node boxes and boxes of places do not overlap, but for what lies within what; routes go
///         from edge to edge, crossing rows only in corridors kept free for them
/// method  each box is laid out by itself, from the inmost outwards: its children get rows by the
///         lines between them, lifted to the children that hold their ends; a line that passes a
///         row, or leaves or enters a box, has a corridor in every row it passes, shared by all
///         lines with the same aim; `layers.h` orders and places a box's rows
/// cost    lines × rows passed; loops are cut, whatever they are
[[nodiscard]] Layout lay_out(const Drawing& drawing);

inline constexpr int kBadge = 16;  ///< side of the mark in the corner of a single point

}  // namespace outlast::picture
