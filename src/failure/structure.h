#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/gates.h"
#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/dependence.h"
#include "failure/events.h"
#include "failure/impact.h"
#include "failure/patience.h"
#include "failure/running.h"

namespace outlast::failure {

/// What does not come back is out for the rest of the year: half of it on average.
inline constexpr double kRestOfYear_s = base::kSecondsPerYear / 2;

/// An event as variables of the structure function.
///
/// One event may keep different components down for different times (one waits for the zone, the
/// other is started elsewhere) or reach them only after a buffer. Then it has several variables
/// and its gates are nested: whatever counts for a shorter time counts for a longer one too.
/// So one cause stays one cause. All of its variables false: it is not going on.
struct EventVariables {
  EventId event;
  std::vector<base::VariableId> variables;
  /// Probability of each variable once the event has happened: 1, but behind a buffer only as
  /// often as the event outlasts it.
  std::vector<double> once_happened;
  /// Mean time each variable is true once the event has happened; where it is not hit counts as 0.
  std::vector<double> out_s;
  double per_second = 0;  ///< w = 1/(MTTF + MTTR)
  double mttf_s = 0;
  /// Of a replica whose group may fail to stand in for it: then the first variable is C, the
  /// second N (see `covered_replica`).
  std::optional<Coverage> coverage;

  struct Level {
    double out_s;  ///< mean time
    base::GateId gate;
    double once_happened;
  };
  std::vector<Level> levels;  ///< longest first
};

/// The structure function of an architecture: when each path is down, as gates over events.
class Structure {
 public:
  /// in      events   those with a rate become variables
  ///         impacts  [events]; only their `mean_out_s` is used
  ///         paths    what is asked about
  ///         reading  which end of what is not known
  /// cost    linear in components and needs; loops are unrolled as often as they have knots
  Structure(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
            const Dependence& dependence, const base::IdVector<EventId, Event>& events,
            const base::IdVector<EventId, Impact>& impacts, const std::vector<Path>& paths,
            Reading reading);

  [[nodiscard]] const base::Gates& gates() const { return gates_; }
  /// Gate that is true while nobody of the path is served.
  [[nodiscard]] base::GateId top(std::size_t path) const { return tops_[path]; }
  /// Gate of a component as a path with these operations sees it.
  [[nodiscard]] base::GateId down(blueprint::Operations operations,
                                  blueprint::ComponentId component);
  /// Probability of each variable, given the variables it is nested in.
  /// Those of no event say whether a shock hits a service, once it has happened.
  [[nodiscard]] const std::vector<double>& probability() const { return probability_; }
  /// Events that any gate depends on.
  [[nodiscard]] const std::vector<EventVariables>& events() const { return variables_; }
  /// True where a buffer entered: the answer is then bounded, not exact.
  [[nodiscard]] bool has_buffers() const { return has_buffers_; }

 private:
  struct Algebra {
    using State = base::GateId;
    Structure& structure;
    blueprint::Operations operations;
    const Patience& patience;

    [[nodiscard]] State never() const { return structure.gates_.never(); }
    [[nodiscard]] State always() const { return structure.gates_.always(); }
    [[nodiscard]] State any(const std::vector<State>& s) const { return structure.gates_.any(s); }
    [[nodiscard]] State all(const std::vector<State>& s) const { return structure.gates_.all(s); }
    [[nodiscard]] State at_least(std::size_t k, const std::vector<State>& s) const {
      return structure.gates_.at_least(k, s);
    }
    [[nodiscard]] bool may_strike(blueprint::ComponentId /*id*/) const { return true; }
    [[nodiscard]] State own(blueprint::ComponentId id, std::size_t replica) const {
      return structure.own(id, replica, patience);
    }
    [[nodiscard]] State whole(blueprint::ComponentId id) const {
      return structure.whole(id, patience);
    }
    [[nodiscard]] State switched(State active, State via, State rest,
                                 const blueprint::Switching& /*switching*/,
                                 bool /*is_in_loop*/) const {
      return structure.gates_.all({active, structure.gates_.any({via, rest})});
    }
    [[nodiscard]] State moved(blueprint::ComponentId id, std::size_t replica, State state) const {
      return structure.without_zone(state, structure.bp_[id].replicas[replica].zone);
    }
    [[nodiscard]] State delayed(const blueprint::Need& need, State state) const {
      return structure.delayed(need, operations, patience.and_of(need), state);
    }
  };
  using Compiled = Running<Algebra>;

