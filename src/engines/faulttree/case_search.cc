// The cases of one question, told apart best first: see the essay in conditioning.cc.

#include <algorithm>
#include <limits>

#include "engines/faulttree/bounds.h"
#include "engines/faulttree/conditioning.h"

namespace outlast::engines::faulttree {

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
constexpr double kRounding = 1e-14;  ///< a width below this share of the sum is none

using Distribution =
    std::vector<double>;  ///< of a number; the last place is "or more" once cut off

/// Of the sum of two independent numbers, cut off at `most`.
Distribution sum_of(const Distribution& a, const Distribution& b, std::size_t most) {
  Distribution out(std::min(most + 1, a.size() + b.size() - 1));
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t inside = i < out.size() ? std::min(b.size(), out.size() - i) : 0;
    for (std::size_t j = 0; j < inside; ++j) {
      out[i + j] += a[i] * b[j];
    }
    for (std::size_t j = inside; j < b.size(); ++j) {
      out.back() += a[i] * b[j];
    }
  }
  return out;
}

/// Of the sum of `times` independent numbers that are alike.
Distribution multiple_of(Distribution one, std::size_t times, std::size_t most) {
  Distribution out{1.0};
  for (; times > 0; times /= 2) {
    if (times % 2 == 1) {
      out = sum_of(out, one, most);
    }
    if (times > 1) {
      one = sum_of(one, one, most);
    }
  }
  return out;
}

}  // namespace

/// The cases of one question.
class CaseSearch {
 public:
  CaseSearch(const Conditioning& about, const Formula& formula, std::span<const double> low,
             std::span<const double> high, std::size_t work)
      : about_(about),
        formula_(formula),
        low_(low.begin(), low.end()),
        high_(high.begin(), high.end()),
        work_(work),
        truth_(about.items_.size()),
        surely_(about.items_.size()),
        perhaps_(about.items_.size()),
        users_(about.items_.size()),
        paths_(about.items_.size()),
        is_below_shared_(about.items_.size()) {}

  Bounds run() {
    open({kNone, 0, false, 1.0, 1.0});
    while (!cases_.empty() && used_ < work_ && !is_narrow()) {
      std::pop_heap(cases_.begin(), cases_.end(), Narrower());
      const Case widest = cases_.back();
      cases_.pop_back();
      sum_low_ -= widest.bounds.low;
      width_ -= widest.bounds.high - widest.bounds.low;
      const std::size_t x = widest.next;
      const double p_low = low_[x], p_high = high_[x];
      open({widest.serial, x, true, widest.least * p_low, widest.most * p_high});
      open({widest.serial, x, false, widest.least * (1 - p_high), widest.most * (1 - p_low)});
    }
    return total();
  }

 private:
  using Kind = Conditioning::Kind;
  using Item = Conditioning::Item;
  enum class Truth : std::uint8_t { open, yes, no };

  /// What was told apart last, from which case; how likely the case is.
  struct Step {
    std::size_t before;
    std::size_t variable;
    bool happened;
    double least;
    double most;
  };
  struct Case {
    std::size_t serial;
    std::size_t next;  ///< variable to be told apart
    double least;
    double most;
    Bounds bounds;  ///< of what it adds to the whole
  };
  struct Narrower {
    bool operator()(const Case& a, const Case& b) const {
      const double left = a.bounds.high - a.bounds.low, right = b.bounds.high - b.bounds.low;
      return left != right ? left < right : a.serial > b.serial;
    }
  };

  [[nodiscard]] bool is_narrow() const { return width_ <= kRounding * sum_low_; }

  /// Summed up anew: differences of sums have lost their last digits on the way.
  [[nodiscard]] Bounds total() const {
    Bounds sum = settled_;
    for (const Case& one : cases_) {
      sum.low += one.bounds.low;
      sum.high += one.bounds.high;
    }
    return {std::min(1.0, sum.low), std::min(1.0, sum.high)};
  }

