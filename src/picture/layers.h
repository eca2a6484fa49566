#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace outlast::picture {

/// Something to be placed: a node, a box, or a corridor that lines run through.
struct Thing {
  int width = 0;
  int height = 0;
  std::size_t row = 0;
  int x = 0;  ///< of its left edge
  bool is_corridor = false;
};

/// Rows for things so that every link leads downwards.
///
/// in      links  pairs of things, upper first, as the input has them; loops allowed
///         most   things in one row
/// out     `rows` by thing; `is_turned` by link: it leads upwards, for a loop had to be cut
/// method  depth first from what nothing leads to; links back to what is being visited are turned;
///         then the longest way from above, with what only leads down pulled towards its first
///         aim; a row that holds too many is cut into several; things without links come last
/// cost    linear in things and links, and n log n for the rows
struct Ranking {
  std::vector<std::size_t> rows;
  std::vector<bool> is_turned;
};
[[nodiscard]] Ranking rank(std::size_t things,
                           const std::vector<std::pair<std::size_t, std::size_t>>& links,
                           std::size_t most);

/// Order and horizontal place of things within their rows.
///
/// in      things  rows and sizes filled; corridors like other things
///         links   only between neighbouring rows, upper first
/// out     x of each thing, from 0; no two of a row nearer than their gap
/// method  barycenters, downwards and upwards in turn (Sugiyama, Tagawa & Toda 1981); then each row
///         as near as it can be to its neighbours' means, by pooling adjacent violators (exact for
///         least squares); in whole numbers, so that no machine rounds otherwise
void arrange(std::vector<Thing>& things,
             const std::vector<std::pair<std::size_t, std::size_t>>& links);

inline constexpr int kNodeGap = 22;
inline constexpr int kCorridorGap = 9;

}  // namespace outlast::picture
