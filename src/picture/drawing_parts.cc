#include <algorithm>
#include <array>

#include "picture/drawing.h"

namespace outlast::picture {

std::vector<Inside> insides_of(const Drawing& drawing) {
  std::vector<Inside> insides(drawing.boxes.size());
  for (std::size_t box = 1; box < drawing.boxes.size(); ++box) {
    insides[drawing.boxes[box].parent].boxes.push_back(box);
  }
  for (std::size_t node = 0; node < drawing.nodes.size(); ++node) {
    insides[drawing.nodes[node].box].nodes.push_back(node);
  }
  return insides;
}

std::vector<LineKind> kinds_in(const Drawing& drawing) {
  std::array<bool, kLineKinds> occurs{};
  for (const Line& line : drawing.lines) {
    occurs[static_cast<std::size_t>(line.kind)] = true;
  }
  std::vector<LineKind> kinds;
  for (std::size_t kind = 0; kind < kLineKinds; ++kind) {
    if (occurs[kind]) {
      kinds.push_back(static_cast<LineKind>(kind));
    }
  }
  return kinds;
}

void put_into(Drawing& drawing, const std::function<std::string(std::string_view)>& say) {
  const auto put = [&](std::string& text) { text = text.empty() ? text : say(text); };
  put(drawing.description);
  for (Box& box : drawing.boxes) {
    put(box.title);
  }
  for (Node& node : drawing.nodes) {
    if (node.is_users || node.count > 1) {
      put(node.name);
    }
    put(node.detail);
    put(node.tooltip);
  }
  for (Line& line : drawing.lines) {
    put(line.tooltip);
  }
  std::for_each(drawing.footnote.begin(), drawing.footnote.end(), put);
  Words& words = drawing.words;
  put(words.legend);
  put(words.single_point);
  put(words.uncertain);
  std::for_each(words.lines.begin(), words.lines.end(), put);
  std::for_each(words.places.begin(), words.places.end(), put);
}

}  // namespace outlast::picture
