// Small cut sets, found one by one.
//
// Problem: a plant of 1,600 gates has twelve cut sets of up to four events. Its truth fits no
//   diagram, and neither do the sets of its gates, of which nearly all come to nothing further up.
// Formulation: from the top down. Some events have happened, some are left out. Where that makes
//   the formula true, they are a cut set. Else take a path set of what is left: without all of its
//   variables it stays false, so any cut set holds one of them. Take one: either it has happened,
//   or it is left out, and the rest has another path set. So the cases are disjoint, and every
//   minimal set is met once.
// Pruning: with room for r more variables only what r variables can make true matters. How many a
//   gate needs at least is known from below: of a variable what it counts as; of `any` the least;
//   of k of n the k-th least, for one of any k needs as much; of variables, which are different,
//   the sum of the k least; of `all` what its variables need together, if that is more. What needs
//   more than r is false for good. That is most of the formula, and of what is left the path sets
//   are small: the least, counted as in path_sets.cc.
// Method: depth first, and of a path set first what is used most, without which least is left.
//   Each case has the rest of the formula for itself, without what is decided and without gates of
//   one input. What is met may hold a set that was met elsewhere: it stays where the whole is
//   false without any one of its variables.
// Why it ends: each case takes from the room, or from the variables; `work` counts inputs looked at.
//   What is shared in a path set is left out one by one, until what is left counts as different
//   ones: where that alone is more than the work, as with a thousand switches, it is not begun.
// Limits: many sets are found one by one, where a diagram may hold them at once. What is shared
//   counts once in what a gate needs, never as much as it could.
// Source: Reiter 1987, a theory of diagnosis from first principles (hitting sets); ours in the
//   pruning.

#include "engines/faulttree/small_sets.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "engines/faulttree/path_sets.h"

namespace outlast::engines::faulttree {

using base::GateKind;

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kNever = kNone;  ///< needs more than there can be

/// What is left of the formula in a case; children first, the last one is the whole.
struct Rest {
  struct Item {
    std::uint32_t variable = kNone;  ///< none: a gate
    std::uint32_t missing = 0;       ///< so many more inputs make it true
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  std::vector<Item> items;
  std::vector<std::uint32_t> inputs;

  [[nodiscard]] std::span<const std::uint32_t> of(const Item& item) const {
    return std::span(inputs).subspan(item.first, item.count);
  }
  [[nodiscard]] std::size_t size() const { return items.size() + inputs.size(); }
};

/// Is the formula true where only some variables are? For sets of few of them.
class Whole {
 public:
  explicit Whole(const Formula& formula)
      : formula_(formula), users_(formula), true_inputs_(formula.size()) {}

  /// in  leaves  nodes
  bool is_true(std::span<const Formula::Node> leaves, std::size_t left_out, std::size_t& work) {
    true_.clear();
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      if (i != left_out) {
        true_.push_back(leaves[i]);
      }
    }
    counted_.clear();
    bool is_reached = false;
    for (std::size_t next = 0; next < true_.size() && !is_reached; ++next) {
      is_reached = true_[next] == formula_.top();
      for (const Formula::Node user : users_[true_[next]]) {
        counted_.push_back(user);
        if (++true_inputs_[user] == formula_.threshold(user)) {
          true_.push_back(user);
        }
      }
    }
    work += counted_.size();
    for (const Formula::Node user : counted_) {
      true_inputs_[user] = 0;
    }
    return is_reached;
  }

 private:
  const Formula& formula_;
  Users users_;
  std::vector<std::uint32_t> true_inputs_;
  std::vector<Formula::Node> true_;
  std::vector<Formula::Node> counted_;
};

class SmallSets {
 public:
  SmallSets(const Formula& formula, std::span<const std::uint32_t> least, std::size_t work)
      : formula_(formula), whole_(formula), work_(work) {
    for (Formula::Node node = 0; node < formula.size(); ++node) {
      const bool is_variable = formula.kind(node) == GateKind::variable;
      least_.push_back(is_variable ? least[formula.variable(node).index] : 0);
    }
    happened_.resize(formula.size());
    left_out_.resize(formula.size());
  }

  std::optional<std::vector<CutSet>> run(std::uint32_t room) {
    Rest all;
    for (Formula::Node node = 0; node < formula_.size(); ++node) {
      const auto inputs = formula_.inputs(node);
      const auto first = static_cast<std::uint32_t>(all.inputs.size());
      all.inputs.insert(all.inputs.end(), inputs.begin(), inputs.end());
      const bool is_variable = formula_.kind(node) == GateKind::variable;
      all.items.push_back({is_variable ? node : kNone, formula_.threshold(node), first,
                           static_cast<std::uint32_t>(inputs.size())});
    }
    go_down(all, room);
    if (used_ > work_) {
      return std::nullopt;
    }
    return std::move(sets_);
  }

