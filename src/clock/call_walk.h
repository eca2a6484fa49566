#pragma once

#include <map>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"

namespace outlast::clock {

/// A call that one component makes of another.
struct Edge {
  blueprint::ComponentId to;
  blueprint::Strength strength = blueprint::Strength::hard;
  double share = 1;  ///< of the caller's requests, of journeys that take it
  blueprint::Operations operations = blueprint::kAllOperations;
  blueprint::CallPolicy calls;
  blueprint::NeedId need;
  std::size_t target = 0;
  bool is_one_of_many = false;
  double per_request = 1;  ///< calls for each request that takes it, where they were traced
};

/// From where users come in along all calls: who is reached, how often, and by whom.
class CallWalk {
 public:
  /// in  with_alternatives  also what is switched to, at a share of 0
  CallWalk(const blueprint::Blueprint& bp, bool with_alternatives);

  /// Components that are reached, callers first.
  [[nodiscard]] const std::vector<blueprint::ComponentId>& reached() const { return order_; }
  /// How often one is called for each request of a user.
  [[nodiscard]] double visits(blueprint::ComponentId id) const { return visits_.at(id); }
  [[nodiscard]] const std::vector<Edge>& edges(blueprint::ComponentId id) const {
    return edges_.at(id);
  }
  /// Calls for each request of the caller along one of its edges, if all of them went there.
  [[nodiscard]] double most_along(blueprint::ComponentId id, std::size_t edge) const;
  /// Calls that would close a circle.
  [[nodiscard]] const std::vector<blueprint::Assumption>& left_out() const { return left_out_; }

 private:
  [[nodiscard]] std::vector<Edge> edges_of(blueprint::ComponentId id) const;
  void order(blueprint::ComponentId id);
  void follow_journeys();

  const blueprint::Blueprint& bp_;
  bool with_alternatives_;
  std::map<blueprint::ComponentId, int> state_;
  std::vector<blueprint::ComponentId> order_;
  std::map<blueprint::ComponentId, std::vector<Edge>> edges_;
  std::map<blueprint::ComponentId, double> visits_;
  std::map<std::pair<blueprint::ComponentId, std::size_t>, double> along_;
  std::vector<blueprint::Assumption> left_out_;
};

}  // namespace outlast::clock
