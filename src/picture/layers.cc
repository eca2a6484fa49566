#include "picture/layers.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>

namespace outlast::picture {

namespace {

using Links = std::vector<std::pair<std::size_t, std::size_t>>;

/// Links by the thing they leave from.
std::vector<std::vector<std::size_t>> links_from(std::size_t things, const Links& links) {
  std::vector<std::vector<std::size_t>> out(things);
  for (std::size_t i = 0; i < links.size(); ++i) {
    out[links[i].first].push_back(i);
  }
  return out;
}

/// Which links close a loop, going depth first.
class LoopCutter {
 public:
  LoopCutter(std::size_t things, const Links& links)
      : links_(links), out_(links_from(things, links)), state_(things, State::fresh) {}

  std::vector<bool> cut() {
    std::vector<bool> has_way_in(state_.size());
    for (const auto& [from, to] : links_) {
      has_way_in[to] = true;
    }
    std::vector<bool> is_turned(links_.size());
    for (const bool is_with_way_in : {false, true}) {
      for (std::size_t thing = 0; thing < state_.size(); ++thing) {
        if (has_way_in[thing] == is_with_way_in) {
          visit(thing, is_turned);
        }
      }
    }
    return is_turned;
  }

 private:
  enum class State { fresh, open, done };

  /// With a stack of its own, so that a long chain overflows nothing.
  void visit(std::size_t root, std::vector<bool>& is_turned) {
    if (state_[root] != State::fresh) {
      return;
    }
    std::vector<std::pair<std::size_t, std::size_t>> stack = {{root, 0}};
    state_[root] = State::open;
    while (!stack.empty()) {
      auto& [thing, next] = stack.back();
      if (next == out_[thing].size()) {
        state_[thing] = State::done;
        stack.pop_back();
        continue;
      }
      const std::size_t link = out_[thing][next++];
      const std::size_t to = links_[link].second;
      if (state_[to] == State::open) {
        is_turned[link] = true;
      } else if (state_[to] == State::fresh) {
        state_[to] = State::open;
        stack.emplace_back(to, 0);
      }
    }
  }

  const Links& links_;
  std::vector<std::vector<std::size_t>> out_;
  std::vector<State> state_;
};

/// Longest way from above to each thing; links without loops.
std::vector<std::size_t> depths_of(std::size_t things, const Links& links) {
  const auto out = links_from(things, links);
  std::vector<std::size_t> open_ways(things);
  for (const auto& [from, to] : links) {
    ++open_ways[to];
  }
  std::vector<std::size_t> ready;
  std::vector<bool> has_way_in(things);
  for (std::size_t thing = 0; thing < things; ++thing) {
    has_way_in[thing] = open_ways[thing] > 0;
    if (!has_way_in[thing]) {
      ready.push_back(thing);
    }
  }
  std::vector<std::size_t> depths(things);
  for (std::size_t at = 0; at < ready.size(); ++at) {
    for (const std::size_t link : out[ready[at]]) {
      const std::size_t to = links[link].second;
      depths[to] = std::max(depths[to], depths[ready[at]] + 1);
      if (--open_ways[to] == 0) {
        ready.push_back(to);
      }
    }
  }
  for (std::size_t thing = 0; thing < things; ++thing) {
    std::size_t nearest = std::numeric_limits<std::size_t>::max();
    for (const std::size_t link : out[thing]) {
      nearest = std::min(nearest, depths[links[link].second]);
    }
    if (!has_way_in[thing] && !out[thing].empty()) {
      depths[thing] = nearest - 1;
    }
  }
  return depths;
}

/// Cuts rows that hold too many, and counts them from 0 without gaps.
std::vector<std::size_t> narrow_rows(const std::vector<std::size_t>& depths, std::size_t most) {
  std::vector<std::size_t> order(depths.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return depths[a] < depths[b]; });
  std::vector<std::size_t> rows(depths.size());
  std::size_t row = 0;
  std::size_t held = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && (depths[order[i]] != depths[order[i - 1]] || held == most)) {
      ++row;
      held = 0;
    }
    rows[order[i]] = row;
    ++held;
  }
  return rows;
}

/// Rows in their order, and who is linked to whom.
class Arranger {
 public:
  Arranger(std::vector<Thing>& things, const Links& links)
      : things_(things), above_(things.size()), below_(things.size()), place_(things.size()) {
    for (const auto& [from, to] : links) {
      below_[from].push_back(to);
      above_[to].push_back(from);
    }
    for (std::size_t thing = 0; thing < things.size(); ++thing) {
      rows_.resize(std::max(rows_.size(), things[thing].row + 1));
      place_[thing] = rows_[things[thing].row].size();
      rows_[things[thing].row].push_back(thing);
    }
  }

  void arrange() {
    for (int round = 0; round < kRounds; ++round) {
      order_towards(above_, true);
      order_towards(below_, false);
    }
    order_towards(above_, true);
    for (auto& row : rows_) {
      pack(row);
    }
    for (int round = 0; round < kRounds; ++round) {
      shift_towards(above_, true);
      shift_towards(below_, false);
    }
    shift_towards(above_, true);
    move_to_zero();
  }

 private:
  static constexpr int kRounds = 4;
  using Neighbours = std::vector<std::vector<std::size_t>>;