 private:
  enum class State : std::uint8_t { no, yes, open };
  struct Known {
    State state = State::no;
    std::uint32_t need = kNever;
    std::uint32_t as = kNone;  ///< in the rest
  };

  /// One case: what `before` is once a variable more has happened, and `room` is left.
  void go_down(const Rest& before, std::uint32_t room) {  // NOLINT(misc-no-recursion)
    Rest rest;
    State state = reduce(before, room, rest);
    if (state == State::yes) {
      keep();
    }
    std::vector<Formula::Node> tried;
    while (state == State::open && used_ <= work_) {
      const std::vector<std::uint32_t> users = users_of(rest);
      const std::vector<std::uint32_t> path_set = least_path_set(rest);
      if (takes_too_long(rest, users, path_set)) {
        used_ = work_ + 1;
        break;
      }
      const Formula::Node leaf = most_used(rest, users, path_set);
      happened_[leaf] = true;
      chosen_.push_back(leaf);
      go_down(rest, room - least_[leaf]);
      chosen_.pop_back();
      happened_[leaf] = false;
      left_out_[leaf] = true;
      tried.push_back(leaf);
      Rest without;
      state = reduce(rest, room, without);
      rest = std::move(without);
    }
    for (const Formula::Node leaf : tried) {
      left_out_[leaf] = false;
    }
  }

  /// What is left once what has happened, is left out or needs more than `room` is decided.
  State reduce(const Rest& before, std::uint32_t room, Rest& rest) {
    used_ += before.size();
    known_.assign(before.items.size(), {});
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const Rest::Item& item = before.items[i];
      Known& known = known_[i];
      if (item.variable != kNone) {
        known.need = least_[item.variable];
        known.state = happened_[item.variable]   ? State::yes
                      : left_out_[item.variable] ? State::no
                                                 : State::open;
      } else {
        judge(before, item, known);
      }
      if (known.state == State::open && known.need > room) {
        known.state = State::no;
      }
    }
    if (known_.back().state == State::open) {
      copy_open(before, rest);
    }
    return known_.back().state;
  }

  void judge(const Rest& before, const Rest::Item& item, Known& known) {
    needs_.clear();
    std::uint32_t yes = 0;
    std::uint64_t of_variables = 0;  // which are different ones
    bool are_different = true;
    std::uint32_t last = kNone;
    for (const std::uint32_t input : before.of(item)) {
      yes += known_[input].state == State::yes ? 1 : 0;
      if (known_[input].state == State::open) {
        const bool is_new_variable = before.items[input].variable != kNone && input != last;
        needs_.push_back(known_[input].need);
        of_variables += is_new_variable ? known_[input].need : 0;
        are_different = are_different && is_new_variable;
        last = input;
      }
    }
    known.state = yes >= item.missing                  ? State::yes
                  : yes + needs_.size() < item.missing ? State::no
                                                       : State::open;
    if (known.state == State::open) {
      const std::uint32_t missing = item.missing - yes;
      std::uint64_t need = need_of(missing, are_different);
      need = missing == needs_.size() ? std::max(need, of_variables) : need;
      known.need = static_cast<std::uint32_t>(std::min<std::uint64_t>(need, kNever));
    }
  }

  /// What `missing` of `needs_` take together, at least: the last of the least, or all of these.
  std::uint64_t need_of(std::uint32_t missing, bool are_different) {
    const auto last = needs_.begin() + (missing - 1);
    std::nth_element(needs_.begin(), last, needs_.end());
    return are_different ? std::accumulate(needs_.begin(), last + 1, std::uint64_t{0}) : *last;
  }

  /// Only what the whole still hangs on, a gate of one open input as that input.
  void copy_open(const Rest& before, Rest& rest) {
    std::vector<bool> matters(known_.size());
    matters.back() = true;
    for (std::size_t i = known_.size(); i-- > 0;) {
      if (matters[i]) {
        for (const std::uint32_t input : before.of(before.items[i])) {
          matters[input] = matters[input] || known_[input].state == State::open;
        }
      }
    }
    for (std::size_t i = 0; i < known_.size(); ++i) {
      if (!matters[i]) {
        continue;
      }
      Rest::Item item = before.items[i];
      const auto first = static_cast<std::uint32_t>(rest.inputs.size());
      for (const std::uint32_t input : before.of(before.items[i])) {
        if (known_[input].state == State::open) {
          rest.inputs.push_back(known_[input].as);
        } else if (known_[input].state == State::yes) {
          --item.missing;
        }
      }
      const std::size_t count = rest.inputs.size() - first;
      if (count == 1) {
        known_[i].as = rest.inputs.back();
        rest.inputs.pop_back();
        continue;
      }
      std::sort(rest.inputs.begin() + first, rest.inputs.end());
      item.first = first;
      item.count = static_cast<std::uint32_t>(count);
      known_[i].as = static_cast<std::uint32_t>(rest.items.size());
      rest.items.push_back(item);
    }
    // The whole may have become one of its parts: that is the last one, for nothing else matters.
  }

