// A diagram of sets from a list of them.
//
// Formulation: sets as words of levels, in the order of words. Those that begin with the same levels
//   lie together: what they go on with is one node after the other, the first level on top, so that
//   the last is made first. Of sets none of which contains another, one that ends is alone.
// Why it ends: each set goes down by its variables, and no deeper.
// Source: as a trie.

#include <algorithm>
#include <utility>

#include "engines/faulttree/families.h"

namespace outlast::engines::faulttree {

namespace {

/// Sets by level, ascending and in the order of words: those of a range that hold the same first
/// levels become one node after the other, the last first.
class FamilyMaker {
 public:
  FamilyMaker(std::vector<std::vector<std::uint32_t>> sets, std::size_t places)
      : sets_(std::move(sets)), nodes_(places) {
    std::sort(sets_.begin(), sets_.end());
  }

  NodeGraph run() { return nodes_.extract(made(0, sets_.size(), 0)); }

 private:
  std::uint32_t made(std::size_t begin, std::size_t end,  // NOLINT(misc-no-recursion)
                     std::size_t depth) {
    if (begin < end && sets_[begin].size() == depth) {
      return kTrue;
    }
    std::uint32_t node = kFalse;
    while (end > begin) {
      const std::uint32_t level = sets_[end - 1][depth];
      std::size_t from = end - 1;
      while (from > begin && sets_[from - 1][depth] == level) {
        --from;
      }
      node = nodes_.make(level, node, made(from, end, depth + 1));
      end = from;
    }
    return node;
  }

  std::vector<std::vector<std::uint32_t>> sets_;
  NodeTable nodes_;
};

}  // namespace

Family family_of_sets(const std::vector<CutSet>& sets) {
  Family family;
  std::size_t places = 0;
  for (const CutSet& set : sets) {
    family.order.insert(family.order.end(), set.begin(), set.end());
    places += set.size();
  }
  std::sort(family.order.begin(), family.order.end());
  family.order.erase(std::unique(family.order.begin(), family.order.end()), family.order.end());
  std::vector<std::vector<std::uint32_t>> by_level;
  for (const CutSet& set : sets) {
    std::vector<std::uint32_t>& levels = by_level.emplace_back();
    for (const base::VariableId variable : set) {
      levels.push_back(static_cast<std::uint32_t>(
          std::lower_bound(family.order.begin(), family.order.end(), variable) -
          family.order.begin()));
    }
  }
  family.sets = FamilyMaker(std::move(by_level), places).run();
  return family;
}

}  // namespace outlast::engines::faulttree
