#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "failure/events.h"

namespace outlast::agree {

/// The slow, obvious answer: is a component up, given which events have happened?
///
/// Reads the blueprint itself by the words of SEMANTICS and shares no code with the compiled
/// function: one global nested fixed point over components and their parts by zone,
/// running = μY.νX.F(service edges over X, supply edges over Y), on plain truth values.
class Oracle {
 public:
  Oracle(const blueprint::Blueprint& bp,
         const base::IdVector<failure::EventId, failure::Event>& events)
      : bp_(bp), events_(events) {}

  /// [components]: up or not. `happened` by event.
  [[nodiscard]] std::vector<bool> running(const std::vector<bool>& happened,
                                          blueprint::Operations operations) const;

 private:
  /// Truth of every component, and of every component in every zone.
  struct Truths {
    std::vector<bool> whole;
    std::vector<std::vector<bool>> in_zone;
    friend bool operator==(const Truths&, const Truths&) = default;
  };
  [[nodiscard]] Truths step(const Truths& x, const Truths& y, const std::vector<bool>& happened,
                            blueprint::Operations operations) const;
  [[nodiscard]] bool own_is_good(blueprint::ComponentId id, std::size_t replica,
                                 const std::vector<bool>& happened) const;
  [[nodiscard]] bool whole_is_good(blueprint::ComponentId id,
                                   const std::vector<bool>& happened) const;
  [[nodiscard]] bool is_met(const blueprint::Need& need, blueprint::FateGroupId zone,
                            const Truths& x, const Truths& y,
                            blueprint::Operations operations) const;
  [[nodiscard]] bool needs_are_met(const blueprint::Component& c, const Truths& x, const Truths& y,
                                   blueprint::Operations operations) const;
  [[nodiscard]] bool is_alive(blueprint::ComponentId id, std::size_t replica, const Truths& x,
                              const Truths& y, const std::vector<bool>& happened,
                              blueprint::Operations operations) const;

  const blueprint::Blueprint& bp_;
  const base::IdVector<failure::EventId, failure::Event>& events_;
};

}  // namespace outlast::agree
