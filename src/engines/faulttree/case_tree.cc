#include "engines/faulttree/case_tree.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace outlast::engines::faulttree {

namespace {

/// By place: the product of all the other factors; no division, for a factor may be 0.
std::vector<double> products_of_others(const std::vector<double>& factors) {
  std::vector<double> others(factors.size(), 1.0);
  double before = 1;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    others[i] = before;
    before *= factors[i];
  }
  double after = 1;
  for (std::size_t i = factors.size(); i-- > 0;) {
    others[i] *= after;
    after *= factors[i];
  }
  return others;
}

/// What the runs before each sum up to, asked for from the last to the first. Of n runs that all
/// differ these would be n distributions: only every √n-th is kept, the rest made once more.
class RunningSums {
 public:
  using Add = std::function<Distribution(std::size_t, const Distribution&)>;

  RunningSums(std::size_t count, Add add)
      : add_(std::move(add)),
        step_(static_cast<std::size_t>(std::sqrt(static_cast<double>(count))) + 1) {
    Distribution sum{1.0};
    for (std::size_t i = 0; i < count; ++i) {
      if (i % step_ == 0) {
        kept_.push_back(sum);
      }
      sum = add_(i, sum);
    }
  }

  /// in  i  not after the one asked for before
  const Distribution& at(std::size_t i) {
    if (recent_.empty() || i < first_) {
      first_ = i - i % step_;
      recent_.assign(1, kept_[i / step_]);
      for (std::size_t next = first_; next < i; ++next) {
        recent_.push_back(add_(next, recent_.back()));
      }
    }
    return recent_[i - first_];
  }

 private:
  Add add_;
  std::size_t step_;
  std::size_t first_ = 0;
  std::vector<Distribution> kept_;
  std::vector<Distribution> recent_;  ///< from first_ on
};

}  // namespace

CaseTree::CaseTree(const Conditioning& about)
    : about_(about),
      most_(about.items_.size()),
      value_(most_.size()),
      sum_(most_.size()),
      number_(most_.size()) {
  for (std::size_t i = most_.size(); i-- > 0;) {
    const Item& item = about_.items_[i];
    if (item.kind == Kind::count || item.kind == Kind::group) {
      for (const std::uint32_t child : about_.children(item)) {
        most_[child] = item.kind == Kind::count ? item.k : most_[i];
      }
    }
  }
}

double CaseTree::value(const std::vector<bool>& is_open, std::span<const Truth> truth,
                       std::span<const double> p) {
  is_open_ = is_open;
  work_ = 0;
  for (std::size_t i = 0; i < value_.size(); ++i) {
    const Item& item = about_.items_[i];
    if (item.kind == Kind::group) {
      count(i);  // also where it is settled: what is around it sums it up all the same
    } else {
      value_[i] = is_open_[i] ? value_of(item, p) : truth[i] == Truth::yes ? 1 : 0;
    }
  }
  return value_.back();
}

double CaseTree::value_of(const Item& item, std::span<const double> p) const {
  const auto children = about_.children(item);
  double result = 1;
  switch (item.kind) {
    case Kind::leaf:
      return p[item.k];
    case Kind::negation:
      return 1 - value_[children.front()];
    case Kind::all:
      for (const std::uint32_t child : children) {
        result *= value_[child];
      }
      return result;
    case Kind::any:
      result = 0;
      for (const std::uint32_t child : children) {
        result += value_[child] * (1 - result);  // no difference of near numbers
      }
      return result;
    default: {
      const Distribution& of_group = number_[children.front()];
      return of_group.size() > item.k ? of_group[item.k] : 0.0;
    }
  }
}

double CaseTree::guarded(const Item& group) const {
  double any = 0;
  for (const std::uint32_t guard : about_.children(group).first(group.guards)) {
    any += value_[guard] * (1 - any);
  }
  return any;
}

std::vector<CaseTree::Run> CaseTree::runs_of(const Item& group) const {
  std::vector<Run> runs;
  const auto members = about_.children(group).subspan(group.guards);
  for (std::size_t place = 0; place < members.size(); ++place) {
    const std::uint32_t member = members[place];
    const bool is_group = about_.items_[member].kind == Kind::group;
    const double happens = value_[member];
    const bool goes_on =
        !runs.empty() && (is_group ? runs.back().one == number_[member]
                                   : runs.back().one.size() == 2 && runs.back().one[1] == happens &&
                                         runs.back().one[0] == 1 - happens);
    if (!goes_on) {
      runs.push_back({is_group ? number_[member] : Distribution{1 - happens, happens}, place, 0});
    }
    ++runs.back().times;
  }
  return runs;
}

