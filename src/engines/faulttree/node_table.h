#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace outlast::engines::faulttree {

/// One decision: `high` where the variable of `level` has happened, else `low`.
/// Levels grow downwards; the two leaves have the level below all others.
struct Node {
  std::uint32_t level;
  std::uint32_t low;
  std::uint32_t high;
  bool operator==(const Node&) const = default;
};

/// The leaves: false and true of a decision diagram;
/// no set and only the empty set of a diagram of sets.
constexpr std::uint32_t kFalse = 0;
constexpr std::uint32_t kTrue = 1;
constexpr std::uint32_t kFirstInner = 2;
constexpr std::uint32_t kLeafLevel = std::numeric_limits<std::uint32_t>::max();

/// A finished diagram: only what the root reaches, children before parents.
struct NodeGraph {
  std::vector<Node> nodes;
  std::uint32_t root = kFalse;
};

/// All nodes under construction, each once; children always before parents.
///
/// cost    12 bytes a node and 8 to 16 for the table that finds it; `make` is O(1) expected
/// limits  makes at most `budget` nodes; after that it is exhausted and makes nothing sensible
class NodeTable {
 public:
  explicit NodeTable(std::size_t budget);

  /// The node with these parts. The caller has applied his reduction rule.
  std::uint32_t make(std::uint32_t level, std::uint32_t low, std::uint32_t high);

  [[nodiscard]] const Node& operator[](std::uint32_t node) const { return nodes_[node]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] std::size_t made() const { return nodes_.size() - kFirstInner; }
  [[nodiscard]] std::size_t budget() const { return budget_; }
  [[nodiscard]] bool exhausted() const { return exhausted_; }
  /// Counts a step of an operation that may make no node: there may be kStepsPerNode times the
  /// budget of these, so that all work ends, whatever the computed table forgot.
  void count_step() { exhausted_ = exhausted_ || ++steps_ > kStepsPerNode * (budget_ + 1); }

  [[nodiscard]] NodeGraph extract(std::uint32_t root) const;

 private:
  static constexpr std::size_t kStepsPerNode = 16;
  void grow();

  std::size_t budget_;
  std::size_t steps_ = 0;
  bool exhausted_ = false;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> slots_;  ///< node index, or 0 for a free slot: leaves are not in it
};

/// Results of an operation on up to three nodes, not all kFalse. It may forget, and never errs.
/// cost  16 bytes an entry, about one entry a node up to kMaxEntries
class ComputedTable {
 public:
  struct Key {
    std::uint32_t a = 0, b = 0, c = 0;
    bool operator==(const Key&) const = default;
  };

  ComputedTable();
  /// True where the result is known; then it is in `result`.
  [[nodiscard]] bool find(const Key& key, std::uint32_t& result) const;
  void put(const Key& key, std::uint32_t result);
  /// Keeps pace with a diagram of `nodes` nodes.
  void fit(std::size_t nodes);

 private:
  struct Entry {
    Key key;
    std::uint32_t result = 0;
  };
  static constexpr std::size_t kMaxEntries = std::size_t{1} << 22;
  [[nodiscard]] std::size_t slot_of(const Key& key) const;

  std::vector<Entry> entries_;
};

}  // namespace outlast::engines::faulttree