  void open(const Step& step) {
    steps_.push_back(step);
    const std::size_t serial = steps_.size() - 1;
    assign(serial);
    const Truth whole = spread();
    used_ += about_.items_.size();
    std::size_t next = kNone;
    Bounds inside{0, 0};
    if (whole == Truth::yes) {
      inside = {1, 1};
    } else if (whole == Truth::open) {
      next = variable_to_tell_apart();
      inside = next == kNone ? Bounds{value_of_tree(low_now_), value_of_tree(high_now_)}
                             : bounds_of(formula_, true, low_now_, high_now_);
    }
    const Bounds adds{step.least * inside.low, step.most * inside.high};
    if (next == kNone) {
      settled_.low += adds.low;
      settled_.high += adds.high;
      sum_low_ += adds.low;
      return;
    }
    sum_low_ += adds.low;
    width_ += adds.high - adds.low;
    cases_.push_back({serial, next, step.least, step.most, adds});
    std::push_heap(cases_.begin(), cases_.end(), Narrower());
  }

  void assign(std::size_t serial) {
    low_now_ = low_;
    high_now_ = high_;
    for (; steps_[serial].before != kNone; serial = steps_[serial].before) {
      const Step& step = steps_[serial];
      low_now_[step.variable] = high_now_[step.variable] = step.happened ? 1.0 : 0.0;
    }
  }

  /// Constants from the leaves up; of groups how many members are surely and perhaps true.
  Truth spread() {
    for (std::size_t i = 0; i < truth_.size(); ++i) {
      const Item& item = about_.items_[i];
      const auto children = about_.children(item);
      const auto is = [&](Truth truth) {
        return [this, truth](std::uint32_t child) { return truth_[child] == truth; };
      };
      truth_[i] = Truth::open;
      if (item.kind == Kind::leaf) {
        truth_[i] = high_now_[item.k] == 0  ? Truth::no
                    : low_now_[item.k] == 1 ? Truth::yes
                                            : Truth::open;
      } else if (item.kind == Kind::any) {
        truth_[i] = std::any_of(children.begin(), children.end(), is(Truth::yes))  ? Truth::yes
                    : std::all_of(children.begin(), children.end(), is(Truth::no)) ? Truth::no
                                                                                   : Truth::open;
      } else if (item.kind == Kind::all) {
        truth_[i] = std::any_of(children.begin(), children.end(), is(Truth::no))    ? Truth::no
                    : std::all_of(children.begin(), children.end(), is(Truth::yes)) ? Truth::yes
                                                                                    : Truth::open;
      } else if (item.kind == Kind::group) {
        count_members(i);
      } else {
        truth_[i] = surely_[children.front()] >= item.k   ? Truth::yes
                    : perhaps_[children.front()] < item.k ? Truth::no
                                                          : Truth::open;
      }
    }
    return truth_.back();
  }

  void count_members(std::size_t group) {
    const Item& item = about_.items_[group];
    const auto guards = about_.children(item).first(item.guards);
    const auto yes = [this](std::uint32_t child) { return truth_[child] == Truth::yes; };
    const auto no = [this](std::uint32_t child) { return truth_[child] == Truth::no; };
    surely_[group] = perhaps_[group] = item.members;
    truth_[group] = Truth::yes;
    if (std::any_of(guards.begin(), guards.end(), yes)) {
      return;
    }
    std::uint32_t surely = 0, perhaps = 0;
    for (const std::uint32_t member : about_.children(item).subspan(item.guards)) {
      const bool is_group = about_.items_[member].kind == Kind::group;
      surely += is_group ? surely_[member] : yes(member) ? 1 : 0;
      perhaps += is_group ? perhaps_[member] : no(member) ? 0 : 1;
    }
    const bool is_open = !std::all_of(guards.begin(), guards.end(), no);
    surely_[group] = surely;
    perhaps_[group] = is_open ? item.members : perhaps;
    truth_[group] = is_open || surely != perhaps ? Truth::open : Truth::no;
  }

  /// The variable with the most ways to the top among those below something shared.
  std::size_t variable_to_tell_apart() {
    std::fill(users_.begin(), users_.end(), 0);
    std::fill(paths_.begin(), paths_.end(), 0.0);
    std::fill(is_below_shared_.begin(), is_below_shared_.end(), false);
    users_.back() = 1;
    paths_.back() = 1;
    std::size_t best = kNone;
    double most = 0;
    for (std::size_t i = truth_.size(); i-- > 0;) {
      if (users_[i] == 0 || truth_[i] != Truth::open) {
        continue;
      }
      const Item& item = about_.items_[i];
      const bool is_shared = is_below_shared_[i] || users_[i] > 1;
      if (item.kind == Kind::leaf && is_shared && paths_[i] > most) {
        most = paths_[i];
        best = item.k;
      }
      for (const std::uint32_t child : about_.children(item)) {
        ++users_[child];
        paths_[child] += paths_[i];
        is_below_shared_[child] = is_below_shared_[child] || is_shared;
      }
    }
    return best;
  }

