#pragma once

#include <set>
#include <string>
#include <vector>

#include "explain/explain.h"

namespace outlast::explain {

/// What the inputs say of a component, or what was taken for it: attribute by attribute, then its
/// needs.
[[nodiscard]] std::vector<findings::Origin> origins_of(const Subject& subject,
                                                       blueprint::ComponentId component);

/// "needs db: hard call", where it is said.
[[nodiscard]] findings::Origin origin_of(const blueprint::Blueprint& bp,
                                         const blueprint::Need& need);

/// Collects what an explanation rests on, each once.
class Ground {
 public:
  explicit Ground(const Subject& subject) : subject_(subject) {}

  /// The figures of an event: how often and how long, and those that bring back what it hits.
  void add(failure::EventId event);
  void add(blueprint::ComponentId component);
  /// How often and how long one replica of it is worked on.
  void add_patch(blueprint::ComponentId component);
  /// The objective of a class, where nobody declared one.
  void add(blueprint::FaultClass fault_class);

  /// Hands over what was collected.
  void settle(findings::Explanation& out);

 private:
  void add_fact(std::string about, const catalog::Figure& figure);
  void add_recoveries(failure::EventId event);

  const Subject& subject_;
  std::set<std::string> told_;
  std::vector<findings::Fact> facts_;
  std::vector<blueprint::ComponentId> components_;
  std::vector<blueprint::Assumption> assumptions_;
};

}  // namespace outlast::explain
