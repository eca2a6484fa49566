#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/dependence.h"
#include "failure/impact.h"
#include "incidents/incident.h"
#include "replay/exposure.h"
#include "replay/places.h"
#include "replay/timeline.h"
#include "replay/walk.h"
#include "replay/weight.h"

namespace outlast::replay {

/// How an incident is played, beside the incident itself.
struct Staging {
  double starts_at_s = 0;  ///< time of day when it begins, UTC
  /// Whose exposure is not known is hit, and buffers of which nobody says how long they last are empty.
  bool unknown_is_hit = true;
  /// Whose trait is not known has this one, where it stands here: one of `possible_traits`.
  std::map<std::string, std::string> traits = {};
  Luck luck = Luck::middle;  ///< how long recoveries take; of the incident itself: `estimated`
  /// What would have been otherwise, for trying what helps.
  /// Of these a second one stands where none of it happens, with all it needs; each is switched to as
  /// an alternative is.
  std::set<blueprint::ComponentId> doubled = {};
  double notices = kDown;          ///< share of lost requests from which on they are
  double switches_notice = 1;      ///< and from which on switches of the input do at the latest
  bool has_busy_capacity = false;  ///< what the busy hours need stands ready
  std::map<blueprint::ComponentId, std::int64_t> more = {};  ///< replicas in what is left
  const Weigher* weigher = nullptr;  ///< of the load on what is left; null: by structure alone
};

/// What a phase does to a component, or to the way that leads to it.
struct Blow {
  blueprint::ComponentId component;
  std::size_t phase = 0;
  Exposure exposure = Exposure::hit;
  bool is_cloud_open = false;  ///< it is not known at which provider it runs
  bool is_asked = false;  ///< users lead to what the phase takes, or to what it keeps from starting
};

/// A need that may ask for what a phase takes, and does not say so.
struct OpenNeed {
  blueprint::NeedId need;
  blueprint::ComponentId target;
};

/// What is lost because a component cannot grow.
struct Shortage {
  Timeline lost;
  double standing = 0;  ///< replicas, when it first loses
  double missing = 0;   ///< replicas that would have to stand all day, beside those of the input
  bool is_assumed = false;  ///< nobody stated how users come over the day
};

/// A soft need, or a queue, of something on a path's way whose target loses requests.
struct Beside {
  const blueprint::Need* need = nullptr;
  blueprint::Operations asked = blueprint::kAllOperations;  ///< of who has it
};

/// What is lost of one path.
struct PathLoss {
  failure::Path path;
  Timeline lost;              ///< of its requests
  Timeline soft;              ///< 1 while a soft need is not met
  Timeline late;              ///< 1 while work waits in a queue for what is lost
  std::vector<Beside> unmet;  ///< soft needs of which `soft` tells
};

using States = base::IdVector<blueprint::ComponentId, Timeline>;

/// What a component loses because what is left does not carry the load.
struct Overload {
  Timeline lost;
  Timeline by_structure;  ///< what it loses whatever the load
};

struct Played {
  std::vector<PathLoss> paths;
  /// What each component loses, by the operations that it is asked for; nothing where no path asks.
  std::map<blueprint::Operations, States> states;
  /// Of those the ones that load alone makes lose more: where users come in, and what is full.
  std::map<blueprint::ComponentId, Overload> overloads = {};
  std::vector<FullPart> full = {};  ///< the first one first
};

/// Plays one incident on one blueprint: the rules of `failure::Running` over timelines.
///
/// Running servers carry on while launches fail; new connections fail while old ones live; what
/// must grow falls when it must. What a request needs and does not get is lost.
/// cost     components that are reached, times their moments
/// assumes 
class Player {
 public:
  Player(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
         const failure::Dependence& dependence, const incidents::Incident& incident,
         const incidents::RoleTable& roles);

  [[nodiscard]] Played play(const Staging& staging) const;

