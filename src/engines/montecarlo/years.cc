// A year's luck.
//
// Problem: the mean tells nobody how bad next year may be: with one outage of ten hours in five
//   years, four of them have none.
// Formulation: each cause alternates between not going on (exponential) and going on; while it goes
//   on its variables are true, each for its own while. A top gate is true or false in between two
//   changes of a variable.
// Method: the changes of the causes that a top depends on, sorted by time, cut each year into spans
//   within which nothing changes. A span in which something goes on is one scenario of the kernel:
//   16,384 of them are put through the gates at once, and the length of those that come out true is
//   added to their year. A cause numbers its occurrences, and each number has its own draws, so all
//   tops see the same years.
// Limits: years are independent: what goes on at the end of one is not going on at the start of the
//   next. A cause that strikes while another one goes on strikes the same chances.

#include "engines/montecarlo/years.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "base/pinned_math.h"
#include "base/random.h"
#include "engines/montecarlo/kernel.h"
#include "engines/montecarlo/occurrences.h"
#include "engines/montecarlo/program.h"
#include "engines/montecarlo/series_years.h"

namespace outlast::engines::montecarlo {

using base::GateKind;
using base::VariableId;

namespace {

constexpr double kBudgetChanges = 600'000;
constexpr double kFewestYears = 256;
constexpr double kMostYears = 2048;
constexpr std::size_t kNoCause = static_cast<std::size_t>(-1);
constexpr std::uint32_t kNowhere = static_cast<std::uint32_t>(-1);

/// A variable becomes true or false.
struct Change {
  double at_s;
  std::uint32_t event;  ///< of the program, or kNowhere: a moment without a variable
  bool begins;
  const Occurrence* occurrence;

  [[nodiscard]] bool operator<(const Change& other) const {
    if (at_s != other.at_s) {
      return at_s < other.at_s;
    }
    return begins != other.begins ? begins < other.begins : event < other.event;
  }
};

/// The years of one top gate.
class TopYears {
 public:
  TopYears(const YearModel& model, std::size_t top, std::size_t years, std::uint64_t seed)
      : model_(model),
        moments_(model.moments[top]),
        seed_(seed),
        program_(model.gates, model.tops[top]),
        kernel_(kernel_of(best_lanes())),
        occurrences_(years),
        going_on_(program_.events().size(), 0),
        events_(program_.events().size() * kBatchWords, 0),
        scratch_(program_.operations().size() * kBlockWords),
        true_(kBatchWords),
        down_s_(years, 0),
        has_outage_(years, false) {}

  /// in  cause_of  by variable
  void run(const std::vector<std::size_t>& cause_of) {
    for (const std::size_t c : causes_that_matter(cause_of)) {
      tell_occurrences(model_.causes[c], c, occurrences_.size(), seed_,
                       [&](std::size_t year, const Occurrence& occurrence) {
                         occurrences_[year].push_back(occurrence);
                       });
    }
    for (year_ = 0; year_ < occurrences_.size(); ++year_) {
      list_changes();
      go_through_changes();
    }
    evaluate_spans();
  }

  std::vector<double>& down_s() { return down_s_; }
  std::vector<bool>& has_outage() { return has_outage_; }

 private:
  /// Nothing changes within it.
  struct Span {
    std::size_t year;
    double seconds;
    double moment_s;  ///< what began with it costs where the top stays false
  };

  [[nodiscard]] std::vector<std::size_t> causes_that_matter(
      const std::vector<std::size_t>& cause_of) const {
    std::vector<std::size_t> causes;
    for (const Moment& moment : moments_) {
      causes.push_back(moment.cause);
    }
    for (const VariableId variable : program_.events()) {
      if (cause_of[variable.index] != kNoCause) {
        causes.push_back(cause_of[variable.index]);
      }
    }
    std::sort(causes.begin(), causes.end());
    causes.erase(std::unique(causes.begin(), causes.end()), causes.end());
    return causes;
  }

  [[nodiscard]] std::uint32_t event_of(VariableId variable) const {
    const auto& events = program_.events();
    const auto found = std::lower_bound(events.begin(), events.end(), variable);
    const bool is_known = found != events.end() && *found == variable;
    return is_known ? static_cast<std::uint32_t>(found - events.begin()) : kNowhere;
  }

  [[nodiscard]] double moment_of(std::size_t cause) const {
    const auto found =
        std::lower_bound(moments_.begin(), moments_.end(), cause,
                         [](const Moment& moment, std::size_t c) { return moment.cause < c; });
    return found != moments_.end() && found->cause == cause ? found->seconds : 0;
  }

  void list_changes() {
    changes_.clear();
    for (const Occurrence& occurrence : occurrences_[year_]) {
      const Cause& cause = model_.causes[occurrence.cause];
      const double whether = presence_of(cause, occurrence, seed_);
      changes_.push_back({occurrence.start_s, kNowhere, true, &occurrence});
      for (const Cause::Part& part : cause.parts) {
        const std::uint32_t event = event_of(part.variable);
        if (event == kNowhere || whether >= part.present) {
          continue;
        }
        changes_.push_back({occurrence.start_s, event, true, &occurrence});
        changes_.push_back({end_of(cause, part, occurrence), event, false, &occurrence});
      }
    }
    std::sort(changes_.begin(), changes_.end());
  }

