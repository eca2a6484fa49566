// The cases of one question, told apart best first: see the essay in conditioning.cc.

#include <algorithm>
#include <limits>

#include "engines/faulttree/bounds.h"
#include "engines/faulttree/case_tree.h"
#include "engines/faulttree/conditioning.h"
#include "engines/faulttree/path_sets.h"
#include "engines/faulttree/solution.h"

namespace outlast::engines::faulttree {

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
constexpr double kRounding = 1e-14;

}  // namespace

/// The cases of one question.
class CaseSearch {
 public:
  /// By what a case is told apart: what is shared most, or what is likeliest to bring it about.
  enum class Guide : std::uint8_t { sharing, path_sets };

  CaseSearch(const Conditioning& about, std::span<const double> low, std::span<const double> high,
             Guide guide, double near = 0)
      : about_(about),
        guide_(guide),
        near_(std::max(near, kRounding)),
        bounding_(about.formula_, about.is_monotone_),
        path_sets_(about.formula_),
        low_(about.own(low)),
        high_(about.own(high)),
        tree_(about),
        truth_(about.items_.size()),
        surely_(about.items_.size()),
        perhaps_(about.items_.size()),
        users_(about.items_.size()),
        paths_(about.items_.size()),
        is_below_shared_(about.items_.size()) {}

  /// Goes on until `work` is used, of all that was done so far.
  Bounds run(std::size_t work) {
    if (steps_.empty()) {
      open({kNone, 0, false, 1.0, 1.0});
    }
    while (!cases_.empty() && used_ < work && !is_narrow()) {
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

  /// The same, and how the whole changes with each variable, where low and high are the same.
  Bounds run_for_slopes(std::size_t work, std::vector<double>& slopes) {
    slopes_.resize(low_.size());
    const Bounds bounds = run(work);
    slopes = slopes_;
    return bounds;
  }

 private:
  using Kind = Conditioning::Kind;
  using Item = Conditioning::Item;

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

  [[nodiscard]] bool is_narrow() const {
    // Widths that begin at 1 leave roundings behind that exceed what is rare: the widest is asked.
    const double width = slopes_.empty()
                             ? width_
                             : (cases_.front().bounds.high - cases_.front().bounds.low) *
                                   static_cast<double>(cases_.size());
    return width <= near_ * sum_low_;
  }

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
      if (next != kNone && guide_ == Guide::path_sets) {
        next = likeliest_of_path_set(next);
      }
      inside = next == kNone ? value_of_tree() : bounds_of_open();
    }
    if (next == kNone && !slopes_.empty()) {
      add_slopes(step, inside.low, whole == Truth::open);
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

  /// How likely the whole is in a case that is not settled. Bounds may meet where how they change is
  /// still open; so where that is asked, only being unlikely settles a case.
  [[nodiscard]] Bounds bounds_of_open() {
    return slopes_.empty() ? bounding_.at(low_now_, high_now_) : Bounds{0, 1};
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
      } else if (item.kind == Kind::negation) {
        const Truth negated = truth_[children.front()];
        truth_[i] = negated == Truth::open ? Truth::open
                    : negated == Truth::no ? Truth::yes
                                           : Truth::no;
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

  /// One of these must have happened where the whole is true: once the likely ones have not, it hardly
  /// is.
  std::size_t likeliest_of_path_set(std::size_t otherwise) {
    used_ += about_.items_.size();
    const auto set = path_sets_.unlikely(low_now_, high_now_);
    if (set.empty()) {
      return otherwise;
    }
    return *std::max_element(set.begin(), set.end(), [this](std::size_t a, std::size_t b) {
      return high_now_[a] < high_now_[b];
    });
  }

  /// Assumes nothing open has two users.
  Bounds value_of_tree() {
    std::vector<bool> is_open(truth_.size());
    for (std::size_t i = 0; i < is_open.size(); ++i) {
      is_open[i] = users_[i] > 0 && truth_[i] == Truth::open;
    }
    const double low = tree_.value(is_open, truth_, low_now_);
    used_ += 2 * tree_.work();  // whether or not both are one: what else is unknown decides nothing
    return {low, low_now_ == high_now_ ? low : tree_.value(is_open, truth_, high_now_)};
  }

  /// What a case that is settled adds to how the whole changes: by what makes it likely, each that
  /// was told apart, and by what is within it.
  void add_slopes(const Step& of_case, double inside, bool is_tree) {
    for (const Step* step = &of_case; step->before != kNone; step = &steps_[step->before]) {
      const double p = low_[step->variable];
      const double rest = of_case.least / (step->happened ? p : 1 - p);
      slopes_[step->variable] += (step->happened ? rest : -rest) * inside;
    }
    if (is_tree) {
      tree_.add_slopes(of_case.least, slopes_);
    }
  }

  const Conditioning& about_;
  Guide guide_;
  double near_;  ///< a width below this share of the sum is none
  Bounding bounding_;
  PathSets path_sets_;
  std::vector<double> low_, high_;  ///< of its own variables, as all below
  std::size_t used_ = 0;
  CaseTree tree_;
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
  std::vector<double> slopes_;  ///< by own variable; empty: nobody asks
};

namespace {

bool is_narrower(const Bounds& a, const Bounds& b) {
  return a.high - a.low < b.high - b.low;
}

constexpr std::size_t kTrial = 4;  ///< a part of the work, before one guide is preferred

}  // namespace

Bounds Conditioning::probability(std::span<const double> low, std::span<const double> high,
                                 std::size_t work, double near) const {
  CaseSearch by_sharing(*this, low, high, CaseSearch::Guide::sharing, near);
  Bounds shared = by_sharing.run(work / kTrial);
  if (is_exact(shared, near)) {
    return shared;
  }
  CaseSearch by_path_sets(*this, low, high, CaseSearch::Guide::path_sets, near);
  Bounds path = by_path_sets.run(work / kTrial);
  if (is_exact(path, near)) {
    return path;
  }
  const std::size_t rest = work - work / kTrial;
  is_narrower(shared, path) ? shared = by_sharing.run(rest) : path = by_path_sets.run(rest);
  const Bounds both{std::max(shared.low, path.low), std::min(shared.high, path.high)};
  return both.low <= both.high ? both : is_narrower(shared, path) ? shared : path;
}

Bounds Conditioning::slopes(std::span<const double> p, std::size_t work,
                            std::vector<double>& slopes) const {
  CaseSearch by_sharing(*this, p, p, CaseSearch::Guide::sharing);
  CaseSearch by_path_sets(*this, p, p, CaseSearch::Guide::path_sets);
  Bounds bounds;
  for (const std::size_t part : {work / kTrial, work}) {
    for (CaseSearch* search : {&by_sharing, &by_path_sets}) {
      bounds = search->run_for_slopes(part, slopes);
      if (is_exact(bounds)) {
        return bounds;
      }
    }
  }
  return bounds;
}

}  // namespace outlast::engines::faulttree
