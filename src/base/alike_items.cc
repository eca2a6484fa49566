// Items that are in exactly the same sets.
//
// Method  partition refinement: every set splits each group that it has a part of.
// Source  Paige & Tarjan 1987

#include "base/alike_items.h"

#include <algorithm>

namespace outlast::base {

AlikeItems find_alike(std::size_t items, const std::vector<std::vector<std::uint32_t>>& sets) {
  std::vector<std::uint32_t> group(items, 0);  // 0: in no set so far
  std::vector<std::uint32_t> moved_to = {0};   // by group: where its part in the set at hand goes
  std::vector<std::size_t> moved_by = {0};     // the set for which that holds, from 1
  for (std::size_t s = 0; s < sets.size(); ++s) {
    for (const std::uint32_t item : sets[s]) {
      const std::uint32_t before = group[item];
      if (moved_by[before] != s + 1) {
        moved_by[before] = s + 1;
        moved_to[before] = static_cast<std::uint32_t>(moved_to.size());
        moved_to.push_back(0);
        moved_by.push_back(0);
      }
      group[item] = moved_to[before];
    }
  }
  AlikeItems out;
  out.group_of.assign(items, AlikeItems::kNone);
  std::vector<std::uint32_t> number(moved_to.size(), AlikeItems::kNone);
  for (std::size_t item = 0; item < items; ++item) {
    if (group[item] == 0) {
      continue;
    }
    std::uint32_t& known = number[group[item]];
    if (known == AlikeItems::kNone) {
      known = static_cast<std::uint32_t>(out.groups.size());
      out.groups.emplace_back();
    }
    out.group_of[item] = known;
    out.groups[known].push_back(static_cast<std::uint32_t>(item));
  }
  for (const auto& set : sets) {
    std::vector<std::uint32_t>& of_set = out.of_set.emplace_back();
    for (const std::uint32_t item : set) {
      if (out.groups[out.group_of[item]].front() == item) {  // all of a group are in the set
        of_set.push_back(out.group_of[item]);
      }
    }
    std::sort(of_set.begin(), of_set.end());
  }
  return out;
}

}  // namespace outlast::base
