#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/faulttree/conditioning.h"
#include "engines/faulttree/distribution.h"

namespace outlast::engines::faulttree {

enum class Truth : std::uint8_t { open, yes, no };

/// A case in which nothing open has two users: its probability is one pass up, and how that changes
/// with each variable one pass down, the chain rule from the top to the leaves.
class CaseTree {
 public:
  explicit CaseTree(const Conditioning& about);

  /// in   is_open  by item: does it matter, and is it undecided?
  ///      truth    by item
  ///      p        by variable
  double value(const std::vector<bool>& is_open, std::span<const Truth> truth,
               std::span<const double> p);

  /// Adds `times` how the value last asked for changes with p.
  void add_slopes(double times, std::span<double> slope);

  /// Places of the distributions that were worked out for the last value.
  [[nodiscard]] std::size_t work() const { return work_; }

 private:
  using Kind = Conditioning::Kind;
  using Item = Conditioning::Item;

  /// Members of a group that follow one another and are alike.
  struct Run {
    Distribution one;
    std::size_t first = 0;
    std::size_t times = 0;
  };
  struct Slopes {
    std::vector<double> of_value;         ///< by item
    std::vector<Distribution> of_number;  ///< by item; empty: none
  };

  [[nodiscard]] double value_of(const Item& item, std::span<const double> p) const;
  void count(std::size_t group);
  [[nodiscard]] double guarded(const Item& group) const;
  [[nodiscard]] std::vector<Run> runs_of(const Item& group) const;
  void pass_down(const Item& item, double slope, Slopes& slopes) const;
  void pass_down_group(std::size_t group, Slopes& slopes) const;
  void pass_down_members(std::size_t group, Distribution slope, Slopes& slopes) const;

  const Conditioning& about_;
  std::vector<std::uint32_t> most_;  ///< by item: how many a group's users count
  std::vector<bool> is_open_;
  std::vector<double> value_;
  std::vector<Distribution> sum_;     ///< by group: how many members are true, guards left out
  std::vector<Distribution> number_;  ///< by group
  std::size_t work_ = 0;
};

}  // namespace outlast::engines::faulttree
