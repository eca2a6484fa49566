// A better order of the variables for diagrams that are already there.
//
// Problem: orders are chosen before anything is known of the diagrams. One variable in the wrong place
//   may double what is above it.
// Example: any(all(a, b), all(c, d)) asked a, c, b, d has six decisions; moving b next to a, four.
// Formulation: two neighbouring levels x, y can change places without touching any other:
//     x ? (y ? f11 : f10) : (y ? f01 : f00)  =  y ? (x ? f11 : f01) : (x ? f10 : f00).
//   The node keeps its index, so that whoever refers to it needs not be told.
// Method: the variable with most nodes first, each is moved down and up through all levels, while the
//   diagrams do not outgrow kMostGrowth times the best, and put where they were smallest. Nodes carry
//   how often they are referred to; one that nobody refers to is gone at once. Equal nodes are found by
//   a hash table per variable.
// Why it ends: a fixed number of rounds over the variables, and `work`.
// Limits: moves one variable at a time; groups that only help together are not found.
// Source: Rudell 1993, Dynamic variable ordering for ordered binary decision diagrams.

#include "engines/faulttree/sifting.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>
#include <vector>

namespace outlast::engines::faulttree {

namespace {

constexpr double kMostGrowth = 1.1;    ///< on the way of one variable
constexpr double kWorthARound = 0.95;  ///< another round only where the last one saved more
constexpr int kMostRounds = 4;
constexpr std::size_t kFewestChains = 4;

class Sifter {
 public:
  Sifter(const NodeGraph& graph, std::span<const std::uint32_t> roots, std::size_t levels,
         std::size_t work)
      : at_(levels), level_of_(levels), tables_(levels), work_(work) {
    std::iota(at_.begin(), at_.end(), 0U);
    std::iota(level_of_.begin(), level_of_.end(), 0U);
    items_.resize(kFirstInner, {kLeafLevel, 0, 0, 1, 0});
    std::vector<std::uint32_t> renamed(graph.nodes.size());
    renamed[kTrue] = kTrue;
    for (std::size_t i = kFirstInner; i < graph.nodes.size(); ++i) {
      const Node& node = graph.nodes[i];
      renamed[i] = make(node.level, renamed[node.low], renamed[node.high]);
    }
    for (const std::uint32_t root : roots) {
      roots_.push_back(renamed[root]);
      refer(renamed[root]);
    }
    for (std::size_t i = graph.nodes.size(); i-- > kFirstInner;) {
      release(renamed[i]);  // what making it counted
    }
  }

  void run() {
    for (int round = 0; round < kMostRounds; ++round) {
      const std::size_t before = size_;
      std::vector<std::uint32_t> variables(at_);
      std::sort(variables.begin(), variables.end(), [&](std::uint32_t a, std::uint32_t b) {
        const std::size_t of_a = tables_[a].count, of_b = tables_[b].count;
        return of_a != of_b ? of_a > of_b : a < b;
      });
      for (const std::uint32_t variable : variables) {
        if (done_ >= work_) {
          return;
        }
        place(variable);
      }
      if (static_cast<double>(size_) > kWorthARound * static_cast<double>(before)) {
        return;
      }
    }
  }

  /// By new level: the old one.
  [[nodiscard]] const std::vector<std::uint32_t>& order() const { return at_; }

  [[nodiscard]] NodeGraph extract(std::span<std::uint32_t> roots) const {
    NodeGraph out{{{kLeafLevel, kFalse, kFalse}, {kLeafLevel, kTrue, kTrue}}, kFalse};
    std::vector<std::uint32_t> renamed(items_.size());
    renamed[kTrue] = kTrue;
    for (auto level = static_cast<std::uint32_t>(at_.size()); level-- > 0;) {
      for (std::uint32_t node : tables_[at_[level]].heads) {
        for (; node != 0; node = items_[node].next) {
          renamed[node] = static_cast<std::uint32_t>(out.nodes.size());
          out.nodes.push_back({level, renamed[items_[node].low], renamed[items_[node].high]});
        }
      }
    }
    for (std::size_t i = 0; i < roots.size(); ++i) {
      roots[i] = renamed[roots_[i]];
    }
    return out;
  }

 private:
  struct Item {
    std::uint32_t variable;  ///< the level it had at first; kLeafLevel: a leaf
    std::uint32_t low;
    std::uint32_t high;
    std::uint32_t references;
    std::uint32_t next;  ///< in its chain of the table; 0: none
  };
  /// The nodes of one variable.
  struct Table {
    std::vector<std::uint32_t> heads = std::vector<std::uint32_t>(kFewestChains, 0);
    std::size_t count = 0;
  };

  static std::size_t slot_of(const Table& table, std::uint32_t low, std::uint32_t high) {
    const std::uint64_t hash = (low * 0x9e3779b97f4a7c15U) ^ (high * 0xbf58476d1ce4e5b9U);
    return (hash ^ (hash >> 32U)) & (table.heads.size() - 1);
  }

  void refer(std::uint32_t node) { ++items_[node].references; }

  /// One reference less; what nobody refers to is taken out, and what only it referred to.
  void release(std::uint32_t node) {
    doomed_.push_back(node);
    while (!doomed_.empty()) {
      const std::uint32_t at = doomed_.back();
      doomed_.pop_back();
      if (at < kFirstInner || --items_[at].references > 0) {
        continue;
      }
      unlink(at);
      doomed_.push_back(items_[at].low);
      doomed_.push_back(items_[at].high);
      free_.push_back(at);
      --size_;
    }
  }

