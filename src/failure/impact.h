#pragma once

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "base/shared_list.h"
#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/coverage.h"
#include "failure/dependence.h"
#include "failure/events.h"
#include "failure/path_impacts.h"
#include "failure/plain_needs.h"
#include "failure/recovery.h"
#include "failure/running.h"
#include "failure/timed.h"

namespace outlast::failure {

/// One journey of one cohort: what a structure function is about.
struct Path {
  blueprint::JourneyId journey;
  std::size_t cohort = 0;
  blueprint::ComponentId enters;
  blueprint::Operations operations = blueprint::kAllOperations;
  double weight = 1;  ///< share of all users; sums to 1 over all paths
};

[[nodiscard]] std::vector<Path> list_paths(const blueprint::Blueprint& bp);

/// What an hour of all its requests is worth, by its journey's value; 0 where nobody stated one.
[[nodiscard]] double usd_per_hour(const blueprint::Blueprint& bp, const Path& path);

/// A component that an event stops, with what brings it back.
struct Casualty {
  blueprint::ComponentId component;
  bool is_hit = false;            ///< replicas of its own are; else only what it needs
  bool is_root = false;           ///< so many are hit that this alone stops it
  bool stops_users = false;       ///< users are down for good, and this is a reason for it
  bool is_down = false;           ///< as a whole, at first; else redundancy carries it
  bool is_down_for_good = false;  ///< as long as the cause lasts
  bool needs_people = false;
  std::string_view action;        ///< what people do then
  std::size_t replicas_lost = 0;  ///< of its own, or because of what they need for themselves
  double lost_capacity = 0;       ///< share of its replicas gone …
  double lost_for_s = 0;          ///< … for this long (median)
  DataLoss data;
};

/// A component on a touched path that an event reaches only through what it needs.
struct Bystander {
  blueprint::ComponentId component;
  bool is_down = false;  ///< else some of its requests fail at first
};

/// While what a component needs to start or to be changed is down, nothing replaces its replicas.
struct Stall {
  blueprint::ComponentId component;
  std::vector<double> for_s;  ///< [kDraws]
};

/// What becomes of a component over the time since an event, by the middle of all draws.
///
/// The rules take earlier and later ends and add what something takes: what is never back before
/// something else in any draw is not by the middle of them either.
struct Fate {
  blueprint::ComponentId component;
  double begins_s = 0;
  double ends_s = 0;    ///< down as a whole until then; as it begins: never is; infinite: for good
  bool is_hit = false;  ///< replicas of its own are
  std::size_t replicas_lost = 0;  ///< of its own, or because of what they need where they lie …
  double lost_until_s = 0;        ///< … until then
  bool needs_people = false;
  std::string_view action;  ///< what people do then
};

struct Impact {
  PathImpacts paths;  ///< those that are touched
  /// Those that lie on a touched path and lose something of their own, by component …
  std::vector<Casualty> casualties;
  base::SharedList<Bystander> bystanders;  ///< … and those that do not
  /// Mean time each hit replica is out, for the steady state: (component, mean seconds).
  std::vector<std::pair<blueprint::ComponentId, double>> mean_out_s;
  /// Of one replica whose group has others to spare: how surely they stand in for it.
  std::optional<Coverage> coverage;
  std::vector<Stall> stalls;  ///< of components that the event does not hit, by component
  /// Needs for starting that wait, through others, for themselves: nothing of it comes back.
  std::vector<blueprint::NeedId> stuck_starts;
};

/// Marks, of the zones of each region of which nothing is known, the first: it stands for all.
/// out  by fate group
[[nodiscard]] std::vector<bool> zones_standing_for_unknown(const blueprint::Blueprint& bp);

/// Answers what a single event does: the timed structure function of SEMANTICS.
///
/// cost    linear in what the event reaches, and `kDraws` for each different time out; nothing else
///         is looked at
/// errors  none: durations without end are infinite
class ImpactFinder {
 public:
  ImpactFinder(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
               const Dependence& dependence, const std::vector<Path>& paths, std::uint64_t seed);

  [[nodiscard]] Impact impact_of(const Event& event, Reading reading = {});

