#pragma once

#include <cstddef>
#include <vector>

#include "engines/faulttree/node_table.h"

namespace outlast::engines::faulttree {

/// without(A, B) for families of which no set contains another of the same family.
class Without {
 public:
  explicit Without(NodeTable& nodes) : nodes_(nodes) {}

  /// Meaningless once the table is exhausted.
  std::uint32_t operator()(std::uint32_t a, std::uint32_t b) {
    open_.clear();
    Pair wanted{a, b, 0};
    std::uint32_t value = kFalse;
    while (!nodes_.exhausted()) {
      if (!find(wanted, value)) {
        wanted = begin(wanted);
        continue;
      }
      while (!open_.empty() && open_.back().is_last) {
        value = finish(value);
      }
      if (open_.empty()) {
        return value;
      }
      wanted = go_on(open_.back(), value);
    }
    return kFalse;
  }

 private:
  using Pair = ComputedTable::Key;
  /// Many pairs meet of few families: with a place for each node most answers would be lost again.
  static constexpr std::size_t kResultsPerNode = 8;
  struct Frame {
    Pair pair;
    std::uint32_t level_a;
    std::uint32_t level_b;
    std::uint32_t high = kFalse;
    bool has_high = false;  ///< `high` lacks only what B's low part takes out
    bool is_last = false;   ///< the next value is the low part
  };

  /// True where the answer needs no work.
  bool find(const Pair& pair, std::uint32_t& value) const {
    if (pair.a == kFalse || pair.b == kFalse) {
      value = pair.a;
    } else if (pair.b == kTrue || pair.a == pair.b) {
      value = kFalse;
    } else if (pair.a == kTrue) {
      value = kTrue;  // only the empty set is in the empty set, and B is not the family of it
    } else {
      return computed_.find(pair, value);
    }
    return true;
  }

  /// Opens a pair and returns what is to be known first.
  Pair begin(const Pair& pair) {
    nodes_.count_step();
    Frame frame{pair, nodes_[pair.a].level, nodes_[pair.b].level};
    if (frame.level_b <
        frame.level_a) {  // no set of A has the variable: what B has with it is idle
      frame.is_last = true;
      open_.push_back(frame);
      return {pair.a, nodes_[pair.b].low, 0};
    }
    frame.has_high = frame.level_a < frame.level_b;
    open_.push_back(frame);
    return {nodes_[pair.a].high, frame.has_high ? pair.b : nodes_[pair.b].high, 0};
  }

  /// Takes `value`, for which the frame was waiting, and returns what it waits for next.
  Pair go_on(Frame& frame, std::uint32_t value) const {
    const std::uint32_t b =
        frame.level_a == frame.level_b ? nodes_[frame.pair.b].low : frame.pair.b;
    if (!frame.has_high) {
      frame.has_high = true;
      return {value, b, 0};
    }
    frame.high = value;
    frame.is_last = true;
    return {nodes_[frame.pair.a].low, b, 0};
  }

  std::uint32_t finish(std::uint32_t low) {
    const Frame frame = open_.back();
    open_.pop_back();
    const std::uint32_t value =
        frame.high == kFalse ? low : nodes_.make(frame.level_a, low, frame.high);
    computed_.fit(kResultsPerNode * nodes_.size());
    computed_.put(frame.pair, value);
    return value;
  }

  NodeTable& nodes_;
  ComputedTable computed_;
  std::vector<Frame> open_;
};

}  // namespace outlast::engines::faulttree
