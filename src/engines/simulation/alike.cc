/// One station for all that fare alike.
///
/// Problem: architectures of thousands of parts are mostly a few parts many times over, and a step
/// of a run costs as much as there are parts. Method: of each colour (colouring.cc) one station is
/// kept, with its calls. Of neighbouring calls to stations of one colour one is kept, whose answers
/// are waited for as often (`Call::copies`); where several callers of one colour call the same
/// station, one brings what all bring (`Call::callers`): all that a call counts is linear in who
/// makes it, but for breakers and connections, and calls with these keep a colour of their own.
/// Limits: the whole differs from it by rounding.

#include "engines/simulation/alike.h"

#include <map>
#include <span>
#include <utility>

#include "engines/simulation/colouring.h"

namespace outlast::engines::simulation {
namespace {

class Keeper {
 public:
  explicit Keeper(const Model& whole) : whole_(whole), colours_(whole) {}

  std::optional<Lumped> keep() {
    if (!colours_.settle()) {
      return std::nullopt;
    }
    keep_stations();
    find_leaders();
    keep_calls();
    keep_sources();
    keep_changes();
    keep_controllers();
    return std::move(out_);
  }

 private:
  void keep_stations() {
    std::vector<StationId> known(colours_.colours());  // by colour, the first of it
    for (const StationId id : base::ids<StationId>(whole_.stations.size())) {
      StationId& first = known[colours_.rank_of(id)];
      if (!first.exists()) {
        first = id;
        out_.stations.push_back(out_.model.stations.push_back(whole_.stations[id]));
      } else {
        out_.stations.push_back(out_.stations[first.index]);
      }
      first_.push_back(first);
    }
  }

  /// Of each call the one that is kept for it: what stands at its place with the first station of the
  /// colour, of neighbours that look the same the first.
  void find_leaders() {
    leader_.resize(whole_.calls.size());
    copies_.resize(whole_.calls.size(), 1);
    for (const StationId id : base::ids<StationId>(whole_.stations.size())) {
      const StationId first = first_[id.index];
      if (first == id) {
        lead(whole_.stations[id]);
      }
      const std::vector<CallId>& calls = whole_.stations[id].calls;
      for (std::size_t i = 0; i < calls.size(); ++i) {
        leader_[calls[i].index] = leader_[whole_.stations[first].calls[i].index];
      }
    }
    std::map<std::uint64_t, CallId> known;
    for (const Source& source : whole_.sources) {
      leader_[source.call.index] =
          known.emplace(colours_.look_of(source.call), source.call).first->second;
    }
  }

  /// The calls of a station that is kept.
  void lead(const Station& station) {
    std::span<const CallId> before;
    for (const auto choice : choices_in(whole_, station)) {
      const bool is_another =
          !before.empty() && colours_.look_of(choice) == colours_.look_of(before);
      for (std::size_t i = 0; i < choice.size(); ++i) {
        CallId& leader = leader_[choice[i].index];
        leader = is_another ? leader_[before[i].index] : choice[i];
        copies_[leader.index] += is_another ? 1 : 0;
      }
      before = choice;
    }
  }

  void keep_calls() {
    out_.calls.resize(whole_.calls.size());
    for (const CallId id : base::ids<CallId>(whole_.calls.size())) {
      if (leader_[id.index] == id) {
        Call call = whole_.calls[id];
        call.to = out_.stations[call.to.index];
        call.callers = colours_.callers_of(id);
        call.copies = copies_[id.index];
        call.cache.items *= call.callers;
        out_.calls[id.index] = out_.model.calls.push_back(call);
      }
    }
    for (const CallId id : base::ids<CallId>(whole_.calls.size())) {
      const CallId leader = leader_[id.index];
      out_.calls[id.index] = leader.exists() ? out_.calls[leader.index] : CallId();
    }
    for (Station& station : out_.model.stations) {
      std::vector<CallId> kept;
      for (const CallId call : station.calls) {
        if (leader_[call.index] == call) {
          kept.push_back(out_.calls[call.index]);
        }
      }
      station.calls = std::move(kept);
    }
  }

  void keep_sources() {
    std::map<CallId, std::size_t> known;
    for (const Source& source : whole_.sources) {
      const CallId call = out_.calls[source.call.index];
      const auto [same, is_new] = known.emplace(call, out_.model.sources.size());
      if (is_new) {
        out_.model.sources.push_back(source);
        out_.model.sources.back().call = call;
        out_.model.sources.back().alike = 0;
      }
      out_.model.sources[same->second].alike += 1;
      out_.sources.push_back(same->second);
    }
  }

  void keep_changes() {
    for (Change change : whole_.changes) {
      if (is_of_call(change.quantity)) {
        if (leader_[change.subject] != CallId(change.subject)) {
          continue;
        }
        change.subject = out_.calls[change.subject].index;
      } else if (is_of_station(change.quantity)) {
        if (first_[change.subject] != StationId(change.subject)) {
          continue;
        }
        change.subject = out_.stations[change.subject].index;
      }
      out_.model.changes.push_back(std::move(change));
    }
  }

  /// What they are about has a colour of its own.
  void keep_controllers() {
    for (Autoscaler scaler : whole_.autoscalers) {
      scaler.station = out_.stations[scaler.station.index];
      out_.model.autoscalers.push_back(std::move(scaler));
    }
    for (Router router : whole_.routers) {
      router.from = router.from.exists() ? out_.stations[router.from.index] : router.from;
      for (Router::Target& target : router.targets) {
        for (auto& [call, rate] : target.calls) {
          call = out_.calls[call.index];
        }
      }
      out_.model.routers.push_back(std::move(router));
    }
  }

  const Model& whole_;
  Colouring colours_;
  Lumped out_;
  std::vector<StationId> first_;  ///< by station, the one that is kept
  std::vector<CallId> leader_;    ///< by call, the one that is kept
  std::vector<double> copies_;    ///< by call that is kept
};

Track divided(Track track, double by) {
  for (double& value : track) {
    value /= by;
  }
  return track;
}

}  // namespace

std::optional<Lumped> lumped(const Model& model) {
  return Keeper(model).keep();
}

Outcome told_of_all(Outcome of_lumped, const Lumped& lumped) {
  Outcome all = std::move(of_lumped);
  std::vector<StationId> first(lumped.model.stations.size());
  for (std::size_t s = lumped.stations.size(); s-- > 0;) {
    first[lumped.stations[s].index] = StationId(s);
  }
  for (TraceEntry& entry : all.trace) {
    entry.station = entry.station.exists() ? first[entry.station.index] : entry.station;
  }
  all.stations.stand_for(lumped.stations);
  const std::vector<UserTracks> users = std::exchange(all.users, {});
  for (const std::size_t source : lumped.sources) {
    all.users.push_back(users[source]);
  }
  const base::IdVector<CallId, CallTracks> calls = std::exchange(all.calls, {});
  for (const CallId call : lumped.calls) {
    CallTracks tracks;
    if (call.exists() && !calls[call].asked.empty()) {
      const double callers = lumped.model.calls[call].callers;
      tracks = {divided(calls[call].asked, callers), divided(calls[call].missed, callers)};
    }
    all.calls.push_back(std::move(tracks));
  }
  return all;
}

}  // namespace outlast::engines::simulation
