#pragma once

#include <limits>
#include <string>
#include <vector>

#include "clock/course.h"
#include "clock/stage.h"

/// Private to the stage: what its files share. stage_parts.cc replicas and servers, stage_calls.cc
/// calls, stage_caches.cc what is kept, stage_users.cc users, stage_story.cc what the scenario itself says.
namespace outlast::clock {

inline constexpr double kNever = std::numeric_limits<double>::infinity();

/// Replicas that are a station of their own for a time.
struct Parting {
  std::size_t whole = 0;  ///< station of the others, and of all of them before and afterwards
  std::size_t apart = 0;
  double share = 0;  ///< of the replicas
  double from_s = 0;
  double until_s = kNever;
};

struct Stage {
  const blueprint::Blueprint& bp;
  const blueprint::Scenario& scenario;
  const Damage& damage;
  const Course& course;
  Staged out;
  double gravity = 0;  ///< of what is the gravest so far
  std::vector<Parting> partings = {};
  /// By station and kind of requests, what these lose there beyond what all kinds do; none where all
  /// are alike.
  std::vector<std::vector<Timeline>> lost_by_kind = {};

  void tell(double at_s, blueprint::ComponentId id, std::string event, std::string cause = "",
            findings::Told told = findings::Told::structure);
  void change(double at_s, engines::simulation::Quantity quantity, std::size_t subject,
              double value);
  /// Something takes this share of the requests of users: the gravest is why they are down.
  void weigh(double share, std::string what);

  /// Who did it, in the scenario's words.
  [[nodiscard]] std::string text_of(std::size_t fault) const;
  /// When a fault is over, by itself or by a recovery.
  [[nodiscard]] double end_of(std::size_t fault) const;
  [[nodiscard]] bool has_capacity(std::size_t station) const;
};

// What is staged, one after the other.
void tell_scenario(Stage& stage);
void lose_replicas(Stage& stage);
void slow_down(Stage& stage);
void limit_growth(Stage& stage);
void sever_calls(Stage& stage);
void route_calls(Stage& stage);
void empty_caches(Stage& stage);
void bring_users(Stage& stage, double users);

/// The moments at which any of some timelines changes.
[[nodiscard]] std::vector<double> moments_of(const std::vector<Timeline>& all);

}  // namespace outlast::clock