void CaseTree::count(std::size_t group) {
  const Item& item = about_.items_[group];
  const std::size_t most = most_[group];
  Distribution& sum = sum_[group];
  sum = {1.0};
  for (Run& run : runs_of(item)) {
    sum = sum_of(sum, multiple_of(std::move(run.one), run.times, most), most);
  }
  const double all_at_once = guarded(item);
  Distribution& number = number_[group];
  number = sum;
  for (double& share : number) {
    share *= 1 - all_at_once;
  }
  if (all_at_once > 0) {
    const std::size_t full = std::min<std::size_t>(item.members, most);
    number.resize(std::max(number.size(), full + 1));
    number[full] += all_at_once;
  }
  work_ += number.size();
}

void CaseTree::add_slopes(double times, std::span<double> slope) {
  Slopes slopes{std::vector<double>(value_.size()), std::vector<Distribution>(value_.size())};
  slopes.of_value.back() = times;
  for (std::size_t i = value_.size(); i-- > 0;) {
    const Item& item = about_.items_[i];
    if (item.kind == Kind::group) {
      if (!slopes.of_number[i].empty()) {
        pass_down_group(i, slopes);
      }
    } else if (is_open_[i] && slopes.of_value[i] != 0) {
      if (item.kind == Kind::leaf) {
        slope[item.k] += slopes.of_value[i];
      } else {
        pass_down(item, slopes.of_value[i], slopes);
      }
    }
  }
}

void CaseTree::pass_down(const Item& item, double slope, Slopes& slopes) const {
  const auto children = about_.children(item);
  if (item.kind == Kind::count) {
    const std::uint32_t group = children.front();
    if (number_[group].size() > item.k) {
      slopes.of_number[group].resize(number_[group].size());
      slopes.of_number[group][item.k] += slope;
    }
    return;
  }
  if (item.kind == Kind::negation) {
    slopes.of_value[children.front()] -= slope;
    return;
  }
  std::vector<double> factors;
  for (const std::uint32_t child : children) {
    factors.push_back(item.kind == Kind::all ? value_[child] : 1 - value_[child]);
  }
  const std::vector<double> others = products_of_others(factors);
  for (std::size_t i = 0; i < children.size(); ++i) {
    slopes.of_value[children[i]] += slope * others[i];
  }
}

/// number = (1 − guarded) × sum, and all at once where guarded.
void CaseTree::pass_down_group(std::size_t group, Slopes& slopes) const {
  const Item& item = about_.items_[group];
  const Distribution& slope = slopes.of_number[group];
  const auto guards = about_.children(item).first(item.guards);
  const std::size_t full = std::min<std::size_t>(item.members, most_[group]);
  double of_guarded = full < slope.size() ? slope[full] : 0;
  Distribution of_sum(sum_[group].size());
  const double unguarded = 1 - guarded(item);
  for (std::size_t i = 0; i < of_sum.size(); ++i) {
    of_guarded -= sum_[group][i] * slope[i];
    of_sum[i] = unguarded * slope[i];
  }
  std::vector<double> factors;
  for (const std::uint32_t guard : guards) {
    factors.push_back(1 - value_[guard]);
  }
  const std::vector<double> others = products_of_others(factors);
  for (std::size_t i = 0; i < guards.size(); ++i) {
    slopes.of_value[guards[i]] += of_guarded * others[i];
  }
  pass_down_members(group, std::move(of_sum), slopes);
}

void CaseTree::pass_down_members(std::size_t group, Distribution slope, Slopes& slopes) const {
  const Item& item = about_.items_[group];
  const std::size_t most = most_[group];
  const auto members = about_.children(item).subspan(item.guards);
  const std::vector<Run> runs = runs_of(item);
  RunningSums before(runs.size(), [&](std::size_t i, const Distribution& sum) {
    return sum_of(sum, multiple_of(runs[i].one, runs[i].times, most), most);
  });
  for (std::size_t i = runs.size(); i-- > 0;) {
    const Run& run = runs[i];
    const Distribution& of_others = before.at(i);
    const Distribution of_run = multiple_of(run.one, run.times, most);
    const Distribution of_this = slope_of_term(slope, of_run.size(), of_others);
    slope = slope_of_term(slope, of_others.size(), of_run);
    const Distribution of_one =
        slope_of_term(of_this, run.one.size(), multiple_of(run.one, run.times - 1, most));
    for (const std::uint32_t member : members.subspan(run.first, run.times)) {
      if (about_.items_[member].kind == Kind::group) {
        slopes.of_number[member] = of_one;
      } else {
        slopes.of_value[member] += of_one[1] - of_one[0];
      }
    }
  }
}

}  // namespace outlast::engines::faulttree
