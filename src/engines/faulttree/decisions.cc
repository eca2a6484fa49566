#include "engines/faulttree/decisions.h"

#include <algorithm>
#include <vector>

namespace outlast::engines::faulttree {

Decisions::Decisions(std::size_t budget)
    : nodes_(std::min<std::size_t>(budget, kLeafLevel / 2 - kFirstInner)) {}

NodeGraph Decisions::extract(std::span<std::uint32_t> roots) const {
  std::vector<bool> is_reached(2 * nodes_.size());
  for (const Edge root : roots) {
    is_reached[root] = true;
  }
  for (auto edge = static_cast<Edge>(is_reached.size()); edge-- > 2 * kFirstInner;) {
    if (is_reached[edge]) {
      is_reached[low(edge)] = true;
      is_reached[high(edge)] = true;
    }
  }
  NodeGraph graph{{{kLeafLevel, kFalse, kFalse}, {kLeafLevel, kTrue, kTrue}}, kFalse};
  std::vector<std::uint32_t> renamed(is_reached.size(), kFalse);
  renamed[kTrueEdge] = kTrue;
  for (Edge edge = 2 * kFirstInner; edge < is_reached.size(); ++edge) {
    if (is_reached[edge]) {
      renamed[edge] = static_cast<std::uint32_t>(graph.nodes.size());
      graph.nodes.push_back({level(edge), renamed[low(edge)], renamed[high(edge)]});
    }
  }
  for (std::uint32_t& root : roots) {
    root = renamed[root];
  }
  return graph;
}

}  // namespace outlast::engines::faulttree
