#include "clock/judgement.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/units.h"

namespace outlast::clock {

using base::format_duration;
using findings::Likely;
using findings::Simulated;
using findings::StoryLine;
using findings::Verdict;

namespace {

constexpr std::string_view kByLoad = "load alone does it, faults or not";

/// Is it load that does most of it, faults or not?
bool is_by_load(const Likely& down, const Likely& alone, double Likely::*end) {
  constexpr double kMost = 0.8;
  return down.*end > 0 && alone.*end >= kMost * (down.*end);
}

/// At the worst end of what nobody stated, is what users lose, or go without, there by load alone?
bool is_partly_by_load(const Simulated& s) {
  constexpr double kLeast = 0.2;
  return s.alone && s.partly_s.high > 0 && s.alone->added_partly_s.high <= kLeast * s.partly_s.high;
}

bool is_loads_own(const Simulated& s) {
  const bool is_down = s.down_s.value > 0;
  return s.alone && is_by_load(is_down ? s.down_s : s.lossy_s,
                               is_down ? s.alone->down_s : s.alone->lossy_s, &Likely::value);
}

/// Which part is full first.
std::string full_of(const Simulated& s) {
  const auto full = std::find_if(s.story.begin(), s.story.end(), [](const StoryLine& line) {
    return line.told == findings::Told::part;
  });
  return full == s.story.end() ? "users lose requests" : fmt::format("{} is full", full->name);
}

/// Of two ends with different verdicts, what lies between them: time down, or time without something.
std::string open_reason(const Simulated& s, const Likely& by_chance) {
  const bool is_down =
      verdict_of(s.down_s.low, 0, s.rto_s) != verdict_of(s.down_s.high, 0, s.rto_s);
  const Likely& range = is_down ? s.down_s : s.partly_s;
  const bool is_luck =
      is_down && verdict_of(by_chance.low, 0, s.rto_s) != verdict_of(by_chance.high, 0, s.rto_s);
  const bool is_by_load_alone =
      is_down ? s.alone && is_by_load(s.down_s, s.alone->down_s, &Likely::high)
              : is_partly_by_load(s);
  return fmt::format("{} between {} and {}, by {}{}", is_down ? "down" : "losing something",
                     format_duration({range.low}), format_duration({range.high}),
                     is_luck ? "chance" : "what nobody stated",
                     is_by_load_alone ? ", at worst by load alone" : "");
}

std::string reason_of(const Simulated& s, const Likely& by_chance) {
  if (s.survives == Verdict::unknown) {
    return open_reason(s, by_chance);
  }
  if (s.down_s.value <= 0 && s.partly_s.value <= 0) {
    return s.survives == Verdict::yes ? "users notice nothing" : open_reason(s, by_chance);
  }
  if (is_loads_own(s)) {
    return std::string(kByLoad);
  }
  return s.gravest.empty() ? full_of(s) : s.gravest;
}

}  // namespace

Verdict verdict_of(double down_s, double partly_s, double rto_s) {
  return down_s > rto_s ? Verdict::no : partly_s > rto_s ? Verdict::degraded : Verdict::yes;
}

void judge(Simulated& day, const Likely& by_chance) {
  const Verdict best = verdict_of(day.down_s.low, day.partly_s.low, day.rto_s);
  const Verdict worst = verdict_of(day.down_s.high, day.partly_s.high, day.rto_s);
  // Survived either way is no doubt, but where only load, and that at worst, costs users something.
  const bool is_settled =
      best == worst ||
      (best != Verdict::no && worst != Verdict::no &&
       !(best == Verdict::yes && day.partly_s.value <= 0 && is_partly_by_load(day)));
  day.survives = !day.is_partial && is_settled ? worst : Verdict::unknown;
  // What goes on when nobody watches any more may last longer than it was seen to.
  const bool is_open = !day.recovers && day.survives != Verdict::no;
  day.survives = is_open ? Verdict::unknown : day.survives;
  constexpr std::string_view kOpen = "it was not over when the watch ended (until)";
  day.because = day.took_too_long              ? "it takes too many steps to be followed to its end"
                : day.is_partial               ? "it was stopped before its end"
                : is_open && is_loads_own(day) ? fmt::format("{}; {}", kByLoad, kOpen)
                : is_open && !is_settled ? fmt::format("{}; {}", reason_of(day, by_chance), kOpen)
                : is_open                ? std::string(kOpen)
                                         : reason_of(day, by_chance);
}

void judge_data(Simulated& day) {
  using Kind = failure::DataLoss::Kind;
  const bool is_too_much = day.data.kind == Kind::all ||
                           (day.data.kind == Kind::seconds && day.data.seconds > day.rpo_s);
  const bool is_open = day.data.kind == Kind::unknown;
  if (!day.split.empty() && !is_too_much && day.survives != Verdict::no) {
    day.survives = Verdict::unknown;
    day.because = fmt::format("both sides of {} may go on taking writes", day.split.front());
    return;
  }
  if (day.survives == Verdict::no || !(is_too_much || is_open)) {
    return;
  }
  day.survives = is_open ? Verdict::unknown : Verdict::no;
  const std::string stores = base::join_words(day.data.stores, 4);
  day.because =
      is_open ? fmt::format("whether a copy of {} is left is not known", stores)
      : day.data.kind == Kind::all
          ? fmt::format("no copy of {} is left", stores)
          : fmt::format("the last {} of {} is lost", format_duration({day.data.seconds}), stores);
}

}  // namespace outlast::clock
