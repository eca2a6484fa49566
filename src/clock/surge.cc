#include "clock/surge.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

#include "base/parallel.h"
#include "base/units.h"
#include "clock/carried.h"
#include "clock/impatience.h"
#include "clock/load_model.h"
#include "clock/surge_story.h"
#include "clock/tipping.h"
#include "engines/simulation/flow_engine.h"

namespace outlast::clock {

namespace simulation = engines::simulation;
using findings::Surge;
using findings::SurgePart;
using findings::SurgeQuestion;
using findings::Verdict;

namespace {

/// How long it is watched after the surge: by then it has recovered or will not by itself.
constexpr double kAfterwards_s = 3600;
/// Users are down while more than this share of their requests is lost.
constexpr double kLostShare = 0.01;
/// Of one run: some fifteen seconds.
constexpr std::uint64_t kMostWork = 30'000'000;

struct Played {
  LoadModel load;
  simulation::Outcome outcome;
  std::vector<std::vector<double>> use;       ///< by station: share of what runs out first, by step
  std::vector<std::optional<double>> full_s;  ///< by station
  std::optional<std::size_t> first;           ///< station that is full first
  double down_s = 0;
  double sustains = simulation::kForever;
  std::optional<std::size_t> bound;  ///< station that sustains least
  Tipping tipping;                   ///< while the users stay
};

double sum_at(const simulation::Outcome& outcome, simulation::Track simulation::UserTracks::*track,
              std::size_t i) {
  double sum = 0;
  for (const auto& users : outcome.users) {
    sum += (users.*track)[i];
  }
  return sum;
}

/// When so many users are there; at the end of the surge where they never are, at its beginning where
/// they always were.
double users_at_s(const SurgeQuestion& q, double users) {
  const double more = q.to_users - q.from_users;
  return more > 0 ? std::clamp((users - q.from_users) / more, 0.0, 1.0) * q.within_s : 0;
}

/// When a station that is seen to be full in step `i` became so: when users came to be as many as it
/// has servers for then. Where it is full though they are fewer, calls that are made again fill it.
double filled_s(const Played& run, const SurgeQuestion& q, std::size_t s, std::size_t i) {
  const auto& part = run.load.parts[s];
  const double replicas = part.most_replicas == 0  // it runs none
                              ? 0
                              : run.outcome.stations[simulation::StationId(s)].replicas[i];
  const double per_user = part.visits * part.room.holds_s * run.load.requests_per_user_s;
  const double users = per_user > 0 ? kFull * replicas * part.room.of_replica / per_user : 0;
  const double begins_s = static_cast<double>(i) * run.outcome.step_s;
  const double by_users_s = users_at_s(q, users);
  const bool was_smaller =
      i > 0 && run.outcome.stations[simulation::StationId(s)].replicas[i - 1] != replicas;
  return was_smaller ? begins_s : std::min(by_users_s, begins_s + run.outcome.step_s);
}

void find_full(Played& run, const SurgeQuestion& q) {
  const RoomUse use(run.load.model, run.outcome);
  run.full_s.resize(run.load.parts.size());
  for (std::size_t s = 0; s < run.load.parts.size(); ++s) {
    run.use.push_back(use.shares(s, run.load.parts[s].room));
    const auto& tracks = run.outcome.stations[simulation::StationId(s)];
    for (std::size_t i = 0; i < tracks.busy.size() && !run.full_s[s]; ++i) {
      const bool is_full = run.use[s][i] >= kFull ||
                           tracks.refused[i] > kLostShare * std::max(1e-9, tracks.arrived[i]);
      if (is_full) {
        run.full_s[s] = filled_s(run, q, s, i);
      }
    }
    const double sustains = sustained_by(run.load, s);
    if (sustains < run.sustains) {
      run.sustains = sustains;
      run.bound = s;
    }
    // Of several that are full from the start the one that sustains least.
    const bool is_first =
        run.full_s[s] && (!run.first || *run.full_s[s] < *run.full_s[*run.first] ||
                          (*run.full_s[s] == *run.full_s[*run.first] &&
                           sustains < sustained_by(run.load, *run.first)));
    if (is_first) {
      run.first = s;
    }
  }
}

void find_down(Played& run) {
  const std::size_t steps = run.outcome.users.front().offered.size();
  double down = 0;
  bool is_down = false;
  for (std::size_t i = 0; i < steps; ++i) {
    const double served = sum_at(run.outcome, &simulation::UserTracks::served, i);
    const double failed = sum_at(run.outcome, &simulation::UserTracks::failed, i);
    is_down = simulation::lost_share(served, failed) > kLostShare;
    down += is_down ? run.outcome.step_s : 0;
  }
  run.down_s = is_down ? simulation::kForever : down;
}

/// As many replicas work at last as the run ends with: may they be tipped over?
void find_tipping(Played& run) {
  if (!std::isfinite(run.down_s)) {
    return;
  }
  LoadModel at_last = run.load;
  for (std::size_t s = 0; s < at_last.parts.size(); ++s) {
    const double replicas = run.outcome.stations[simulation::StationId(s)].replicas.back();
    set_replicas(at_last.model.stations[simulation::StationId(s)],
                 std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(replicas))));
  }
  run.tipping = tipping_of(at_last.model, kAfterwards_s);
  run.down_s = run.tipping.is_likely ? simulation::kForever : run.down_s;
}