  /// States of components for one set of operations behind one buffer.
  struct Context {
    Compiled::States states;
    std::vector<bool> is_settled;  ///< by loop
  };

  void index_events();
  EventVariables& variables_of(EventId id);
  base::VariableId add_variable(EventVariables& event, double probability, double once_happened,
                                double out_s);
  [[nodiscard]] double out_s(EventId event, blueprint::ComponentId component) const;
  [[nodiscard]] double longest_out_s(EventId event) const;
  [[nodiscard]] std::pair<double, double> out_beyond(EventId event,
                                                     blueprint::ComponentId component,
                                                     const Patience& patience) const;
  [[nodiscard]] base::GateId use(EventId event, blueprint::ComponentId component,
                                 const Patience& patience) {
    return use_for(event, out_beyond(event, component, patience));
  }
  /// in  felt  how long, and how often it is felt at all
  [[nodiscard]] base::GateId use_for(EventId event, std::pair<double, double> felt);
  [[nodiscard]] base::GateId own(blueprint::ComponentId id, std::size_t replica,
                                 const Patience& patience);
  [[nodiscard]] base::GateId whole(blueprint::ComponentId id, const Patience& patience);
  void add_holds(blueprint::ComponentId id, const Patience& patience,
                 std::vector<base::GateId>& causes);
  [[nodiscard]] std::vector<EventId> zone_events_of(blueprint::FateGroupId zone, bool keeps_apart);
  [[nodiscard]] base::GateId own_in_zone(blueprint::ComponentId id, blueprint::FateGroupId zone,
                                         blueprint::FateGroupId taken_for,
                                         const Patience& patience);
  [[nodiscard]] const std::vector<blueprint::FateGroupId>& zones_it_can_be(
      blueprint::FateGroupId zone);
  [[nodiscard]] base::GateId use_of_zone(EventId event, blueprint::ComponentId component,
                                         const Patience& patience);
  [[nodiscard]] base::GateId without_zone(base::GateId gate, blueprint::FateGroupId zone);
  [[nodiscard]] base::GateId rebuilt(base::GateId gate,
                                     const std::map<base::GateId, base::GateId>& known,
                                     blueprint::FateGroupId gone);
  [[nodiscard]] base::GateId shock(EventId event, blueprint::ComponentId id,
                                   const Patience& patience);
  [[nodiscard]] base::GateId delayed(const blueprint::Need& need, blueprint::Operations operations,
                                     const Patience& patience, base::GateId unbuffered);
  [[nodiscard]] bool refills_slowly(const blueprint::Need& need) const;
  [[nodiscard]] const Knots& knots_of(blueprint::Operations operations);
  Context& settle(blueprint::Operations operations, const Patience& patience,
                  const std::vector<blueprint::ComponentId>& wanted);

  const blueprint::Blueprint& bp_;
  const catalog::Catalog& catalog_;
  const Dependence& dependence_;
  const base::IdVector<EventId, Event>& events_;
  const base::IdVector<EventId, Impact>& impacts_;
  Reading reading_;
  std::map<blueprint::Operations, Knots> knots_;
  base::Gates gates_;
  std::vector<double> probability_;
  std::vector<EventId> event_of_;  ///< by variable; absent: it tells whether a shock hits
  std::vector<EventVariables> variables_;
  std::vector<std::size_t> variables_at_;  ///< by event: 1 + index of variables_; 0: none yet
  std::map<std::pair<blueprint::FateGroupId, std::string>, base::VariableId> hits_;
  std::map<std::pair<blueprint::ComponentId, std::size_t>, EventId> instance_;
  std::vector<std::vector<EventId>> events_of_group_;
  std::map<std::pair<std::string, std::string>, std::vector<blueprint::FateGroupId>>
      zones_of_region_;
  std::vector<std::vector<EventId>> events_of_whole_;  ///< by component: third parties, changes
  /// By zone: gates with the zone's events taken not to happen.
  std::map<blueprint::FateGroupId, std::map<base::GateId, base::GateId>> without_zone_;
  std::map<std::pair<EventId, Patience>, base::GateId> holds_;  ///< N of a replica, from behind
  std::map<std::pair<blueprint::Operations, Patience>, Context> contexts_;
  std::vector<base::GateId> tops_;
  bool has_buffers_ = false;
};

}  // namespace outlast::failure
