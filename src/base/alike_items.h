#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace outlast::base {

/// Items that are in exactly the same sets, as one group: what is asked of every set of every item
/// is asked once for the group.
struct AlikeItems {
  static constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);

  std::vector<std::vector<std::uint32_t>> groups;  ///< items ascending; by their first item
  std::vector<std::uint32_t> group_of;             ///< by item; `kNone`: in no set
  std::vector<std::vector<std::uint32_t>> of_set;  ///< groups, ascending
};

/// in    sets  indexes below `items`, each once
/// cost  linear in the sizes of the sets
[[nodiscard]] AlikeItems find_alike(std::size_t items,
                                    const std::vector<std::vector<std::uint32_t>>& sets);

}  // namespace outlast::base
