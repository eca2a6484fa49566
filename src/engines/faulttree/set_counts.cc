// Counting cut sets over modules.
//
// Problem: 10^20 cut sets lie in small diagrams, one per module; how many are there of each order?
// Formulation: the sets of a module are a polynomial, coefficient k counting those of k variables. At
//   a node it is that of the low part plus that of the high part times x, or times the polynomial
//   of the module that the level stands for.
// Method: one pass up over all modules. What is used for the last time is not copied but changed: a
//   product with x only renames the orders, a sum costs what the shorter one has. So a chain of n gates,
//   each a module, whose polynomials have n²/4 coefficients together, takes n steps and places.
// Why it ends: one pass. Past the work the count begins again with a quarter of the orders, down to
//   none; each time it takes the work at most.
// Limits: in general steps grow with the square of the orders.
// Source: generating functions, as in any text; ours in that they are moved.

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "engines/faulttree/families.h"

namespace outlast::engines::faulttree {

namespace {

constexpr std::size_t kMost = std::numeric_limits<std::size_t>::max();

std::size_t saturated_sum(std::size_t a, std::size_t b) {
  return a > kMost - b ? kMost : a + b;
}
std::size_t saturated_product(std::size_t a, std::size_t b) {
  return b != 0 && a > kMost / b ? kMost : a * b;
}

/// Counts from the highest order down, so that lower ones come in at the end.
class Polynomial {
 public:
  Polynomial() = default;
  explicit Polynomial(std::size_t order) : highest_(order), counts_(1, 1) {}

  [[nodiscard]] bool is_zero() const { return size() == 0; }
  [[nodiscard]] std::size_t size() const { return counts_.size() - left_out_; }
  [[nodiscard]] std::size_t highest() const { return highest_; }
  [[nodiscard]] std::size_t lowest() const { return highest_ + 1 - size(); }
  [[nodiscard]] std::size_t of(std::size_t order) const {
    return counts_[left_out_ + highest_ - order];
  }

  /// Times x^by, without what is beyond `max_order`.
  void raise(std::size_t by, std::size_t max_order) {
    highest_ += by;
    const std::size_t beyond = std::min(size(), highest_ - std::min(highest_, max_order));
    left_out_ += beyond;
    highest_ -= beyond;
    if (is_zero()) {
      *this = {};
    }
  }

  /// cost  the size of `other`, and what lies between the two
  void add(const Polynomial& other) {
    counts_.resize(left_out_ + highest_ - std::min(lowest(), other.lowest()) + 1);
    for (std::size_t order = other.lowest(); order <= other.highest(); ++order) {
      std::size_t& count = counts_[left_out_ + highest_ - order];
      count = saturated_sum(count, other.of(order));
    }
  }

  [[nodiscard]] Polynomial times(std::size_t factor) const {
    Polynomial out = *this;
    for (std::size_t& count : out.counts_) {
      count = saturated_product(count, factor);
    }
    return out;
  }

  [[nodiscard]] std::vector<std::size_t> by_order() const {
    std::vector<std::size_t> all(is_zero() ? 0 : highest_ + 1);
    for (std::size_t order = all.empty() ? 0 : lowest(); order < all.size(); ++order) {
      all[order] = of(order);
    }
    return all;
  }

 private:
  std::size_t highest_ = 0;
  std::size_t left_out_ = 0;  ///< of the first counts
  std::vector<std::size_t> counts_;
};

/// One attempt, with a limit on the order.
class Counter {
 public:
  Counter(const Families& families, std::size_t max_order, std::size_t work)
      : families_(families),
        max_order_(max_order),
        work_(work),
        of_module_(families.of_module.size()),
        uses_of_module_(families.of_module.size()) {
    for (const Family& family : families.of_module) {
      for (std::size_t i = kFirstInner; i < family.sets.nodes.size(); ++i) {
        const std::size_t module = module_of(family, family.sets.nodes[i]);
        if (module != kMost) {
          ++uses_of_module_[module];
        }
      }
    }
    ++uses_of_module_.back();
  }

  std::optional<std::vector<std::size_t>> run() {
    for (std::size_t module = 0; module < of_module_.size(); ++module) {
      count(families_.of_module[module]);
      of_module_[module] = take(of_node_, uses_of_node_, families_.of_module[module].sets.root);
      places_ += of_module_[module].size();
      if (is_over_) {
        return std::nullopt;
      }
    }
    return of_module_.back().by_order();
  }

 private:
  static constexpr std::size_t kStepsPerPlace = 16;