/// Where callers give up within milliseconds steps are short for as long as anything moves: the same
/// surge within a twentieth of the time tells whether that ends. A tenth of the work must do for it.
bool may_be_followed(const LoadModel& load, const SurgeQuestion& q,
                     simulation::RunOptions options) {
  constexpr double kPart = 0.05;
  if (!hastiest_call(load)) {
    return true;
  }
  LoadModel tried = load;
  set_users(tried, {{0, q.from_users}, {kPart * q.within_s, q.to_users}});
  options.end_s *= kPart;
  options.step_s *= kPart;
  options.budget = kMostWork / 10;
  options.progress = nullptr;
  return !simulation::simulate_flow(tried.model, options).is_cut_off;
}

base::Result<Played> run_at(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                            const SurgeQuestion& q, Strain strain, std::atomic<bool>& is_too_long,
                            base::Progress* progress) {
  Played run;
  run.load = load_model_of(bp, catalog, strain);
  grow_for(run.load, q.from_users);
  set_users(run.load, {{0, q.from_users}, {q.within_s, q.to_users}});
  if (const auto ok = simulation::check_model(run.load.model); !ok) {
    return tl::unexpected<base::Error>(ok.error());
  }
  simulation::RunOptions options;
  constexpr double kSteps = 120;
  options.step_s = std::max(1.0, std::ceil(q.within_s / kSteps));
  options.end_s = q.within_s + kAfterwards_s;
  options.progress = progress;
  options.budget = kMostWork;
  options.stop = &is_too_long;
  if (!may_be_followed(run.load, q, options)) {
    is_too_long = true;
    return too_long("the surge", run.load);
  }
  run.outcome = simulation::simulate_flow(run.load.model, options);
  if (run.outcome.is_cut_off || run.outcome.users.front().offered.empty()) {
    is_too_long = true;
    return too_long("the surge", run.load);
  }
  find_full(run, q);
  find_down(run);
  find_tipping(run);
  const auto sustains = carried_users(run.load, run.sustains);
  if (!sustains) {
    return too_long("what is carried", run.load);
  }
  run.sustains = *sustains;
  return run;
}

SurgePart part_of(const blueprint::Blueprint& bp, const Played& run, const Played& low,
                  const Played& high, const SurgeQuestion& q, std::size_t s) {
  const auto& part = run.load.parts[s];
  const auto& tracks = run.outcome.stations[simulation::StationId(s)];
  SurgePart out;
  out.id = bp[part.component].id;
  out.name = bp[part.component].name;
  out.limit = part.limit;
  out.sustains = {sustained_by(run.load, s), sustained_by(high.load, s), sustained_by(low.load, s)};
  out.saturates_s = run.full_s[s];
  out.at_users = run.full_s[s] ? q.users_at(*run.full_s[s]) : simulation::kForever;
  out.is_bounded = std::isfinite(part.most_at_once);
  out.replicas = tracks.replicas;
  out.taken = tracks.taken();
  out.use = run.use[s];
  return out;
}

void add_series(const Played& run, Surge& out) {
  const std::size_t steps = run.outcome.users.front().offered.size();
  out.step_s = run.outcome.step_s;
  double lost = 0;
  for (std::size_t i = 0; i < steps; ++i) {
    const double offered = sum_at(run.outcome, &simulation::UserTracks::offered, i);
    const double served = sum_at(run.outcome, &simulation::UserTracks::served, i);
    double latency = 0;
    for (const auto& users : run.outcome.users) {
      latency += users.latency[i] * users.served[i];
    }
    out.users.push_back(out.question.users_at((static_cast<double>(i) + 0.5) * out.step_s));
    out.offered.push_back(offered);
    out.served.push_back(served);
    out.latency_s.push_back(served > 0 ? latency / served : 0);
    const double failed = sum_at(run.outcome, &simulation::UserTracks::failed, i);
    out.failed.push_back(failed);
    lost += failed * out.step_s;
    out.lost_share = std::max(out.lost_share, simulation::lost_share(served, failed));
  }
  out.lost_requests = lost;
  const auto recovery = simulation::recovery_after(run.outcome, 0, 10 * out.step_s, 1 - kLostShare);
  out.recovers = recovery.recovers && !run.tipping.is_likely;
  if (out.recovers) {
    out.recovered_s = recovery.at_s;
  }
}

