#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/faulttree/diagram.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

/// Below which nodes that have several users and are not settled: of each node, a set of bits.
///
/// cost  a bit for each node and each node with several users; where that is too much, not known
class Common {
 public:
  explicit Common(const Formula& formula);

  [[nodiscard]] bool is_known() const { return is_known_; }
  [[nodiscard]] std::span<const std::uint64_t> of(Formula::Node node) const {
    return std::span(sets_).subspan(node * words_, words_);
  }

  /// Children first. What is settled has nothing in common with anything.
  void set(const Formula& formula, Formula::Node node, const Bounds& bounds);

 private:
  std::vector<std::size_t> bit_of_;
  std::size_t words_ = 0;
  bool is_known_ = false;
  std::vector<std::uint64_t> sets_;
};

/// Inputs of one gate, put into groups that have nothing in common; used for gate after gate.
class Groups {
 public:
  using Join = Bounds (*)(std::span<const Bounds>);

  void begin(Join within);

  /// in  common  what the input may have in common with others
  void add(std::span<const std::uint64_t> common, const Bounds& bounds);

  [[nodiscard]] std::span<const Bounds> bounds() const { return bounds_; }

 private:
  [[nodiscard]] std::span<std::uint64_t> set(std::size_t group, std::size_t words) {
    return std::span(sets_).subspan(group * words, words);
  }

  Join within_ = nullptr;
  std::vector<Bounds> bounds_;       ///< by group
  std::vector<std::uint64_t> sets_;  ///< of each group, one after the other
};

}  // namespace outlast::engines::faulttree
