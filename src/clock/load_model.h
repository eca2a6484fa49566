#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "clock/kinds.h"
#include "clock/room.h"
#include "engines/simulation/model.h"

namespace outlast::clock {

/// Which end of what is not known: how much one server does, and how many there are.
enum class Strain { likely, low, high };

/// What the model is to be able to tell, beside how load flows while nothing is wrong.
struct LoadDetail {
  /// With calls to what is switched to, at a rate of 0, and stations for it.
  bool with_alternatives = false;
  /// Replicas that will be a station of their own, while they work at another speed; at first all
  /// of them are at the other one.
  std::map<blueprint::ComponentId, std::vector<std::size_t>> slow;
  /// Zones of which the replicas are stations of their own, because calls between them will be lost.
  std::set<blueprint::FateGroupId> cut_zones;
  /// Kinds of requests that are told apart.
  Kinds kinds;
};

/// A part is full where so much of what runs out first is busy.
inline constexpr double kFull = 0.98;

/// The architecture as stations and calls, for the clock.
struct LoadModel {
  engines::simulation::Model model;  ///< without rates: `set_rates`
  struct Part {
    blueprint::ComponentId component;
    double visits = 0;  ///< for each request of a user
    std::size_t most_replicas = 1;
    double most_servers = 0;  ///< as far as it can grow; infinite where the provider sees to it
    Room room;                ///< what of it runs out first …
    double most_at_once = 0;  ///< … and how many of these it may come to have
    std::string limit;
    std::vector<std::size_t> replicas;  ///< of the component, that this station is
    bool is_slow = false;               ///< those that work at another speed
    bool is_one_of_many = false;        ///< other stations are of the same component
    bool is_further = false;            ///< of those, not the first
    blueprint::FateGroupId zone;        ///< one of the cut zones, where all of it lies there
    bool is_elsewhere = false;          ///< none of it lies in a cut zone
  };
  /// What a call stands for.
  struct Way {
    blueprint::NeedId need;  ///< absent: users come in
    std::size_t target = 0;  ///< of `any_of`
    double at_most = 1;      ///< calls for each request of the caller, where all go here
    double share = 1;        ///< of the target's replicas, that this call is to
    engines::simulation::StationId from;  ///< absent: users come in
    double stale_s = 0;                   ///< how long some keep its address once it has changed
  };
  std::vector<Part> parts;                                 ///< by station
  std::vector<Way> ways;                                   ///< by call
  std::vector<double> source_share;                        ///< of all requests, by source
  Kinds kinds;                                             ///< of requests, that are told apart
  std::vector<std::size_t> source_path;                    ///< of failure::list_paths, by source
  std::vector<std::vector<blueprint::NeedId>> soft_needs;  ///< on their way, by source
  double requests_per_user_s = 0;
  std::vector<blueprint::Assumption> assumptions;
};

/// in   strain  the end at which what nobody stated is read
/// out  a station for each component that users' calls reach; what the provider grows by itself is
///      as wide as it takes. Calls that would close a circle are left out, and told.
[[nodiscard]] LoadModel load_model_of(const blueprint::Blueprint& bp,
                                      const catalog::Catalog& catalog, Strain strain,
                                      const LoadDetail& detail = {});

/// Users that a part serves for good with all that it may come to have, until it is full; infinite
/// where it grows as far as it takes, or nobody asks it.
[[nodiscard]] double sustained_by(const LoadModel& load, std::size_t part);

/// Users over time, as the rates of all sources.
void set_users(LoadModel& load, const std::vector<engines::simulation::RatePoint>& users);

}  // namespace outlast::clock
