// Variable order by separators.
//
// Problem: an architecture is many groups that would be independent, were it not for the zones,
//   regions and services they share. Asked group by group, the diagram remembers for each shared
//   thing what is left to find out; asked all at once, the shared things of twenty regions
//   multiply, though no group uses those of two.
// Example: any of (groups of region 1, groups of region 2), each with zones of its own: the zones
//   of region 1, the groups of region 1, the zones of region 2, the groups of region 2.
// Formulation: a part is a set of formula nodes that hang together by "is input of". Its roots
//   are its nodes without users in it; a node with two users in it is shared.
// Method: begin with the whole formula.
//   nothing shared   a tree: depth first;
//   one root         open it: without the root the part may fall apart; go on with each piece;
//   several roots    they are tied together by what they share. Take the shared node with the
//                    most paths from the roots; the part below it is asked first (as a part of
//                    its own), and without it the rest may fall apart.
//   Few roots may share many things that are all alike, like three replicas that reach the world
//   through any of 24 core groups. Asking the 24 first has 2^24 outcomes to remember; asking after
//   each what every replica has of its own above it, and nowhere else, has 2^3. So where what is
//   shared alike is more than the users of the node taken, users with nothing shared left are
//   asked next.
// Why it ends: every step takes at least one node out of a part. A step costs as much as the part
//   has nodes and inputs; where the sum exceeds kMaxPasses times the formula, the parts that
//   remain are asked depth first, so that long chains do not cost their square.
// Limits: greedy. A shared thing with many paths but no power to separate comes too early.
// Source: nested dissection (George 1973) carried over to formulas; ours.

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "engines/faulttree/variable_order.h"

namespace outlast::engines::faulttree {

namespace {

using Node = Formula::Node;
using Part = std::vector<Node>;  ///< users before inputs, so by falling index

class SeparatorOrder {
 public:
  explicit SeparatorOrder(const Formula& formula)
      : formula_(formula),
        descent_(formula),
        uses_(formula),
        part_of_(formula.size(), 0),
        users_(formula.size(), 0),
        paths_(formula.size(), 0.0),
        joined_(formula.size()),
        piece_of_(formula.size()) {}

  VariableOrder run() {
    Part whole(formula_.size());
    std::iota(whole.rbegin(), whole.rend(), Node{0});
    work_left_ = kMaxPasses * work_of(whole);
    waiting_.push_back(std::move(whole));
    while (!waiting_.empty()) {
      const Part part = std::move(waiting_.back());
      waiting_.pop_back();
      order(part);
    }
    return std::move(order_);
  }

 private:
  static constexpr std::size_t kMaxPasses = 64;
  static constexpr std::uint32_t kNoPart = 0;

  /// What one step on a part finds out about it.
  struct Shape {
    std::vector<Node> roots;
    Node separator = 0;
    bool is_shared = false;
    bool interleaves = false;
  };

  void order(const Part& part) {
    ++serial_;
    for (Node node : part) {
      part_of_[node] = serial_;
    }
    const std::size_t work = work_of(part);
    const Shape shape = shape_of(part);
    if (!shape.is_shared || work > work_left_) {
      walk(shape.roots);
      return;
    }
    work_left_ -= work;
    if (shape.roots.size() == 1) {
      part_of_[part.front()] = kNoPart;
      split(rest_of(part));
      return;
    }
    Part below = take_below(shape.separator);
    Part finished = shape.interleaves ? take_finished(below) : Part{};
    split(rest_of(part));
    push(std::move(finished));
    push(std::move(below));
  }

  void push(Part part) {
    if (!part.empty()) {
      waiting_.push_back(std::move(part));
    }
  }

  [[nodiscard]] bool in_part(Node node) const { return part_of_[node] == serial_; }

  [[nodiscard]] std::size_t work_of(const Part& part) const {
    std::size_t work = part.size();
    for (Node node : part) {
      work += formula_.inputs(node).size();
    }
    return work;
  }

  Shape shape_of(const Part& part) {
    for (Node node : part) {
      users_[node] = 0;
      paths_[node] = 0.0;
    }
    Shape shape;
    double most = 0.0;
    for (Node node : part) {
      if (users_[node] == 0) {
        shape.roots.push_back(node);
        paths_[node] = 1.0;
      } else if (users_[node] > 1 && paths_[node] >= most) {
        shape.is_shared = true;
        shape.separator = node;
        most = paths_[node];
      }
      for (Node input : formula_.inputs(node)) {
        if (in_part(input)) {
          ++users_[input];
          paths_[input] += paths_[node];
        }
      }
    }
    shape.interleaves = shape.is_shared && shares_more_than_users(part, shape.separator);
    return shape;
  }

