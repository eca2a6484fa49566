#include "clock/room.h"

#include <fmt/format.h>

#include <algorithm>

namespace outlast::clock {

namespace simulation = engines::simulation;
using simulation::Call;
using simulation::CallId;
using simulation::Model;
using simulation::StationId;

namespace {

/// Where so much of it is in use nothing waits outside for what is called.
constexpr double kAllHeld = 0.98;

/// Seconds until a call of a station's has been made and answered, for each of its requests.
/// in  response_s  of each station
double waits_for(const Call& call, const std::vector<double>& response_s) {
  const double missed = call.cache.items > 0 ? 1 - call.cache.hits : 1;
  const double each_s = std::min(response_s[call.to.index], call.timeout_s);
  return call.waits ? call.rate() * missed * each_s : 0;
}

/// The same of all calls that have their connections together with one; 0 where another of them stands
/// for them.
double waits_together(const Model& model, const simulation::Station& station, CallId call,
                      const std::vector<double>& response_s) {
  const std::size_t together = model.calls[call].together;
  double waits_s = 0;
  for (const CallId other : station.calls) {
    const bool is_of_them =
        other == call || (together != 0 && model.calls[other].together == together);
    if (is_of_them && other < call) {
      return 0;
    }
    waits_s += is_of_them ? waits_for(model.calls[other], response_s) : 0;
  }
  return waits_s;
}

std::vector<StationId> called_first(const Model& model) {
  auto order = simulation::callers_first(model);
  std::reverse(order.begin(), order.end());
  return order;
}

/// How long each station takes in a step of the series, by Little's law, with all that it waits for.
std::vector<double> responses_in(const Model& model, const simulation::Outcome& outcome,
                                 std::size_t step) {
  std::vector<double> response_s(model.stations.size(), 0);
  for (const StationId id : called_first(model)) {
    const auto& station = model.stations[id];
    const auto& tracks = outcome.stations[id];
    const double present = tracks.present[step];
    const double arrived = tracks.arrived[step];
    response_s[id.index] = arrived > 0 ? present / arrived : station.service.mean_s;
    const bool waits_within =
        station.slots != simulation::kUnbounded &&
        present >= kAllHeld * tracks.replicas[step] * static_cast<double>(station.slots);
    for (const CallId call : station.calls) {
      response_s[id.index] += waits_within ? 0 : waits_for(model.calls[call], response_s);
    }
  }
  return response_s;
}

}  // namespace

std::vector<double> responses_alone(const Model& model) {
  std::vector<double> response_s(model.stations.size(), 0);
  for (const StationId id : called_first(model)) {
    const auto& station = model.stations[id];
    response_s[id.index] = station.service.mean_s;
    for (const CallId call : station.calls) {
      response_s[id.index] += waits_for(model.calls[call], response_s);
    }
  }
  return response_s;
}

std::vector<Room> rooms_of(const Model& model, const std::vector<bool>& grows) {
  std::vector<Room> rooms(model.stations.size());
  const auto response_s = responses_alone(model);
  for (const StationId id : base::ids<StationId>(model.stations.size())) {
    const auto& station = model.stations[id];
    Room& room = rooms[id.index];
    const auto take_tighter = [&](double of_replica, double holds_s, Room::Of of, CallId call) {
      if (of_replica * room.holds_s < room.of_replica * holds_s) {
        room = {of_replica, holds_s, of, call.exists() ? call.index : 0};
      }
    };
    room.holds_s = station.service.mean_s;
    room.of_replica = grows[id.index] ? simulation::kForever : static_cast<double>(station.servers);
    for (const CallId call_id : station.calls) {
      const Call& call = model.calls[call_id];
      if (call.pool != simulation::kUnbounded) {
        take_tighter(static_cast<double>(call.pool),
                     waits_together(model, station, call_id, response_s), Room::Of::connections,
                     call_id);
      }
    }
    if (station.slots != simulation::kUnbounded) {
      take_tighter(static_cast<double>(station.slots), response_s[id.index], Room::Of::threads, {});
    }
    if (room.of == Room::Of::servers) {
      room.of_replica = static_cast<double>(station.servers);
    }
  }
  return rooms;
}

std::string words_of(const Room& room, const Model& model) {
  const char* s = room.of_replica == 1 ? "" : "s";
  switch (room.of) {
    case Room::Of::servers:
      return fmt::format("{:.0f} server{}", room.of_replica, s);
    case Room::Of::threads:
      return fmt::format("{:.0f} thread{}", room.of_replica, s);
    case Room::Of::connections:
      break;
  }
  const auto to = model.calls[CallId(room.call)].to;
  return fmt::format("{:.0f} connection{} to {}", room.of_replica, s, model.stations[to].name);
}

std::string full_words_of(const Room& room, const Model& model) {
  switch (room.of) {
    case Room::Of::servers:
      return "its servers are busy";
    case Room::Of::threads:
      return "its threads are held";
    case Room::Of::connections:
      break;
  }
  const auto to = model.calls[CallId(room.call)].to;
  return fmt::format("its connections to {} are held", model.stations[to].name);
}

std::vector<Room> further_rooms(const Model& model, std::size_t station, const Room& first) {
  const auto& of = model.stations[StationId(station)];
  std::vector<Room> rooms;
  const auto add = [&](std::size_t of_replica, Room::Of what, std::size_t call) {
    const bool is_first = what == first.of && call == first.call;
    if (of_replica != simulation::kUnbounded && !is_first) {
      rooms.push_back({static_cast<double>(of_replica), 0, what, call});
    }
  };
  add(of.servers, Room::Of::servers, 0);
  add(of.slots, Room::Of::threads, 0);
  for (const CallId call : of.calls) {
    add(model.calls[call].pool, Room::Of::connections, call.index);
  }
  return rooms;
}

RoomUse::RoomUse(const Model& model, const simulation::Outcome& outcome)
    : model_(model), outcome_(outcome) {
  const bool is_held =
      std::any_of(model.stations.begin(), model.stations.end(),
                  [](const auto& s) { return s.slots != simulation::kUnbounded; }) ||
      std::any_of(model.calls.begin(), model.calls.end(),
                  [](const Call& call) { return call.pool != simulation::kUnbounded; });
  const std::size_t steps = outcome.users.empty() ? 0 : outcome.users.front().offered.size();
  for (std::size_t step = 0; is_held && step < steps; ++step) {
    response_s_.push_back(responses_in(model, outcome, step));
  }
}

double RoomUse::in_use(std::size_t station, const Room& room, std::size_t step) const {
  const auto& tracks = outcome_.stations[StationId(station)];
  if (room.of == Room::Of::servers) {
    return tracks.busy[step];
  }
  const auto& response_s = response_s_[step];
  if (room.of == Room::Of::connections) {
    return tracks.done[step] * waits_together(model_, model_.stations[StationId(station)],
                                              CallId(room.call), response_s);
  }
  double waits_s = 0;
  for (const CallId call : model_.stations[StationId(station)].calls) {
    waits_s += waits_for(model_.calls[call], response_s);
  }
  return tracks.busy[step] + tracks.done[step] * waits_s;
}

std::vector<double> RoomUse::shares(std::size_t station, const Room& room) const {
  const auto& tracks = outcome_.stations[StationId(station)];
  std::vector<double> shares;
  for (std::size_t step = 0; step < tracks.busy.size(); ++step) {
    const double there = tracks.replicas[step] * room.of_replica;
    shares.push_back(there > 0 ? std::min(1.0, in_use(station, room, step) / there) : 0);
  }
  return shares;
}

}  // namespace outlast::clock