std::string reason(const Surge& surge, const std::string& tips) {
  const auto& sustains = surge.max_sustainable_users;
  if (!surge.impatience.empty()) {
    return surge.impatience;
  }
  if (!tips.empty()) {
    return tips;
  }
  if (surge.survives == Verdict::unknown) {
    return fmt::format("it sustains between {} and {} users, by what nobody stated",
                       findings::count_text(sustains.low), findings::count_text(sustains.high));
  }
  if (!surge.saturates_first) {
    return "nothing is full";
  }
  return fmt::format("{} is full at {} users", surge.saturates_first->name,
                     findings::count_text(surge.saturates_first->at_users));
}

}  // namespace

SurgeQuestion surge_question_of(const blueprint::Objectives& objectives) {
  SurgeQuestion question;
  const auto& users = objectives.users;
  question.from_users = users.now.value_or(question.from_users);
  question.to_users = users.peak.value_or(question.to_users);
  question.within_s = users.within.value_or({question.within_s}).value;
  return question;
}

base::Result<Surge> surge_of(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                             const SurgeQuestion& question, base::Progress* progress) {
  constexpr double kMostUsers = 1e12;
  constexpr double kLongest_s = 30 * 86400.0;
  if (!(question.from_users >= 0) || !(question.to_users > 0) || question.to_users > kMostUsers ||
      !(question.within_s > 0) || question.within_s > kLongest_s) {
    return base::fail("a surge needs numbers of users up to 1e12, and a time of up to 30 days",
                      "from 100 to 1000000 users in 10m, say");
  }
  if (bp.journeys().empty()) {
    return base::fail("nobody comes in anywhere: there is no load to grow",
                      "declare a journey: journeys: {visit: {enters: COMPONENT}}");
  }
  constexpr std::array kStrains = {Strain::likely, Strain::low, Strain::high};
  std::array<std::optional<base::Result<Played>>, kStrains.size()> played;
  std::atomic<bool> is_too_long = false;  // where one end cannot be followed, none has to be
  if (progress != nullptr) {
    progress->plan(kStrains.size());
  }
  base::parallel_for(kStrains.size(), 0, [&](std::size_t i) {
    played[i] = run_at(bp, catalog, question, kStrains[i], is_too_long, progress);
  });
  const auto& likely = *played[0];
  const auto& low = *played[1];
  const auto& high = *played[2];
  if (!likely || !low || !high) {
    return tl::unexpected<base::Error>((!likely ? likely : !low ? low : high).error());
  }
  Surge out;
  out.question = question;
  out.assumptions = likely->load.assumptions;
  add_series(*likely, out);
  out.down_s = likely->down_s;
  out.max_sustainable_users = {likely->sustains, high->sustains, low->sustains};
  constexpr double kNobody = 1;
  if (likely->sustains < kNobody) {
    const auto impatience = impatience_of(likely->load);
    out.impatience = impatience ? told_of(*impatience, likely->load) : "";
  }
  if (likely->bound && out.impatience.empty()) {
    out.sustained_by = bp[likely->load.parts[*likely->bound].component].name;
  }
  for (std::size_t s = 0; s < likely->load.parts.size(); ++s) {
    if (likely->load.parts[s].visits > 0) {
      out.parts.push_back(part_of(bp, *likely, *low, *high, question, s));
    }
  }
  std::stable_sort(out.parts.begin(), out.parts.end(), [](const SurgePart& a, const SurgePart& b) {
    return a.sustains.value < b.sustains.value;
  });
  const auto at_users = [&](const Played& run) {
    return run.first ? question.users_at(*run.full_s[*run.first]) : simulation::kForever;
  };
  out.at_users = {at_users(*likely), at_users(*high), at_users(*low)};
  if (likely->first) {
    out.at_s = likely->full_s[*likely->first];
    out.saturates_first = part_of(bp, *likely, *low, *high, question, *likely->first);
  }
  out.story = surge_story(bp, likely->load, likely->outcome, out);
  const double rto_s =
      blueprint::objective_of(bp.objectives(), blueprint::FaultClass::software).rto.value;
  const auto verdict = [&](const Played& run) {
    const bool is_open = run.tipping.is_possible && !run.tipping.is_likely;
    return run.down_s > rto_s ? Verdict::no : is_open ? Verdict::unknown : Verdict::yes;
  };
  out.survives = verdict(*low) == verdict(*high) ? verdict(*likely) : Verdict::unknown;
  const bool is_by_chance =
      likely->tipping.is_possible && !likely->first && out.survives != Verdict::yes;
  out.because = reason(out, is_by_chance ? likely->tipping.told : std::string());
  return out;
}

}  // namespace outlast::clock
