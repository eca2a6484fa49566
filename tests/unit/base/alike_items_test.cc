#include "base/alike_items.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

namespace outlast::base {
namespace {

RC_GTEST_PROP(AlikeItems, AreThoseOfExactlyTheSameSets, ()) {
  const auto items = *rc::gen::inRange<std::size_t>(1, 20);
  const auto rows = *rc::gen::container<std::vector<std::vector<bool>>>(
      rc::gen::container<std::vector<bool>>(items, rc::gen::arbitrary<bool>()));
  std::vector<std::vector<std::uint32_t>> sets(rows.size());
  for (std::size_t s = 0; s < rows.size(); ++s) {
    for (std::uint32_t item = 0; item < items; ++item) {
      if (rows[s][item]) {
        sets[s].push_back(item);
      }
    }
  }
  const AlikeItems alike = find_alike(items, sets);
  std::map<std::vector<bool>, std::vector<std::uint32_t>> by_sets;  // brute force
  for (std::uint32_t item = 0; item < items; ++item) {
    std::vector<bool> in;
    for (const auto& row : rows) {
      in.push_back(row[item]);
    }
    const bool is_in_any = std::find(in.begin(), in.end(), true) != in.end();
    RC_ASSERT(is_in_any == (alike.group_of[item] != AlikeItems::kNone));
    if (is_in_any) {
      by_sets[in].push_back(item);
    }
  }
  RC_ASSERT(by_sets.size() == alike.groups.size());
  for (const auto& [in, same] : by_sets) {
    const std::uint32_t group = alike.group_of[same.front()];
    RC_ASSERT(alike.groups[group] == same);
    for (std::size_t s = 0; s < sets.size(); ++s) {
      const auto& of_set = alike.of_set[s];
      RC_ASSERT(in[s] == std::binary_search(of_set.begin(), of_set.end(), group));
    }
  }
}

}  // namespace
}  // namespace outlast::base