  /// The same event in time: who leads to users and loses something, by component. What journeys
  /// see differently is told as the one that sees the most of it does.
  [[nodiscard]] std::vector<Fate> fates_of(const Event& event);

 private:
  /// Gives `Running` its sense in time.
  struct Algebra {
    using State = TimedState;
    ImpactFinder& finder;

    [[nodiscard]] State never() const { return {}; }
    [[nodiscard]] State always() const {
      return finder.times_.down_until(std::vector<double>(kDraws + 1, kForGood));
    }
    [[nodiscard]] State any(const std::vector<State>& s) const {
      return finder.times_.down_if_any(s);
    }
    [[nodiscard]] State all(const std::vector<State>& s) const {
      return finder.times_.down_if_at_least(s.size(), s);
    }
    [[nodiscard]] State at_least(std::size_t k, const std::vector<State>& s) const {
      return finder.times_.down_if_at_least(k, s);
    }
    [[nodiscard]] bool may_strike(blueprint::ComponentId id) const {
      return finder.hit_at_[id.index] != 0;
    }
    [[nodiscard]] State own(blueprint::ComponentId id, std::size_t replica) const;
    [[nodiscard]] State whole(blueprint::ComponentId id) const;
    [[nodiscard]] State switched(State active, State via, State rest,
                                 const blueprint::Switching& switching, bool is_in_loop) const;
    [[nodiscard]] State moved(blueprint::ComponentId id, std::size_t replica, State state) const;
    [[nodiscard]] State delayed(const blueprint::Need& need, State state) const;
  };
  using Timed = Running<Algebra>;
  struct AtFirst;

  struct Hit {
    std::vector<bool> replicas;  ///< empty: the component as a whole
    OwnRecovery recovery;
    std::vector<double> until_s;  ///< after needs for starting are met
    TimedState down;              ///< until then
  };

  /// What of an event tells whom it reaches and who is down, whatever its durations: two that are
  /// alike in it share a scene.
  struct Likeness {
    blueprint::ComponentId hit;  ///< the only one; none: nothing is shared
    std::vector<bool> replicas;  ///< of it; empty: all of it
    bool may_be_fewer = false;   ///< at best there are more replicas than are hit
    bool lasts = false;          ///< nothing ends it but its cause
    Reading reading;             ///< as far as it makes a difference here
    [[nodiscard]] bool is_like(const Likeness& other) const;
  };

  /// Whom an event reaches, and what it does there. States are named as by `times_`: a scene in
  /// which there is but one outage, that of what is hit, holds for every event alike.
  struct Scene {
    explicit Scene(std::size_t components);
    void forget();

    Likeness of;
    std::vector<blueprint::ComponentId> reach;  ///< all that may be touched, needs first
    std::vector<bool> is_reached;
    std::vector<bool> is_reason;  ///< by component: why an entry is down for good
    Timed::States states;
    std::vector<double> masked;  ///< share of requests that fail at first, by component
    std::vector<double> masked_s;
    /// Those that lead to users and are touched: who may lose something of its own, and who cannot.
    std::vector<blueprint::ComponentId> losing;
    base::SharedList<Bystander> bystanders;
    std::vector<blueprint::ComponentId> seen_at;  ///< by outcome: where paths enter that see it …
    base::SharedList<PathImpacts::Member> seen_by;  ///< … and all paths that see something
  };