  /// Every phase that may hit a component or the way to it, by component.
  [[nodiscard]] const std::vector<Blow>& blows() const { return blows_; }
  /// Replicas that lie where it happens, and deleted ones, phase by phase.
  [[nodiscard]] const std::vector<Struck>& struck() const { return struck_; }
  /// What of both is about one component: indices, ascending.
  [[nodiscard]] const std::vector<std::size_t>& blows_at(blueprint::ComponentId id) const {
    return blows_at_[id.index];
  }
  [[nodiscard]] const std::vector<std::size_t>& struck_at(blueprint::ComponentId id) const {
    return struck_at_[id.index];
  }
  /// Does a path lead to a component that asks it for these operations?
  [[nodiscard]] bool is_asked(blueprint::ComponentId id, blueprint::Operations operations) const {
    return asked_.at(operations)[id.index];
  }
  /// What is left of what a component loses, where a second one is switched to.
  [[nodiscard]] static Timeline with_second(blueprint::ComponentId id, Timeline lost,
                                            const Staging& staging);
  /// What one replica loses by where it lies.
  [[nodiscard]] Timeline own(blueprint::ComponentId id, std::size_t replica,
                             const Staging& staging) const;
  [[nodiscard]] bool counts(const Blow& blow, const Staging& staging) const {
    return counts(blow.component, blow.phase, blow.exposure, staging);
  }
  [[nodiscard]] bool counts(const Struck& struck, const Staging& staging) const {
    return counts(struck.component, struck.phase, struck.exposure, staging);
  }
  /// Does it count on the way of a need to what it hits, asked for these operations?
  [[nodiscard]] bool counts_on_the_way(const Blow& blow, const blueprint::Need& need,
                                       blueprint::Operations asked, const Staging& staging) const;
  /// Needs of which it is not said whether they ask for what a phase takes from their targets.
  [[nodiscard]] const std::vector<OpenNeed>& open_needs() const { return open_needs_; }
  /// Needs whose queue or lease lasts nobody says how long, of what may be lost.
  [[nodiscard]] const std::set<blueprint::NeedId>& open_buffers() const { return open_buffers_; }
  [[nodiscard]] const incidents::Incident& incident() const { return incident_; }
  [[nodiscard]] const failure::Dependence& dependence() const { return dependence_; }

  /// What a phase takes while it lasts.
  [[nodiscard]] static Timeline wave_of(const incidents::Incident& incident,
                                        const incidents::Phase& phase);
  /// What a component itself loses, whoever asks with these operations.
  [[nodiscard]] Timeline whole(blueprint::ComponentId id, blueprint::Operations operations,
                               const Staging& staging) const;
  /// What is lost on the way of a need to one of its targets, by who is asked for `operations`.
  [[nodiscard]] Timeline on_the_way(const blueprint::Need& need, blueprint::ComponentId target,
                                    blueprint::Operations operations, const Staging& staging) const;
  /// What is lost because a component must grow while nothing can be launched.
  [[nodiscard]] Shortage shortage(blueprint::ComponentId id, const Staging& staging) const;

 private:
  struct Algebra;
  struct Layer;
  struct OverTime;
  using Layers = std::map<blueprint::Operations, Layer>;
  void settle(const Staging& staging, Layers& layers) const;
  void mask(Layer& layer, const Layers& layers) const;
  void find_reached();
  void find_asked();
  void ask(blueprint::NeedId id, blueprint::Operations operations);
  [[nodiscard]] bool counts(blueprint::ComponentId id, std::size_t phase, Exposure exposure,
                            const Staging& staging) const;
  [[nodiscard]] Timeline launches_lost(blueprint::ComponentId id, const Staging& staging) const;
  void add_beside(PathLoss& path, Layers& layers) const;

  const blueprint::Blueprint& bp_;
  const failure::Dependence& dependence_;
  const incidents::Incident& incident_;
  std::vector<failure::Path> paths_;
  Asked asked_;  ///< by what paths lead to
  std::vector<Blow> blows_;
  std::vector<OpenNeed> open_needs_;
  std::set<blueprint::NeedId> open_buffers_;
  std::vector<Struck> struck_;
  std::vector<std::vector<std::size_t>> blows_at_;   ///< by component: indices of `blows_`
  std::vector<std::vector<std::size_t>> struck_at_;  ///< by component: indices of `struck_`
  std::vector<Timeline> waves_;                      ///< by phase
  std::vector<blueprint::Operations> order_;         ///< of `asked_`, those of fewer before
  std::vector<blueprint::ComponentId> reached_;      ///< who may feel it, each after what it needs
  bool has_needs_beside_ = false;  ///< of which a loss stops nobody at once: soft ones, queues
};

}  // namespace outlast::replay