  template <class Each>
  void each_row(bool is_downwards, Each each) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      each(rows_[is_downwards ? i : rows_.size() - 1 - i]);
    }
  }

  /// Sorts each row by the mean place of its neighbours; who has none stays where it is.
  void order_towards(const Neighbours& neighbours, bool is_downwards) {
    each_row(is_downwards, [&](std::vector<std::size_t>& row) {
      std::vector<std::pair<double, std::size_t>> keyed;
      for (const std::size_t thing : row) {
        double sum = 0;
        for (const std::size_t other : neighbours[thing]) {
          sum += share_of_row(other);
        }
        const auto count = static_cast<double>(neighbours[thing].size());
        keyed.emplace_back(count > 0 ? sum / count : share_of_row(thing), thing);
      }
      std::stable_sort(keyed.begin(), keyed.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = keyed[i].second;
        place_[row[i]] = i;
      }
    });
  }

  /// Where in its row a thing stands, from 0 to 1.
  [[nodiscard]] double share_of_row(std::size_t thing) const {
    return (static_cast<double>(place_[thing]) + 0.5) /
           static_cast<double>(rows_[things_[thing].row].size());
  }

  [[nodiscard]] int gap(std::size_t left, std::size_t right) const {
    return things_[left].is_corridor && things_[right].is_corridor ? kCorridorGap : kNodeGap;
  }

  void pack(const std::vector<std::size_t>& row) {
    int x = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      x += i > 0 ? gap(row[i - 1], row[i]) : 0;
      things_[row[i]].x = x;
      x += things_[row[i]].width;
    }
    for (const std::size_t thing : row) {
      things_[thing].x -= x / 2;
    }
  }

  [[nodiscard]] int middle(std::size_t thing) const {
    return things_[thing].x + things_[thing].width / 2;
  }

  /// Where a thing would like its left edge.
  [[nodiscard]] int wished_x(std::size_t thing, const Neighbours& neighbours) const {
    if (neighbours[thing].empty()) {
      return things_[thing].x;
    }
    std::int64_t sum = 0;
    for (const std::size_t other : neighbours[thing]) {
      sum += middle(other);
    }
    return static_cast<int>(sum / static_cast<std::int64_t>(neighbours[thing].size())) -
           things_[thing].width / 2;
  }

  /// Things that stand side by side because each would stand in the other's way.
  struct Block {
    std::int64_t sum = 0;  ///< of wishes, less what stands before each
    std::int64_t count = 0;
    std::size_t things = 0;
    [[nodiscard]] std::int64_t mean() const {
      return sum >= 0 ? sum / count : -((-sum + count - 1) / count);
    }
  };

  void shift_towards(const Neighbours& neighbours, bool is_downwards) {
    each_row(is_downwards, [&](const std::vector<std::size_t>& row) { shift(row, neighbours); });
  }

  void shift(const std::vector<std::size_t>& row, const Neighbours& neighbours) {
    std::vector<Block> blocks;
    std::vector<std::int64_t> before;  // what a thing stands behind the row's first one at least
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      offset += i > 0 ? things_[row[i - 1]].width + gap(row[i - 1], row[i]) : 0;
      before.push_back(offset);
      // A corridor weighs more, so that lines are straight.
      const std::int64_t weight = things_[row[i]].is_corridor ? 4 : 1;
      Block block{weight * (wished_x(row[i], neighbours) - offset), weight, 1};
      while (!blocks.empty() && blocks.back().mean() >= block.mean()) {
        block = {block.sum + blocks.back().sum, block.count + blocks.back().count,
                 block.things + blocks.back().things};
        blocks.pop_back();
      }
      blocks.push_back(block);
    }
    std::size_t at = 0;
    for (const Block& block : blocks) {
      for (std::size_t i = 0; i < block.things; ++i, ++at) {
        things_[row[at]].x = static_cast<int>(block.mean() + before[at]);
      }
    }
  }

  void move_to_zero() {
    int least = std::numeric_limits<int>::max();
    for (const Thing& thing : things_) {
      least = std::min(least, thing.x);
    }
    for (Thing& thing : things_) {
      thing.x -= least;
    }
  }

  std::vector<Thing>& things_;
  Neighbours above_;
  Neighbours below_;
  std::vector<std::size_t> place_;  ///< within the row
  std::vector<std::vector<std::size_t>> rows_;
};

}  // namespace

Ranking rank(std::size_t things, const Links& links, std::size_t most) {
  Ranking ranking;
  ranking.is_turned = LoopCutter(things, links).cut();
  Links downward = links;
  std::vector<bool> is_linked(things);
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (ranking.is_turned[i]) {
      std::swap(downward[i].first, downward[i].second);
    }
    is_linked[links[i].first] = is_linked[links[i].second] = true;
  }
  std::vector<std::size_t> depths = depths_of(things, downward);
  for (std::size_t thing = 0; thing < things; ++thing) {
    if (!is_linked[thing]) {
      depths[thing] = things;
    }
  }
  ranking.rows = narrow_rows(depths, most);
  return ranking;
}

void arrange(std::vector<Thing>& things, const Links& links) {
  Arranger(things, links).arrange();
}

}  // namespace outlast::picture
