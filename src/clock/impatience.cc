#include "clock/impatience.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/pinned_math.h"
#include "base/units.h"
#include "clock/room.h"

namespace outlast::clock {

namespace simulation = engines::simulation;
using simulation::Call;
using simulation::CallId;

namespace {

double late_share(const Call& call, const simulation::Station& there, double response_s) {
  constexpr double kHardlyVaries = 0.5;
  const double late = there.service.cv2 < kHardlyVaries
                          ? (response_s > call.timeout_s ? 1 : 0)
                          : base::pinned_exp(-call.timeout_s / std::max(response_s, 1e-9));
  double each_time = late;
  for (std::size_t again = 0; again < call.retry.most; ++again) {
    each_time *= late;
  }
  return each_time;
}

}  // namespace

std::optional<Impatience> impatience_of(const LoadModel& load) {
  constexpr double kHardly = 0.01;
  const auto response_s = responses_alone(load.model);
  std::optional<Impatience> worst;
  for (const CallId id : base::ids<CallId>(load.model.calls.size())) {
    const Call& call = load.model.calls[id];
    const bool is_waited_for = load.ways[id.index].from.exists() && call.is_needed && call.waits &&
                               call.timeout_s < simulation::kForever;
    if (!is_waited_for || call.rate() <= 0) {
      continue;
    }
    const double late = late_share(call, load.model.stations[call.to], response_s[call.to.index]);
    if (late > kHardly && (!worst || late > worst->late)) {
      worst = {id, late};
    }
  }
  return worst;
}

std::optional<CallId> hastiest_call(const LoadModel& load) {
  constexpr double kHasty_s = 0.05;
  std::optional<CallId> hastiest;
  double least_s = kHasty_s;
  for (const CallId id : base::ids<CallId>(load.model.calls.size())) {
    if (load.model.calls[id].timeout_s < least_s) {
      least_s = load.model.calls[id].timeout_s;
      hastiest = id;
    }
  }
  return hastiest;
}

std::string told_of(const Impatience& impatience, const LoadModel& load) {
  const Call& call = load.model.calls[impatience.call];
  return fmt::format(
      "{} waits {} for {}: too short for {:.2g} % of its answers, however few users there are",
      load.model.stations[load.ways[impatience.call.index].from].name,
      base::format_duration({call.timeout_s}), load.model.stations[call.to].name,
      100 * impatience.late);
}

}  // namespace outlast::clock
