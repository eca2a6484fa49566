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

std::string_view meaning_of(LineKind kind) {
  static constexpr std::string_view kMeanings[kLineKinds] = {
      "users come in", "stops without it", "goes on with less, or for a time",
      "needs it only to start, to change or to watch", "may use it: only a permission says so"};
  return kMeanings[static_cast<std::size_t>(kind)];
}

}  // namespace outlast::picture
