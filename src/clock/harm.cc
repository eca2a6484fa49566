#include "clock/harm.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace outlast::clock {

using findings::Likely;

Harm harm_of(const Run& run) {
  Harm harm;
  for (const auto& fate : fates_of(run)) {
    harm.down_s = std::max(harm.down_s, fate.down_s);
    harm.lossy_s = std::max(harm.lossy_s, fate.lossy_s);
    harm.partly_s = std::max(harm.partly_s, fate.partly_s);
    harm.requests += fate.lost_requests;
  }
  return harm;
}

std::optional<blueprint::Scenario> without_faults(const blueprint::Scenario& scenario) {
  blueprint::Scenario alone = scenario;
  std::erase_if(alone.faults,
                [](const auto& fault) { return fault.fault != blueprint::Fault::surge; });
  std::erase_if(alone.recoveries, [](const auto& recovery) {
    return !recovery.ends.empty() || !recovery.needs.empty();
  });
  return alone.faults.size() < scenario.faults.size() ? std::optional(std::move(alone))
                                                      : std::nullopt;
}

std::vector<Harm> added(const Reading& reading) {
  std::vector<Harm> all;
  for (std::size_t i = 0; i < reading.with.size(); ++i) {
    const Harm alone = i < reading.alone.size() ? reading.alone[i] : Harm{};
    const Harm& with = reading.with[i];
    all.push_back({std::max(0.0, with.down_s - alone.down_s),
                   std::max(0.0, with.lossy_s - alone.lossy_s),
                   std::max(0.0, with.partly_s - alone.partly_s),
                   std::max(0.0, with.requests - alone.requests)});
  }
  return all;
}

Likely mean_of(const std::vector<Harm>& runs, double Harm::*of) {
  constexpr double kStudent[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262};
  const auto n = static_cast<double>(runs.size());
  double mean = 0;
  for (const Harm& run : runs) {
    mean += run.*of / n;
  }
  double squares = 0;
  for (const Harm& run : runs) {
    squares += (run.*of - mean) * (run.*of - mean);
  }
  const std::size_t freedom = std::min(runs.size() - 1, std::size(kStudent));
  const double off = freedom == 0 ? 0 : kStudent[freedom - 1] * std::sqrt(squares / (n - 1) / n);
  return {mean, std::max(0.0, mean - off), mean + off};
}

void widen(Likely& range, const Likely& by) {
  range.low = std::min(range.low, by.low);
  range.high = std::max(range.high, by.high);
}

}  // namespace outlast::clock