  /// As in path_sets.cc, of the fewest variables: in items.
  std::vector<std::uint32_t> least_path_set(const Rest& rest) {
    used_ += 2 * rest.size();
    weight_.assign(rest.items.size(), 0.0);
    std::vector<bool> is_in(rest.items.size());
    for (std::size_t i = 0; i < weight_.size(); ++i) {
      weight_[i] = rest.items[i].variable != kNone ? 1.0 : 0.0;
      for (const std::uint32_t input : lightest(rest, rest.items[i])) {
        weight_[i] += weight_[input];
      }
    }
    std::vector<std::uint32_t> found;
    is_in.back() = true;
    for (std::size_t i = weight_.size(); i-- > 0;) {
      if (is_in[i] && rest.items[i].variable != kNone) {
        found.push_back(static_cast<std::uint32_t>(i));
      } else if (is_in[i]) {
        for (const std::uint32_t input : lightest(rest, rest.items[i])) {
          is_in[input] = true;
        }
      }
    }
    return found;
  }

  /// What is shared is left out one after the other, each time looking at what is left, at least.
  [[nodiscard]] bool takes_too_long(const Rest& rest, const std::vector<std::uint32_t>& users,
                                    const std::vector<std::uint32_t>& path_set) const {
    const auto shared = static_cast<std::size_t>(std::count_if(
        path_set.begin(), path_set.end(), [&](std::uint32_t item) { return users[item] > 1; }));
    return shared * rest.size() / 2 > work_;
  }

  static std::vector<std::uint32_t> users_of(const Rest& rest) {
    std::vector<std::uint32_t> users(rest.items.size());
    for (const std::uint32_t input : rest.inputs) {
      ++users[input];
    }
    return users;
  }

  /// Without what is used most the least is left.
  static Formula::Node most_used(const Rest& rest, const std::vector<std::uint32_t>& users,
                                 const std::vector<std::uint32_t>& path_set) {
    const std::uint32_t item =
        *std::max_element(path_set.begin(), path_set.end(), [&](std::uint32_t a, std::uint32_t b) {
          return users[a] != users[b] ? users[a] < users[b] : a > b;
        });
    return rest.items[item].variable;
  }

  std::span<const std::uint32_t> lightest(const Rest& rest, const Rest::Item& item) {
    return lightest_inputs(rest.of(item), item.missing, weight_, sorted_);
  }

  /// What was chosen makes the whole true: a cut set, if it needs all of that.
  void keep() {
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (whole_.is_true(chosen_, i, used_)) {
        return;
      }
    }
    CutSet set;
    for (const Formula::Node leaf : chosen_) {
      set.push_back(formula_.variable(leaf));
    }
    std::sort(set.begin(), set.end());
    used_ += kStepsPerSet;
    sets_.push_back(std::move(set));
  }

  static constexpr std::size_t kStepsPerSet = 32;  ///< it is kept: that takes room

  const Formula& formula_;
  Whole whole_;
  std::vector<std::uint32_t> least_;  ///< by node
  std::size_t work_;
  std::size_t used_ = 0;
  std::vector<bool> happened_, left_out_;  ///< by node
  std::vector<Formula::Node> chosen_;
  std::vector<CutSet> sets_;
  std::vector<Known> known_;  ///< of the rest that is being reduced
  std::vector<std::uint32_t> needs_;
  std::vector<double> weight_;
  std::vector<std::uint32_t> sorted_;
};

}  // namespace

std::optional<std::vector<CutSet>> small_cut_sets(const Formula& formula,
                                                  std::span<const std::uint32_t> least,
                                                  std::size_t max_order, std::size_t work) {
  if (formula.is_constant()) {
    const bool is_true = formula.kind(formula.top()) == GateKind::constant_true;
    return std::vector<CutSet>(is_true ? 1 : 0);
  }
  return SmallSets(formula, least, work)
      .run(static_cast<std::uint32_t>(std::min<std::size_t>(max_order, kNever - 1)));
}

}  // namespace outlast::engines::faulttree