  /// Assumes nothing open has two users.
  double value_of_tree(const std::vector<double>& p) {
    std::vector<double> value(truth_.size());
    std::vector<Distribution> number(truth_.size());
    std::vector<std::uint32_t> most(truth_.size(), 0);
    for (std::size_t i = truth_.size(); i-- > 0;) {  // how many a group's users count
      const Item& item = about_.items_[i];
      if (item.kind == Kind::count || item.kind == Kind::group) {
        for (const std::uint32_t child : about_.children(item)) {
          most[child] = item.kind == Kind::count ? item.k : most[i];
        }
      }
    }
    for (std::size_t i = 0; i < truth_.size(); ++i) {
      const Item& item = about_.items_[i];
      if (item.kind == Kind::group) {
        // Also where it is settled: what is around it sums it up all the same.
        number[i] = number_in(item, most[i], value, number);
      } else if (users_[i] == 0 || truth_[i] != Truth::open) {
        value[i] = truth_[i] == Truth::yes ? 1 : 0;
      } else {
        value[i] = value_of(item, p, value, number);
      }
    }
    return value.back();
  }

  double value_of(const Item& item, std::span<const double> p, const std::vector<double>& value,
                  std::vector<Distribution>& number) const {
    const auto children = about_.children(item);
    double result = 1;
    switch (item.kind) {
      case Kind::leaf:
        return p[item.k];
      case Kind::all:
        for (const std::uint32_t child : children) {
          result *= value[child];
        }
        return result;
      case Kind::any:
        result = 0;
        for (const std::uint32_t child : children) {
          result += value[child] * (1 - result);  // no difference of near numbers
        }
        return result;
      default: {
        const Distribution& of_group = number[children.front()];
        return of_group.size() > item.k ? of_group[item.k] : 0.0;
      }
    }
  }

  Distribution number_in(const Item& item, std::size_t most, const std::vector<double>& value,
                         std::vector<Distribution>& number) {
    const auto children = about_.children(item);
    double guarded = 0;
    for (const std::uint32_t guard : children.first(item.guards)) {
      guarded += value[guard] * (1 - guarded);
    }
    Distribution all{1.0};
    Distribution alike;
    std::size_t times = 0;
    for (const std::uint32_t member : children.subspan(item.guards)) {
      Distribution one = about_.items_[member].kind == Kind::group
                             ? std::move(number[member])
                             : Distribution{1 - value[member], value[member]};
      if (one != alike) {
        all = sum_of(all, multiple_of(std::move(alike), times, most), most);
        alike = std::move(one);
        times = 0;
      }
      ++times;
    }
    all = sum_of(all, multiple_of(std::move(alike), times, most), most);
    for (double& share : all) {
      share *= 1 - guarded;
    }
    if (guarded > 0) {
      const std::size_t full = std::min<std::size_t>(item.members, most);
      all.resize(std::max(all.size(), full + 1));
      all[full] += guarded;
    }
    used_ += all.size();
    return all;
  }

  const Conditioning& about_;
  const Formula& formula_;
  std::vector<double> low_, high_;
  std::size_t work_;
  std::size_t used_ = 0;
  std::vector<Step> steps_;
  std::vector<Case> cases_;  ///< a heap, the widest on top
  Bounds settled_{0, 0};
  double sum_low_ = 0;
  double width_ = 0;
  std::vector<double> low_now_, high_now_;
  std::vector<Truth> truth_;
  std::vector<std::uint32_t> surely_, perhaps_, users_;
  std::vector<double> paths_;
  std::vector<bool> is_below_shared_;
};

Bounds Conditioning::probability(const Formula& formula, std::span<const double> low,
                                 std::span<const double> high, std::size_t work) const {
  return CaseSearch(*this, formula, low, high, work).run();
}

}  // namespace outlast::engines::faulttree
