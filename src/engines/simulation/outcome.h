#pragma once

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "base/progress.h"
#include "engines/simulation/model.h"

/// What a run shows: the same for both engines.
namespace outlast::engines::simulation {

struct RunOptions {
  double end_s = 600;
  double step_s = 1;  ///< of the series
  std::uint64_t seed = 1;
  /// Work after which a run is given up: events of the request engine; of the flow engine steps of a
  /// station, or of a call, a million of which take about half a second.
  std::uint64_t budget = 4'000'000'000;
  /// Set from outside, the run ends at the next step, as it does when its budget is used up.
  const std::atomic<bool>* stop = nullptr;
  base::Progress* progress = nullptr;  ///< told of each step of the series; a run is 1

  [[nodiscard]] bool is_stopped() const {
    return stop != nullptr && stop->load(std::memory_order_relaxed);
  }
  void tell_step() const {
    if (progress != nullptr) {
      progress->did(step_s / end_s);
    }
  }
};

/// One number for each step of a run, per second where it counts something.
using Track = std::vector<double>;

/// What users of one source met.
struct UserTracks {
  Track offered;  ///< that came
  Track served;   ///< answered within their patience, however often they had to ask; by the time
                  ///< of the answer
  Track failed;   ///< given up
  Track latency;  ///< seconds, mean of those served in the step; of the first attempt's start
};

struct StationTracks {
  Track arrived;   ///< attempts
  Track refused;   ///< of them found no place, or an error
  Track done;      ///< work finished
  Track wasted;    ///< of it for callers who had given up
  Track waiting;   ///< mean number in queues
  Track busy;      ///< mean number of busy servers
  Track present;   ///< mean number from arrival to the end of its own work
  Track replicas;  ///< at the end of the step

  /// Attempts that found a place and were worked on, whatever came of them.
  [[nodiscard]] Track taken() const {
    Track out;
    for (std::size_t i = 0; i < arrived.size(); ++i) {
      out.push_back(std::max(0.0, arrived[i] - refused[i]));
    }
    return out;
  }
  void reserve(std::size_t steps) {
    for (Track* track :
         {&arrived, &refused, &done, &wasted, &waiting, &busy, &present, &replicas}) {
      track->reserve(steps);
    }
  }
};

/// Tracks by station; stations that fare alike have theirs together.
class TracksByStation {
 public:
  TracksByStation() = default;
  explicit TracksByStation(std::size_t stations) : tracks_(stations) {
    for (std::size_t s = 0; s < stations; ++s) {
      of_.emplace_back(s);
    }
  }
  /// in  of  for each station, which of those there are tells of it
  void stand_for(std::vector<StationId> of) { of_ = std::move(of); }

  [[nodiscard]] std::size_t size() const { return of_.size(); }
  [[nodiscard]] StationTracks& operator[](StationId id) { return tracks_[of_[id.index].index]; }
  [[nodiscard]] const StationTracks& operator[](StationId id) const {
    return tracks_[of_[id.index].index];
  }

 private:
  std::vector<StationTracks> tracks_;
  std::vector<StationId> of_;  ///< by station
};

/// What became of calls that a request can do without; of alternatives, told of the first.
struct CallTracks {
  Track asked;   ///< by requests that waited for the answer, however often they had to ask
  Track missed;  ///< of them got none

  struct Sums {
    double asked = 0;
    double missed = 0;
    void add(const Sums& more, double times = 1) {
      asked += times * more.asked;
      missed += times * more.missed;
    }
  };
  /// Ends a step of the series; of calls that are needed nothing is told.
  void add(const Call& call, const Sums& sums, double step_s) {
    if (!call.is_needed && call.waits) {
      asked.push_back(sums.asked / step_s);
      missed.push_back(sums.missed / step_s);
    }
  }
};

/// Something that changed, with its cause.
struct TraceEntry {
  double at_s = 0;
  std::string what;
  StationId station;  ///< that it is about; absent where it is about none
  std::string cause;  ///< empty: none is told
};

struct Outcome {
  double step_s = 1;
  std::vector<UserTracks> users;  ///< by source
  TracksByStation stations;
  base::IdVector<CallId, CallTracks> calls;  ///< empty tracks of those that are needed
  std::vector<TraceEntry> trace;
  double ended_s = 0;           ///< earlier than asked where the budget ended
  bool is_random = false;       ///< counts vary by chance
  bool is_cut_off = false;      ///< the budget ended, or it was stopped
  bool is_over_budget = false;  ///< the former
  std::uint64_t work = 0;       ///< events or steps
};

/// From when on are users served for good? The first step from which on the served are at least
/// `share` of the offered over every `window_s` until the end; absent: never.
/// assumes  the run is long enough to tell: see `drain_s`
struct Recovery {
  bool recovers = false;
  double at_s = 0;  ///< where it recovers
};
[[nodiscard]] Recovery recovery_after(const Outcome& outcome, double from_s, double window_s = 30,
                                      double share = 0.99);

/// Of users who are told something, the share that is told that nothing came of it. Who still waits
/// is not lost.
[[nodiscard]] constexpr double lost_share(double served, double failed) {
  return failed > 0 ? failed / (served + failed) : 0;
}

/// Mean of a track over [from, to) seconds.
[[nodiscard]] double mean_of(const Track& track, double step_s, double from_s, double to_s);

}  // namespace outlast::engines::simulation