  [[nodiscard]] Likeness likeness_of(Reading reading) const;
  [[nodiscard]] Reading narrowed(Reading reading) const;
  bool recall(const Likeness& likeness);
  [[nodiscard]] bool has_one_outage() const;
  void find_what_is_open();
  void find_hits(const Event& event, Reading reading);
  void draw_hits(const Event& event, Reading reading);
  void hit_machine(const Event& event, Reading reading);
  void hit_zone(const Event& event, Reading reading);
  void hit_by_change(const Event& event);
  Hit& hit(blueprint::ComponentId id);
  void hit_replica(blueprint::ComponentId id, std::size_t replica);
  void find_reach();
  bool take_reach();
  void settle(blueprint::Operations operations, Reading reading);
  void settle_all(blueprint::Operations operations, Reading reading);
  bool settle_plainly(blueprint::Operations operations, Reading reading);
  const PlainNeeds& plain_needs(blueprint::Operations operations, Reading reading);
  bool wait_for_starting_needs(bool is_circle);
  void read_stalls(Impact& impact);
  void measure_masking(blueprint::Operations operations, Reading reading);
  [[nodiscard]] bool is_lost(blueprint::ComponentId id, std::size_t replica) const;
  [[nodiscard]] double lost_at_first(blueprint::ComponentId id) const;
  [[nodiscard]] double masked_while_out(double seconds) const;
  void find_what_paths_see(blueprint::Operations operations,
                           std::vector<PathImpacts::Member>& seen_by);
  void measure_outcomes(std::vector<PathImpact>& outcomes) const;
  void find_reasons(blueprint::Operations operations, Reading reading);
  [[nodiscard]] bool takes_nothing(Reading reading) const;
  void find_touched(Reading reading);
  void read_casualties(const Event& event, Reading reading, Impact& impact);
  [[nodiscard]] Casualty casualty_of(const Event& event, Reading reading,
                                     blueprint::ComponentId id) const;
  [[nodiscard]] double lost_for_s(blueprint::ComponentId id) const;
  [[nodiscard]] TimedSpan middle_of(TimedState state,
                                    std::map<std::uint32_t, TimedSpan>& known) const;
  [[nodiscard]] Fate fate_of(blueprint::ComponentId id, TimedSpan down) const;
  void read_fates(std::map<blueprint::ComponentId, Fate>& fates) const;
  [[nodiscard]] std::vector<bool> leading_to_users(bool with_inferred) const;
  void find_ones_of_many();
  void add_soft_losses(Impact& impact);
  [[nodiscard]] std::vector<bool> all_above(blueprint::ComponentId id) const;
  void add_unnoticed(const Event& event, std::vector<PathImpact>& outcomes) const;
  void forget();

  const blueprint::Blueprint& bp_;
  const Dependence& dependence_;
  const std::vector<Path>& paths_;
  std::uint64_t seed_;
  Recoveries recoveries_;
  std::vector<std::vector<std::pair<blueprint::ComponentId, std::size_t>>> in_zone_;
  std::vector<std::vector<blueprint::ComponentId>> in_group_;  ///< as a whole
  std::vector<std::vector<std::pair<blueprint::ComponentId, std::size_t>>> shares_;
  std::map<blueprint::ComponentId, blueprint::FateGroupId> host_called_;  ///< by the machine itself
  std::vector<std::vector<std::size_t>> paths_at_;  ///< by component: enter here
  std::vector<blueprint::Operations> operations_;   ///< the different ones of paths
  std::vector<std::vector<blueprint::NeedId>> softly_needed_by_;
  std::vector<blueprint::NeedId> needs_to_replace_;  ///< startup and control, by component
  std::map<std::pair<blueprint::Operations, bool>, Knots> knots_;  ///< bool: with inferred needs
  std::map<std::pair<blueprint::Operations, bool>, PlainNeeds> plain_needs_;  ///< like `knots_`
  std::vector<bool> stands_for_unknown_;  ///< by group: the first zone of which nothing is known
  std::vector<bool> is_one_of_many_;      ///< by component
  std::vector<bool> leads_to_users_;      ///< by component
  std::vector<bool> may_lead_to_users_;   ///< by needs that are only inferred, too
  std::vector<blueprint::ComponentId> order_;  ///< components, each after what it needs
  bool may_use_more_ = false;                  ///< a need is only inferred
  bool may_hold_longer_ = false;               ///< a buffer is of unknown size
  bool may_take_fewer_ = false;  ///< nobody said how many of several replicas carry the load

  // Of the event at hand.
  bool takes_a_zone_ = false;
  bool adds_times_ = false;  ///< something switched, held out or moved while it was settled
  std::vector<std::pair<blueprint::ComponentId, Hit>> hits_;
  std::vector<std::size_t> hit_at_;  ///< by component: 1 + index of hits_; 0: none
  TimedStates times_;
  Scene scene_;
  std::vector<Scene> kept_;                                  ///< of events before, the last first
  std::map<blueprint::ComponentId, Fate>* fates_ = nullptr;  ///< where they are asked for
  std::set<blueprint::NeedId> stuck_starts_;
};

}  // namespace outlast::failure
