#pragma once

#include <cstddef>
#include <vector>

#include "blueprint/blueprint.h"
#include "clock/load_figures.h"

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
  double hits = 0;         ///< share of them that a full cache answers
};

/// From where users come in along all calls: who is reached, how often, and by whom.
class CallWalk {
 public:
  /// in  with_alternatives  also what is switched to, at a share of 0
  CallWalk(const blueprint::Blueprint& bp, bool with_alternatives, LoadFigures& figures);
  /// The same, of requests of journeys that take one of these alone: along the same edges.
  [[nodiscard]] CallWalk of_those(const std::vector<blueprint::Operations>& taken) const;

  /// Components that are reached, callers first.
  [[nodiscard]] const std::vector<blueprint::ComponentId>& reached() const { return order_; }
  /// How often one is called for each request of a user, while caches are full.
  [[nodiscard]] double visits(blueprint::ComponentId id) const { return visits_[id]; }
  [[nodiscard]] const std::vector<Edge>& edges(blueprint::ComponentId id) const {
    return edges_[id];
  }
  /// Calls for each request of the caller along one of its edges, if all of them went there.
  [[nodiscard]] double most_along(blueprint::ComponentId id, std::size_t edge) const;
  /// Soft needs of whatever requests of these operations stop for on their way, by id.
  [[nodiscard]] std::vector<blueprint::NeedId> soft_needs(blueprint::ComponentId entry,
                                                          blueprint::Operations operations) const;
  /// Calls that would close a circle.
  [[nodiscard]] const std::vector<blueprint::Assumption>& left_out() const { return left_out_; }

 private:
  [[nodiscard]] std::vector<Edge> edges_of(blueprint::ComponentId id);
  void order(blueprint::ComponentId entry);
  void order_all();
  void enter(blueprint::ComponentId id);
  void follow_journeys();
  [[nodiscard]] bool is_followed(const blueprint::Journey& journey) const;
  void follow(blueprint::Operations operations,
              const std::vector<const blueprint::Journey*>& journeys);

  const blueprint::Blueprint& bp_;
  bool with_alternatives_;
  std::vector<blueprint::Operations> taken_ = {};  ///< by journeys that are followed; none: all are
  LoadFigures* figures_;
  enum class State : unsigned char { unseen, open, done };
  base::IdVector<blueprint::ComponentId, State> state_;
  std::vector<blueprint::ComponentId> order_;
  base::IdVector<blueprint::ComponentId, std::size_t> place_;  ///< in the order
  base::IdVector<blueprint::ComponentId, std::vector<Edge>> edges_;
  base::IdVector<blueprint::ComponentId, double> visits_;
  base::IdVector<blueprint::ComponentId, std::vector<double>> along_;  ///< calls, by edge
  base::IdVector<blueprint::ComponentId, double> here_;  ///< of the journey at hand; else 0
  std::vector<blueprint::Assumption> left_out_;
  bool has_soft_ = false;  ///< is a call soft?
};

}  // namespace outlast::clock
