#pragma once

#include <string>
#include <vector>

#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"

namespace outlast::clock {

/// What of a part runs out first as load grows: its servers, its threads, or its connections to
/// something that it calls. Threads and connections are held while the call is answered, so a part
/// may be full that has nothing to do.
struct Room {
  double of_replica = 0;  ///< that one replica has of it
  double holds_s = 0;     ///< for so long a request has one, while nothing waits
  enum class Of { servers, threads, connections } of = Of::servers;
  std::size_t call = 0;  ///< that the connections are of
};

/// Mean seconds until each station has answered a request, with all that it waits for, while nothing
/// waits in any line.
[[nodiscard]] std::vector<double> responses_alone(const engines::simulation::Model& model);

/// What runs out first of each station.
/// in  grows  stations whose servers the provider sees to
[[nodiscard]] std::vector<Room> rooms_of(const engines::simulation::Model& model,
                                         const std::vector<bool>& grows);

/// What else of a station may run out: its servers, threads or connections other than `first`. Calls
/// that have become slow hold what has room enough at rest.
[[nodiscard]] std::vector<Room> further_rooms(const engines::simulation::Model& model,
                                              std::size_t station, const Room& first);

/// How much of what stations have room for is in use, over a run.
class RoomUse {
 public:
  RoomUse(const engines::simulation::Model& model, const engines::simulation::Outcome& outcome);

  /// The share of a station's room in each step of the series.
  [[nodiscard]] std::vector<double> shares(std::size_t station, const Room& room) const;

 private:
  [[nodiscard]] double in_use(std::size_t station, const Room& room, std::size_t step) const;

  const engines::simulation::Model& model_;
  const engines::simulation::Outcome& outcome_;
  /// By step and station; empty where nothing but servers runs out.
  std::vector<std::vector<double>> response_s_;
};

/// "8 servers", "200 threads", "4 connections to db".
[[nodiscard]] std::string words_of(const Room& room, const engines::simulation::Model& model);

/// "its servers are busy", "its threads are held": as they are where it is full.
[[nodiscard]] std::string full_words_of(const Room& room, const engines::simulation::Model& model);

}  // namespace outlast::clock