  [[nodiscard]] std::size_t module_of(const Family& family, const Node& node) const {
    const std::size_t variable = family.order[node.level].index;
    return variable < families_.variable_count ? kMost : variable - families_.variable_count;
  }

  void count(const Family& family) {
    const std::vector<Node>& nodes = family.sets.nodes;
    of_node_.assign(nodes.size(), {});
    uses_of_node_.assign(nodes.size(), 0);
    for (std::size_t i = kFirstInner; i < nodes.size(); ++i) {
      ++uses_of_node_[nodes[i].low];
      ++uses_of_node_[nodes[i].high];
    }
    ++uses_of_node_[family.sets.root];
    of_node_[kTrue] = Polynomial(0);
    for (std::size_t i = kFirstInner; i < nodes.size() && !is_over_; ++i) {
      const std::size_t module = module_of(family, nodes[i]);
      Polynomial high = take(of_node_, uses_of_node_, nodes[i].high);
      if (module == kMost) {
        high.raise(high.is_zero() ? 0 : 1, max_order_);
      } else {
        high = product(std::move(high), take(of_module_, uses_of_module_, module));
      }
      of_node_[i] = sum(std::move(high), take(of_node_, uses_of_node_, nodes[i].low));
      places_ += of_node_[i].size();
    }
  }

  /// A copy, or where nobody else will ask the thing itself.
  Polynomial take(std::vector<Polynomial>& from, std::vector<std::uint32_t>& uses, std::size_t i) {
    work(1);
    if (--uses[i] == 0) {
      places_ -= std::min(places_, from[i].size());
      return std::exchange(from[i], {});
    }
    work(from[i].size());
    return from[i];
  }

  Polynomial sum(Polynomial a, Polynomial b) {
    if (a.is_zero() || b.is_zero()) {
      return a.is_zero() ? b : a;
    }
    if (a.highest() < b.highest()) {
      std::swap(a, b);
    }
    work(b.size() + a.lowest() - std::min(a.lowest(), b.lowest()));
    a.add(b);
    return a;
  }

  Polynomial product(Polynomial a, Polynomial b) {
    if (a.is_zero() || b.is_zero()) {
      return {};
    }
    if (a.size() < b.size()) {
      std::swap(a, b);
    }
    if (b.size() == 1 && b.of(b.highest()) == 1) {
      a.raise(b.highest(), max_order_);
      return a;
    }
    Polynomial out;
    for (std::size_t i = b.highest() + 1; i-- > b.lowest() && !is_over_;) {
      if (b.of(i) > 0) {
        work(a.size());
        Polynomial term = a.times(b.of(i));
        term.raise(i, max_order_);
        out = sum(std::move(out), std::move(term));
      }
    }
    return out;
  }

  void work(std::size_t steps) {
    steps_ += steps;
    is_over_ = is_over_ || steps_ > work_ || places_ > work_ / kStepsPerPlace;
  }

  const Families& families_;
  std::size_t max_order_;
  std::size_t work_;
  std::size_t steps_ = 0;
  std::size_t places_ = 0;  ///< of all polynomials that are kept
  bool is_over_ = false;
  std::vector<Polynomial> of_module_;
  std::vector<Polynomial> of_node_;
  std::vector<std::uint32_t> uses_of_module_;
  std::vector<std::uint32_t> uses_of_node_;
};

/// How many variables the longest set has.
std::size_t longest_set(const Families& families) {
  std::vector<std::size_t> of_module;
  for (const Family& family : families.of_module) {
    std::vector<std::size_t> longest(family.sets.nodes.size());
    for (std::size_t i = kFirstInner; i < longest.size(); ++i) {
      const Node& node = family.sets.nodes[i];
      const std::size_t variable = family.order[node.level].index;
      const std::size_t own =
          variable < families.variable_count ? 1 : of_module[variable - families.variable_count];
      longest[i] = std::max(longest[node.low], longest[node.high] + own);
    }
    of_module.push_back(longest[family.sets.root]);
  }
  return of_module.back();
}

}  // namespace

std::size_t size_of(const Families& families) {
  std::size_t sum = 0;
  for (const Family& family : families.of_module) {
    sum += family.sets.nodes.size();
  }
  return sum;
}

SetCounts count_by_order(const Families& families, std::size_t max_order, std::size_t work) {
  constexpr std::size_t kFewer = 4;
  for (;;) {
    if (auto counts = Counter(families, max_order, work).run()) {
      return {std::move(*counts), max_order};
    }
    if (max_order == 0) {
      return {};
    }
    max_order = std::min(max_order, longest_set(families)) / kFewer;
  }
}

}  // namespace outlast::engines::faulttree
