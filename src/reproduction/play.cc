#include "reproduction/play.h"

#include <algorithm>

#include "base/assert.h"
#include "base/units.h"
#include "reproduction/mechanisms.h"

namespace outlast::reproduction {
namespace {

constexpr When kNever{std::numeric_limits<double>::infinity(),
                      std::numeric_limits<double>::infinity(),
                      std::numeric_limits<double>::infinity(), 0};

/// What takes longer is never seen.
constexpr double kLongestOutage = 10 * base::kSecondsPerYear;

When later(When when, double by_s) {
  return {when.at_s + by_s, when.low_s + by_s, when.high_s + by_s, when.share};
}

When no_earlier(When when, double than_s) {
  return {std::max(when.at_s, than_s), std::max(when.low_s, than_s), std::max(when.high_s, than_s),
          when.share};
}

class Player {
 public:
  Player(const Reproduction& reproduction, const Decisions& decisions)
      : reproduction_(reproduction), decisions_(decisions) {}

  std::vector<When> play() {
    for (const Step& step : reproduction_.steps) {
      step_ = &step;
      const When from = step.by == Mechanism::earliest ? earliest() : all_of();
      const When when = from.comes() ? after(from) : kNever;
      times_.push_back(when.at_s < kLongestOutage ? when : kNever);
    }
    return std::move(times_);
  }

 private:
  [[nodiscard]] bool has(std::string_view argument) const { return step_->with.contains(argument); }
  [[nodiscard]] const std::vector<double>& values(std::string_view argument) const {
    const auto found = step_->with.find(argument);
    OUTLAST_ASSERT(found != step_->with.end(), "the reader asks for what a mechanism needs");
    return reproduction_.parameters[found->second].values;
  }
  [[nodiscard]] double number(std::string_view argument, double otherwise = 0) const {
    return has(argument) ? values(argument).front() : otherwise;
  }
  [[nodiscard]] bool flag(std::string_view argument) const { return number(argument) != 0; }

  [[nodiscard]] When all_of() const {
    When when;
    for (const std::size_t before : step_->from) {
      const When& other = times_[before];
      when = {std::max(when.at_s, other.at_s), std::max(when.low_s, other.low_s),
              std::max(when.high_s, other.high_s), std::min(when.share, other.share)};
    }
    return when;
  }

  [[nodiscard]] When earliest() const {
    When when = kNever;
    for (const std::size_t before : step_->from) {
      when = times_[before].at_s < when.at_s ? times_[before] : when;
    }
    return when;
  }

  [[nodiscard]] Channel channel() const {
    Channel out;
    out.steps = has("steps") ? values("steps") : out.steps;
    out.propagates_s = number("propagates");
    out.bake_s = number("bake");
    out.activation_s = number("activation");
    out.is_watched = flag("watched");
    out.requests_per_s = number("requests");
    out.hit = number("hit", 1);
    out.validated = flag("validated");
    return out;
  }

  [[nodiscard]] When after(const When& from) const {
    switch (step_->by) {
      case Mechanism::bad_draw:
        return bad_draw();
      case Mechanism::all_draws_bad:
        return no_earlier(from, all_bad_from(draws()));
      case Mechanism::next_draw:
        return {next_draw(from.at_s, number("every")), next_draw(from.low_s, number("every")),
                next_draw(from.high_s, number("every")), from.share};
      case Mechanism::first_reached:
      case Mechanism::all_reached:
      case Mechanism::goes_back:
        return spread_to(from, spread_of(channel()));
      case Mechanism::expires:
        return later(from, number("after"));
      case Mechanism::probes:
        return later(from, number("every") * number("times"));
      case Mechanism::works_off:
        return worked_off(from);
      case Mechanism::catches_up:
        return later(from, (from.at_s - times_[*step_->since].at_s) / number("spare"));
      case Mechanism::decided:
        return decided(from);
      case Mechanism::earliest:
        return from;
    }
    return from;
  }

  [[nodiscard]] Draws draws() const { return {number("every"), number("upgrade")}; }

  [[nodiscard]] When bad_draw() const {
    const bool fits = number("size") <= number("limit");
    return fits || flag("checked") ? kNever : first_bad(draws());
  }

  [[nodiscard]] When spread_to(When from, const Spread& spread) const {
    from.share *= spread.reached;
    if (step_->by == Mechanism::first_reached) {
      return later(from, spread.first_s);
    }
    if (step_->by == Mechanism::all_reached) {
      return spread.all_s ? later(from, *spread.all_s) : kNever;
    }
    return spread.is_poisoned ? kNever : later(from, number("notice") + number("revert"));
  }

  [[nodiscard]] When worked_off(const When& from) const {
    Work work;
    work.takes_s = 1 / number("rate");
    work.is_admitted = flag("admits");
    if (has("gives_up")) {
      work.gives_up_s = number("gives_up");
    }
    if (!collapses(work)) {
      return later(from, work.takes_s);
    }
    const bool is_released = step_->released_by && times_[*step_->released_by].comes();
    return is_released ? later(no_earlier(from, times_[*step_->released_by].at_s), work.takes_s)
                       : kNever;
  }

  [[nodiscard]] When decided(const When& from) const {
    const auto decision = decisions_.find(step_->event);
    if (decision == decisions_.end() ||
        (step_->unless && times_[*step_->unless].at_s < decision->second)) {
      return kNever;
    }
    return no_earlier(from, decision->second);
  }

  const Reproduction& reproduction_;
  const Decisions& decisions_;
  const Step* step_ = nullptr;
  std::vector<When> times_;
};

}  // namespace

std::vector<When> play(const Reproduction& reproduction, const Decisions& decisions) {
  return Player(reproduction, decisions).play();
}

const Step* Reproduction::find_step(std::string_view event) const {
  const auto found = std::find_if(steps.begin(), steps.end(),
                                  [&](const Step& step) { return step.event == event; });
  return found != steps.end() ? &*found : nullptr;
}

const Parameter* Reproduction::find_parameter(std::string_view name) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const Parameter& one) { return one.name == name; });
  return found != parameters.end() ? &*found : nullptr;
}

}  // namespace outlast::reproduction