  /// Whether more is shared about as much as `separator` than `separator` has users.
  [[nodiscard]] bool shares_more_than_users(const Part& part, Node separator) const {
    const auto alike = std::count_if(part.begin(), part.end(), [&](Node node) {
      return users_[node] > 1 && paths_[node] > paths_[separator] / 2;
    });
    return static_cast<std::size_t>(alike) > users_[separator];
  }

  /// Depth first within the part, in the order in which its roots were made.
  void walk(const std::vector<Node>& roots) {
    for (auto root = roots.rbegin(); root != roots.rend(); ++root) {
      descent_.walk(
          *root, [&](Node node) { return in_part(node); }, order_);
    }
  }

  [[nodiscard]] Part rest_of(const Part& part) const {
    Part rest;
    std::copy_if(part.begin(), part.end(), std::back_inserter(rest),
                 [&](Node node) { return in_part(node); });
    return rest;
  }

  /// Takes `root` and what is below it out of the part.
  Part take_below(Node root) {
    Part below{root};
    part_of_[root] = kNoPart;
    for (std::size_t next = 0; next < below.size(); ++next) {
      for (Node input : formula_.inputs(below[next])) {
        if (in_part(input)) {
          part_of_[input] = kNoPart;
          below.push_back(input);
        }
      }
    }
    std::sort(below.rbegin(), below.rend());
    return below;
  }

  /// Takes out what uses `below` and depends on nothing shared any more.
  Part take_finished(const Part& below) {
    Part finished;
    for (Node node : below) {
      for (Node user : uses_[node]) {
        if (in_part(user) && users_[user] == 1 && owns_all_below(user)) {
          const Part own = take_below(user);
          finished.insert(finished.end(), own.begin(), own.end());
        }
      }
    }
    std::sort(finished.rbegin(), finished.rend());
    return finished;
  }

  [[nodiscard]] bool owns_all_below(Node root) const {
    std::vector<Node> open{root};
    while (!open.empty()) {
      const Node node = open.back();
      open.pop_back();
      if (users_[node] > 1) {
        return false;
      }
      const auto inputs = formula_.inputs(node);
      std::copy_if(inputs.begin(), inputs.end(), std::back_inserter(open),
                   [&](Node input) { return in_part(input); });
    }
    return true;
  }

  /// Puts the pieces of what is left of a part on the stack, the smallest on top.
  void split(const Part& part) {
    join(part);
    std::vector<Part> pieces;
    for (Node node : part) {
      if (find(node) == node) {
        piece_of_[node] = pieces.size();
        pieces.emplace_back();
      }
    }
    for (Node node : part) {
      pieces[piece_of_[find(node)]].push_back(node);
    }
    std::stable_sort(pieces.begin(), pieces.end(),
                     [](const Part& a, const Part& b) { return a.size() > b.size(); });
    std::move(pieces.begin(), pieces.end(), std::back_inserter(waiting_));
  }

  void join(const Part& part) {
    for (Node node : part) {
      joined_[node] = node;
    }
    for (Node node : part) {
      for (Node input : formula_.inputs(node)) {
        if (in_part(input)) {
          joined_[find(input)] = find(node);
        }
      }
    }
  }

  Node find(Node node) {
    while (joined_[node] != node) {
      joined_[node] = joined_[joined_[node]];
      node = joined_[node];
    }
    return node;
  }

  const Formula& formula_;
  Descent descent_;
  Users uses_;
  VariableOrder order_;
  std::vector<Part> waiting_;  ///< the next one last
  std::size_t work_left_ = 0;
  std::uint32_t serial_ = kNoPart;
  std::vector<std::uint32_t> part_of_;  ///< serial of the part a node is in while it is worked on
  std::vector<std::uint32_t> users_;
  std::vector<double> paths_;
  std::vector<Node> joined_;  ///< union-find
  std::vector<std::size_t> piece_of_;
};

}  // namespace

VariableOrder separator_order(const Formula& formula) {
  return SeparatorOrder(formula).run();
}

}  // namespace outlast::engines::faulttree