  void unlink(std::uint32_t node) {
    Table& table = tables_[items_[node].variable];
    std::uint32_t* at = &table.heads[slot_of(table, items_[node].low, items_[node].high)];
    while (*at != node) {
      at = &items_[*at].next;
    }
    *at = items_[node].next;
    --table.count;
  }

  void link(std::uint32_t node) {
    Table& table = tables_[items_[node].variable];
    if (++table.count > table.heads.size()) {
      resize(table, table.heads.size() * 2);
    }
    std::uint32_t& head = table.heads[slot_of(table, items_[node].low, items_[node].high)];
    items_[node].next = head;
    head = node;
  }

  void resize(Table& table, std::size_t chains) {
    std::vector<std::uint32_t> old(chains, 0);
    old.swap(table.heads);
    for (std::uint32_t node : old) {
      while (node != 0) {
        const std::uint32_t next = items_[node].next;
        std::uint32_t& head = table.heads[slot_of(table, items_[node].low, items_[node].high)];
        items_[node].next = head;
        head = node;
        node = next;
      }
    }
  }

  /// The node with these parts, referred to once more.
  std::uint32_t make(std::uint32_t variable, std::uint32_t low, std::uint32_t high) {
    if (low == high) {
      refer(low);
      return low;
    }
    const Table& table = tables_[variable];
    for (std::uint32_t at = table.heads[slot_of(table, low, high)]; at != 0; at = items_[at].next) {
      if (items_[at].low == low && items_[at].high == high) {
        refer(at);
        return at;
      }
    }
    auto made = static_cast<std::uint32_t>(items_.size());
    if (free_.empty()) {
      items_.emplace_back();
    } else {
      made = free_.back();
      free_.pop_back();
    }
    items_[made] = {variable, low, high, 1, 0};
    refer(low);
    refer(high);
    link(made);
    ++size_;
    return made;
  }

  /// A node seen from `y`: what is left where y is 0, and where it is 1.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> by(std::uint32_t y,
                                                           std::uint32_t node) const {
    const Item& item = items_[node];
    return item.variable == y ? std::pair(item.low, item.high) : std::pair(node, node);
  }

  /// Levels `level` and the next one change places.
  void swap(std::uint32_t level) {
    const std::uint32_t x = at_[level], y = at_[level + 1];
    // A variable has had many nodes where it came from: walking empty chains costs as much as nodes.
    const std::size_t wanted = std::max(kFewestChains, std::bit_ceil(tables_[x].count));
    if (tables_[x].heads.size() > 2 * wanted) {
      resize(tables_[x], wanted);
    }
    moved_.clear();
    for (std::uint32_t node : tables_[x].heads) {
      for (; node != 0; node = items_[node].next) {
        if (items_[items_[node].low].variable == y || items_[items_[node].high].variable == y) {
          moved_.push_back(node);
        }
      }
    }
    done_ += 1 + tables_[x].count + moved_.size();
    for (const std::uint32_t node : moved_) {
      unlink(node);
    }
    for (const std::uint32_t node : moved_) {
      const std::uint32_t low = items_[node].low, high = items_[node].high;
      const auto [low0, low1] = by(y, low);
      const auto [high0, high1] = by(y, high);
      const std::uint32_t of0 = make(x, low0, high0);
      const std::uint32_t of1 = make(x, low1, high1);
      items_[node].variable = y;
      items_[node].low = of0;
      items_[node].high = of1;
      link(node);
      release(low);
      release(high);
    }
    std::swap(at_[level], at_[level + 1]);
    level_of_[x] = level + 1;
    level_of_[y] = level;
  }

  /// Moves a variable one level down or up.
  void step(std::uint32_t variable, bool down) {
    swap(down ? level_of_[variable] : level_of_[variable] - 1);
  }

  /// As far as it goes in one direction, or until all has grown too much; notes the best place.
  void explore(std::uint32_t variable, bool down, std::size_t& least, std::uint32_t& best) {
    const auto last = static_cast<std::uint32_t>(at_.size() - 1);
    while (level_of_[variable] != (down ? last : 0) && done_ < work_) {
      step(variable, down);
      if (size_ < least) {
        least = size_;
        best = level_of_[variable];
      }
      if (static_cast<double>(size_) > kMostGrowth * static_cast<double>(least)) {
        return;
      }
    }
  }

  void place(std::uint32_t variable) {
    std::size_t least = size_;
    std::uint32_t best = level_of_[variable];
    const bool down_first = best >= at_.size() / 2;  // the nearer end
    explore(variable, down_first, least, best);
    explore(variable, !down_first, least, best);
    while (level_of_[variable] != best) {
      step(variable, level_of_[variable] < best);
    }
  }

  std::vector<Item> items_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> roots_;
  std::vector<std::uint32_t> at_;        ///< variable by level
  std::vector<std::uint32_t> level_of_;  ///< by variable
  std::vector<Table> tables_;            ///< by variable
  std::size_t size_ = 0;                 ///< nodes that somebody refers to
  std::size_t work_;
  std::size_t done_ = 0;
  std::vector<std::uint32_t> doomed_, moved_;  ///< in use within one call only
};

}  // namespace

NodeGraph sift(const NodeGraph& graph, std::span<std::uint32_t> roots, VariableOrder& order,
               std::size_t work) {
  Sifter sifter(graph, roots, order.size(), work);
  sifter.run();
  VariableOrder moved;
  for (const std::uint32_t level : sifter.order()) {
    moved.push_back(order[level]);
  }
  order = std::move(moved);
  return sifter.extract(roots);
}

}  // namespace outlast::engines::faulttree
