#pragma once

#include <string>

#include "picture/drawing.h"

namespace outlast::picture {

/// Walks through all that is drawn: the boxes within a box before its nodes, each box with what lies
/// in it between its beginning and its end.
///
/// in  writer  begin_box(i, indent), end_box(i, indent), node(i, indent); two blanks more within a box
/// cost linear
template <class Writer>
void walk(const Drawing& drawing, Writer& writer) {
  const auto insides = insides_of(drawing);
  const auto within = [&](const auto& self, std::size_t box, const std::string& indent) -> void {
    for (const std::size_t inner : insides[box].boxes) {
      writer.begin_box(inner, indent);
      self(self, inner, indent + "  ");
      writer.end_box(inner, indent);
    }
    for (const std::size_t node : insides[box].nodes) {
      writer.node(node, indent);
    }
  };
  within(within, 0, "  ");
}

}  // namespace outlast::picture