  void go_through_changes() {
    active_.clear();
    double moment = 0;
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      const Change& change = changes_[i];
      if (change.event == kNowhere) {
        moment += moment_of(change.occurrence->cause);
        strike_chances(*change.occurrence);
      } else if (change.begins) {
        if (going_on_[change.event]++ == 0) {
          active_.push_back(change.event);
        }
      } else if (--going_on_[change.event] == 0) {
        active_.erase(std::find(active_.begin(), active_.end(), change.event));
      }
      const double next = i + 1 < changes_.size() ? changes_[i + 1].at_s : change.at_s;
      if (next > change.at_s || i + 1 == changes_.size()) {
        add_span({year_, next - change.at_s, moment});
        moment = 0;
      }
    }
  }

  void strike_chances(const Occurrence& occurrence) {
    const Cause& cause = model_.causes[occurrence.cause];
    if (!cause.has_chances) {
      return;
    }
    struck_.clear();
    for (const Chance& chance : model_.chances) {
      const std::uint32_t event = event_of(chance.variable);
      if (event != kNowhere && is_struck(cause, chance, occurrence, seed_)) {
        struck_.push_back(event);
      }
    }
  }

  void add_span(const Span& span) {
    if (active_.empty()) {
      down_s_[span.year] += span.moment_s;
      return;
    }
    const std::size_t s = spans_.size();
    const auto set = [&](std::uint32_t event) {
      events_[event * kBatchWords + s / 64] |= std::uint64_t{1} << (s % 64);
    };
    std::for_each(active_.begin(), active_.end(), set);
    std::for_each(struck_.begin(), struck_.end(), set);
    spans_.push_back(span);
    if (spans_.size() == kBatchScenarios) {
      evaluate_spans();
    }
  }

  void evaluate_spans() {
    kernel_.evaluate(program_.view(), events_.data(), scratch_.data(), true_.data());
    for (std::size_t s = 0; s < spans_.size(); ++s) {
      const Span& span = spans_[s];
      const bool is_down = (true_[s / 64] >> (s % 64) & 1U) != 0;
      down_s_[span.year] += is_down ? span.seconds : span.moment_s;
      has_outage_[span.year] = has_outage_[span.year] || is_down;
    }
    spans_.clear();
    std::fill(events_.begin(), events_.end(), 0);
  }

  const YearModel& model_;
  const std::vector<Moment>& moments_;
  std::uint64_t seed_;
  Program program_;
  const Kernel& kernel_;
  std::vector<std::vector<Occurrence>> occurrences_;  ///< by year
  std::vector<std::uint32_t> going_on_;               ///< by event: how many make it true
  std::vector<std::uint32_t> active_;
  std::vector<std::uint32_t> struck_;
  std::vector<Change> changes_;
  std::vector<Span> spans_;
  std::vector<std::uint64_t> events_;
  std::vector<std::uint64_t> scratch_;
  std::vector<std::uint64_t> true_;
  std::size_t year_ = 0;
  std::vector<double> down_s_;
  std::vector<bool> has_outage_;
};

}  // namespace

double length_factor(const base::Duration& length, double uniform) {
  switch (length.shape()) {
    case base::Shape::fixed:
      return 1;
    case base::Shape::lognormal:
      return length.quantile_s(uniform) / length.mean_s();
    case base::Shape::exponential:
    case base::Shape::unbounded:
      break;
  }
  return -base::pinned_log(uniform);
}

std::size_t years_within_budget(const YearModel& model) {
  double changes = 0;  // a year
  std::vector<double> of_variable(model.gates.variable_count(), 0);
  for (const Cause& cause : model.causes) {
    for (const Cause::Part& part : cause.parts) {
      of_variable[part.variable.index] = 2 * kYear_s / (cause.between_s + part.mean_s);
    }
  }
  for (const base::GateId top : model.tops) {
    if (changes * kFewestYears >= kBudgetChanges) {
      break;  // more can no longer make it fewer
    }
    if (model.gates.kind(top) > GateKind::constant_true) {
      const Program program(model.gates, top);
      for (const VariableId variable : program.events()) {
        changes += of_variable[variable.index];
      }
    }
  }
  return static_cast<std::size_t>(
      std::clamp(kBudgetChanges / std::max(changes, 1.0), kFewestYears, kMostYears));
}

Years sample_years(const YearModel& model, std::size_t years, const YearOptions& options) {
  Years out;
  out.count = years;
  out.down_s.resize(model.tops.size());
  out.has_outage.resize(model.tops.size());
  std::vector<std::size_t> cause_of(model.gates.variable_count(), kNoCause);
  for (std::size_t c = 0; c < model.causes.size(); ++c) {
    for (const Cause::Part& part : model.causes[c].parts) {
      cause_of[part.variable.index] = c;
    }
  }
  const std::vector<std::size_t> others =
      sample_series_years(model, cause_of, kNoCause, options, out);
  base::parallel_for(others.size(), options.threads, [&](std::size_t i) {
    const std::size_t top = others[i];
    const GateKind kind = model.gates.kind(model.tops[top]);
    if (kind <= GateKind::constant_true) {
      const bool is_down = kind == GateKind::constant_true;
      out.down_s[top].assign(years, is_down ? kYear_s : 0);
      out.has_outage[top].assign(years, is_down);
      return;
    }
    TopYears sampled(model, top, years, options.seed);
    sampled.run(cause_of);
    out.down_s[top] = std::move(sampled.down_s());
    out.has_outage[top] = std::move(sampled.has_outage());
  });
  return out;
}

}  // namespace outlast::engines::montecarlo
