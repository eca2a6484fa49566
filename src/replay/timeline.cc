#include "replay/timeline.h"

#include <algorithm>

namespace outlast::replay {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

/// 0 before `begin`, `inside` in it, 0 from `end` on.
Timeline during(double begin, double end, double inside) {
  return end <= begin ? Timeline() : Timeline({{begin, inside}, {end, 0}});
}

/// The share of users that a switch at `from` has led elsewhere, until it leads back.
Timeline followed(double from, double back, const Switch& how) {
  const Timeline in_time =
      wave({.begins_s = from, .rises_s = how.ttl_s, .fades_s = back, .lost = 1 - how.stale});
  const Timeline late = wave({.begins_s = from + how.ttl_s,
                              .rises_s = std::max(0.0, how.stale_s - how.ttl_s),
                              .fades_s = back,
                              .lost = how.stale});
  return combined({in_time, late}, [](auto& at) { return std::min(1.0, at[0] + at[1]); });
}

}  // namespace

Timeline::Timeline(const std::vector<Step>& steps) {
  double before = 0;
  for (const Step& step : steps) {
    if (!steps_.empty() && steps_.back().from_s == step.from_s) {
      steps_.back().lost = step.lost;
    } else if (step.lost != before) {
      steps_.push_back(step);
    }
    before = step.lost;
  }
}

double Timeline::lost_at(double at_s) const {
  const auto after = std::upper_bound(steps_.begin(), steps_.end(), at_s,
                                      [](double at, const Step& step) { return at < step.from_s; });
  return after == steps_.begin() ? 0 : (after - 1)->lost;
}

double Timeline::most_lost() const {
  double most = 0;
  for (const Step& step : steps_) {
    most = std::max(most, step.lost);
  }
  return most;
}

double Timeline::first(double share) const {
  const auto found = std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) {
    return step.lost > 0 && step.lost >= share;
  });
  return found == steps_.end() ? kNever : found->from_s;
}

double Timeline::first_below(double share, double at_s) const {
  if (lost_at(at_s) < share) {
    return at_s;
  }
  const auto found = std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) {
    return step.from_s > at_s && step.lost < share;
  });
  return found == steps_.end() ? kNever : found->from_s;
}

std::vector<std::pair<double, double>> Timeline::stretches(double share) const {
  std::vector<std::pair<double, double>> all;
  bool is_open = false;
  for (const Step& step : steps_) {
    const bool is_lost = step.lost > 0 && step.lost >= share;
    if (is_lost && !is_open) {
      all.emplace_back(step.from_s, kNever);
    } else if (!is_lost && is_open) {
      all.back().second = step.from_s;
    }
    is_open = is_lost;
  }
  return all;
}

double Timeline::time_at_least(double share) const {
  double sum = 0;
  for (const auto& [begin, end] : stretches(share)) {
    sum += end - begin;
  }
  return sum;
}

double Timeline::over_s() const {
  return steps_.empty() ? 0 : steps_.back().lost > 0 ? kNever : steps_.back().from_s;
}

Timeline wave(const Wave& w) {
  if (w.fades_s <= w.begins_s || w.lost <= 0) {
    return {};
  }
  std::vector<Timeline::Step> steps;
  // What fades before all of it is lost has its steps in what there is of the line.
  const double rises_s = std::min(w.rises_s, w.fades_s - w.begins_s);
  const double reached = w.rises_s > 0 ? rises_s / w.rises_s : 1;
  for (int i = 0; i < kRampSteps && rises_s > 0; ++i) {
    steps.push_back(
        {w.begins_s + rises_s * i / kRampSteps, w.lost * reached * (i + 0.5) / kRampSteps});
  }
  if (w.rises_s < w.fades_s - w.begins_s) {
    steps.push_back({w.begins_s + rises_s, w.lost});
  }
  for (int i = 0; i < kRampSteps && w.falls_s > 0; ++i) {
    steps.push_back(
        {w.fades_s + w.falls_s * i / kRampSteps, w.lost * reached * (1 - (i + 0.5) / kRampSteps)});
  }
  steps.push_back({w.fades_s + std::max(0.0, w.falls_s), 0});
  return Timeline(steps);
}

Timeline combined(const std::vector<Timeline>& all,
                  const std::function<double(std::vector<double>&)>& combine) {
  std::vector<double> moments;
  for (const Timeline& timeline : all) {
    for (const Timeline::Step& step : timeline.steps()) {
      moments.push_back(step.from_s);
    }
  }
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  std::vector<Timeline::Step> steps;
  std::vector<std::size_t> next(all.size(), 0);
  std::vector<double> now(all.size(), 0);
  std::vector<double> given;
  for (const double moment : moments) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& own = all[i].steps();
      while (next[i] < own.size() && own[next[i]].from_s <= moment) {
        now[i] = own[next[i]++].lost;
      }
    }
    given = now;
    steps.push_back({moment, combine(given)});
  }
  return Timeline(steps);
}

Timeline worst_of(const std::vector<Timeline>& all) {
  return lost_by_at_least(1, all);
}

Timeline lost_by_at_least(std::size_t k, const std::vector<Timeline>& all) {
  std::vector<Timeline> losing;
  std::copy_if(all.begin(), all.end(), std::back_inserter(losing),
               [](const Timeline& timeline) { return !timeline.is_never(); });
  if (k == 0 || losing.size() < k) {
    return {};
  }
  if (losing.size() == 1) {
    return losing.front();
  }
  return combined(losing, [k](std::vector<double>& lost) {
    const auto at = lost.begin() + static_cast<std::ptrdiff_t>(k - 1);
    std::nth_element(lost.begin(), at, lost.end(), std::greater<>());
    return *at;
  });
}

Timeline after_buffer(const Timeline& timeline, double buffer_s, double longer_s) {
  std::vector<Timeline> parts;
  for (const auto& [begin, end] : timeline.stretches(0)) {
    const Timeline window = during(begin + buffer_s, end + longer_s, 1);
    const Timeline tail =
        during(end, end + longer_s, timeline.lost_at(std::max(begin, end - longer_s)));
    parts.push_back(combined({timeline, tail, window}, [](std::vector<double>& lost) {
      return std::max(lost[0], lost[1]) * lost[2];
    }));
  }
  return worst_of(parts);
}

Timeline switched(const Timeline& active, const Timeline& via, const Timeline& rest,
                  const Switch& how) {
  std::vector<Timeline> on_rest;
  double back_s = -kNever;
  for (const auto& [begin, end] : active.stretches(how.notices)) {
    if (begin < back_s) {
      continue;  // it is not what is used
    }
    const double acts = via.first_below(kDown, begin + how.detect_s);
    if (acts >= end) {
      continue;  // over before it was switched
    }
    back_s = active.first_below(std::min(how.notices, kNoticed), end);
    on_rest.push_back(followed(acts + how.takes_s, back_s, how));
  }
  const Timeline holds_it = how.stays ? Timeline() : via;
  return combined({active, rest, worst_of(on_rest), holds_it}, [](std::vector<double>& lost) {
    const double led = lost[3] < kDown ? lost[2] : 0;
    return (1 - led) * lost[0] + led * std::min(lost[0], lost[1]);
  });
}

}  // namespace outlast::replay
